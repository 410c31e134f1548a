/**
 * Where the log of the primary ends, asked once for all who want to know it at the same time.
 *
 * Nobody joins a question that is under way already: its answer may be older than what the caller has to see. Whoever comes meanwhile shares the
 * next one, so that one is under way at most, and under load there are far fewer of them than callers.
 */
export class PrimaryPosition {
    #ask;
    #underWay = Promise.resolve();
    #next;
    /** `ask`: asks the primary; what was committed before it is called is before the position that it answers. */
    constructor(ask) {
        this.#ask = ask;
    }
    /** What was committed before the call is before it. Throws what `ask` throws. */
    now() {
        this.#next ??= this.#askAfterThis();
        return this.#next;
    }
    async #askAfterThis() {
        await this.#underWay.catch(() => undefined);
        this.#next = undefined;
        const asked = this.#ask();
        this.#underWay = asked;
        return await asked;
    }
}
