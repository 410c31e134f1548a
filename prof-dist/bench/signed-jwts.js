import { randomUUID } from 'node:crypto';
import { importJWK, SignJWT } from 'jose';
/** How many are signed ahead for each second, and at most; on top of that each is signed when it is needed. */
const A_SECOND = 500;
const STOCK_MAX = 10_000;
/** A JWT is good for five minutes at most; one that is older than this is thrown away, not sent. */
const KEPT_MS = 200_000;
const LIFETIME_SECONDS = 280;
/** Under which name a hospital of the bench makes its CDS Hooks calls. */
export function cdsIssuerOf(kid) {
    return `urn:uuid:${kid}`;
}
/**
 * JWTs of a CDS client, each good for one call of a service. A signature by P-384 takes the driver about as long as the gateway takes for a
 * good part of its answer, and both are on one machine; so they are signed ahead, between the slices of time that are measured.
 */
export class SignedJwts {
    #key;
    #audience;
    #stock = [];
    constructor(key, audience) {
        this.#key = key;
        this.#audience = audience;
    }
    /** Signs as many as so many seconds may take. */
    async stockUp(seconds) {
        this.#stock = this.#stock.filter(isFresh);
        const wanted = Math.min(STOCK_MAX, seconds * A_SECOND);
        while (this.#stock.length < wanted)
            this.#stock.push({ jwt: await this.#sign(), signedAt: Date.now() });
    }
    /** One that was not used before. */
    async take() {
        for (let next = this.#stock.shift(); next; next = this.#stock.shift())
            if (isFresh(next))
                return next.jwt;
        return this.#sign();
    }
    async #sign() {
        const { kid = '' } = this.#key;
        return new SignJWT()
            .setProtectedHeader({ alg: 'ES384', kid, typ: 'JWT' })
            .setIssuer(cdsIssuerOf(kid))
            .setAudience(this.#audience)
            .setJti(randomUUID())
            .setIssuedAt()
            .setExpirationTime(`${LIFETIME_SECONDS}s`)
            .sign(await importJWK(this.#key, 'ES384'));
    }
}
function isFresh({ signedAt }) {
    return Date.now() - signedAt < KEPT_MS;
}
