/** A text gets its name when it is used for the third time; before that it is likely to be somebody's odd search that never comes again. */
const USES = 3;
/** Every connection keeps the plan of every named text, some 100 KiB each, as long as it lives. */
const NAMES_MAX = 64;
const TEXTS_MAX = 1_000;
/**
 * The names under which statements that are put together for each request are prepared: parsing and planning a search takes the server longer
 * than doing it. However many texts are asked for, only so many are given names, so that no caller can fill the memory of the server.
 */
export class StatementNames {
    #uses = new Map();
    #names = new Map();
    /** The same name for the same text as long as the process lives; `undefined` for a text that is not worth one. */
    nameOf(text) {
        const known = this.#names.get(text);
        if (known !== undefined || this.#names.size >= NAMES_MAX)
            return known;
        const used = (this.#uses.get(text) ?? 0) + 1;
        if (used >= USES)
            return this.#give(text);
        if (this.#uses.size >= TEXTS_MAX)
            this.#uses.clear();
        this.#uses.set(text, used);
        return undefined;
    }
    #give(text) {
        const name = `made-${this.#names.size}`;
        this.#names.set(text, name);
        this.#uses.delete(text);
        return name;
    }
}
const NAMES = new StatementNames();
/** The name of a statement that was put together, or `undefined`, in which case it is parsed and planned for itself. */
export function statementName(text) {
    return NAMES.nameOf(text);
}
