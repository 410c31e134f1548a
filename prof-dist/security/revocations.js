import { readRevocations } from './revocation.queries.js';
/** How old the knowledge of revocations may be when a request relies on it, and from when on it is renewed in the background. */
const AGE_MAX_MS = 1_000;
const AGE_RENEWED_MS = 500;
/**
 * Which live tokens and clients were taken back, as the database said at most one second ago.
 *
 * Asked for when requests come, never otherwise: one statement serves all requests of half a second. Where the database cannot be
 * asked, the check fails and with it the request: a token that may have been taken back is not honoured.
 */
export class Revocations {
    #db;
    #tokens = new Map();
    #clients = new Map();
    #since;
    #readAt = Number.NEGATIVE_INFINITY;
    #reading;
    /** How many readings have begun, and which of them was the last to succeed. */
    #begun = 0;
    #finished = 0;
    constructor(db) {
        this.#db = db;
    }
    /** Whether the token or its client has been taken back. */
    async isRevoked(token, now) {
        // A reading under way may have begun too long ago for this request; then it waits for the next one. That one is new enough, however long
        // both of them took: were its age counted from the request, those that had to wait would ask again and again, each of them for itself.
        const begunBefore = this.#begun;
        while (this.#ageMs(now) >= AGE_MAX_MS && this.#finished <= begunBefore)
            await this.#renew(now);
        // A renewal ahead of time that fails is asked for again by the request that needs it.
        if (this.#ageMs(now) >= AGE_RENEWED_MS)
            this.#renew(now).catch(() => undefined);
        return this.#tokens.has(token.tokenId) || this.#clients.has(token.client);
    }
    #ageMs(now) {
        return Math.abs(now.getTime() - this.#readAt);
    }
    /** One reading at a time; the age of what it brings counts from its beginning. */
    #renew(now) {
        this.#reading ??= this.#read(now).finally(() => {
            this.#reading = undefined;
        });
        return this.#reading;
    }
    async #read(now) {
        this.#begun += 1;
        const { revocations, at } = await readRevocations(this.#db, this.#since);
        for (const { kind, id, until } of revocations)
            (kind === 'token' ? this.#tokens : this.#clients).set(id, until.getTime());
        for (const known of [this.#tokens, this.#clients])
            for (const [id, until] of known)
                if (until < at.getTime())
                    known.delete(id);
        this.#since = at;
        this.#readAt = now.getTime();
        this.#finished = this.#begun;
    }
}
