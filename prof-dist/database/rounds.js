/**
 * Does its rounds one after another, in the order in which they were added, a part of each in turn, as long as some have a whole part to do; after
 * a rest it begins anew. One that has much to do does not hold up the others: at the latest after the time of a rest all of them are asked again.
 * A round that fails is told to `failed` and tried again after the rest; the others go on.
 */
export class Rounds {
    #rounds = [];
    #failed;
    #timer;
    #working = Promise.resolve();
    #closed = false;
    constructor(failed) {
        this.#failed = failed;
    }
    add(round) {
        this.#rounds.push(round);
    }
    /** Begins; the first round starts after the first rest. */
    start(restMs) {
        const again = (afterMs) => {
            this.#timer = setTimeout(() => {
                this.#working = this.#takeTurns(restMs).then((isMore) => {
                    if (!this.#closed)
                        again(isMore ? 0 : restMs);
                });
            }, afterMs);
        };
        again(restMs);
    }
    /** Answers whether something is left to do at once. Never rejects. */
    async #takeTurns(timeMs) {
        const until = performance.now() + timeMs;
        let busy = this.#rounds;
        do {
            const still = [];
            for (const round of busy)
                if (!this.#closed && (await this.#doPart(round)))
                    still.push(round);
            busy = still;
        } while (busy.length > 0 && performance.now() < until);
        return busy.length > 0;
    }
    /** Whether it was a whole part. */
    async #doPart(round) {
        try {
            return (await round.run(new Date())) >= (round.part ?? 1);
        }
        catch (error) {
            this.#failed(round.name, error);
            return false;
        }
    }
    /**
     * Does every round, or those that are meant, until there is nothing left to do, and throws what one throws: for tests and commands that bring
     * their own time.
     */
    async runAll(now = () => new Date(), isMeant = () => true) {
        await this.#each(async (round) => {
            if (isMeant(round.name))
                await exhaust(round, () => this.#closed, now);
        });
    }
    /** Stops after the part under way. */
    async close() {
        this.#closed = true;
        clearTimeout(this.#timer);
        await this.#working;
    }
    async #each(work) {
        for (const round of this.#rounds) {
            if (this.#closed)
                return;
            await work(round);
        }
    }
}
async function exhaust(round, isClosed, now) {
    while (!isClosed() && (await round.run(now())) > 0)
        ;
}
