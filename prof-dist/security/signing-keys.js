import { calculateJwkThumbprint, exportJWK, generateKeyPair, importJWK } from 'jose';
import { transact } from '../database/client.js';
import { insertFirstSigningKey, readSigningKeys } from './signing-key.queries.js';
/** ES256: half the cost of ES384 for every token, and only this server verifies them. */
export const SIGNING_ALGORITHM = 'ES256';
/** How old the list of keys may be, and how soon a kid that is not in it makes it be read again. */
const AGE_MAX_MS = 60_000;
const UNKNOWN_KID_INTERVAL_MS = 100;
/**
 * The keys that sign access tokens. They live in the database, so that all gateways share them, and the first one is made on first
 * use. The newest signs, all of them verify: a new row is a rotation, taken up within a minute, and one that is taken out
 * verifies nothing after that.
 *
 * Whoever can read the table `signing_keys` can issue tokens; it is for the gateway's role alone.
 */
export class SigningKeys {
    #db;
    #keys = [];
    #readAt = Number.NEGATIVE_INFINITY;
    #reading;
    constructor(db) {
        this.#db = db;
    }
    /** The key to sign with. */
    async current(now) {
        await this.#refresh(now, AGE_MAX_MS);
        if (!this.#keys[0]) {
            await this.#makeFirst(now);
            await this.#refresh(now, 0);
        }
        const [newest] = this.#keys;
        if (!newest)
            throw new Error('The signing key that was just stored is not there.');
        return newest;
    }
    /** The public key of a kid; `undefined` for one that never was ours. */
    async find(kid, now) {
        const known = () => this.#keys.find((it) => it.kid === kid)?.publicKey;
        await this.#refresh(now, AGE_MAX_MS);
        if (!known())
            await this.#refresh(now, UNKNOWN_KID_INTERVAL_MS);
        return known();
    }
    /** The public halves as a JWK set (RFC 7517). */
    async publicJwks(now) {
        await this.current(now);
        return { keys: this.#keys.map((it) => it.publicJwk) };
    }
    /** Reads the keys again unless they were read less than this long ago; requests that come meanwhile wait for the same reading. */
    async #refresh(now, ageMaxMs) {
        if (Math.abs(now.getTime() - this.#readAt) < ageMaxMs)
            return;
        this.#reading ??= this.#read(now).finally(() => {
            this.#reading = undefined;
        });
        await this.#reading;
    }
    async #read(now) {
        const rows = await readSigningKeys(this.#db);
        const kept = new Map(this.#keys.map((it) => [it.kid, it]));
        this.#keys = await Promise.all(rows.map(async (it) => kept.get(it.kid) ?? (await importSigningKey(it.kid, it.privateJwk))));
        this.#readAt = now.getTime();
    }
    async #makeFirst(now) {
        const { privateKey } = await generateKeyPair(SIGNING_ALGORITHM, { extractable: true });
        const jwk = await exportJWK(privateKey);
        const kid = await calculateJwkThumbprint(jwk);
        await transact(this.#db, (tx) => insertFirstSigningKey(tx, kid, jwk, now));
    }
}
async function importSigningKey(kid, privateJwk) {
    const { d: _, ...publicPart } = privateJwk;
    return {
        kid,
        privateKey: (await importJWK(privateJwk, SIGNING_ALGORITHM)),
        publicKey: (await importJWK(publicPart, SIGNING_ALGORITHM)),
        publicJwk: { ...publicPart, kid, alg: SIGNING_ALGORITHM, use: 'sig' },
    };
}
