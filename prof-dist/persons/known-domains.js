import { afterCommit } from '../database/client.js';
const KNOWN_MAX = 20_000;
/** Identifier systems that this process has seen written down already, so that a publication spends no statement on them. */
export class KnownDomains {
    known = new Set();
    /** Those of the systems that the institution may be using for the first time, in one order. */
    fresh(institution, systems) {
        return [...new Set(systems)].filter((it) => !this.known.has(`${institution} ${it}`)).toSorted();
    }
    /** To be called when they are written; they are known once that is committed. */
    remember(tx, institution, systems) {
        if (systems.length === 0)
            return;
        afterCommit(tx, () => {
            if (this.known.size > KNOWN_MAX)
                this.known.clear();
            for (const system of systems)
                this.known.add(`${institution} ${system}`);
        });
    }
}
