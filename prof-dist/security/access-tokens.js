import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { issueAccessToken, verifyAccessToken } from './access-token.js';
import { insertRevokedToken } from './revocation.queries.js';
import { Revocations } from './revocations.js';
import { SigningKeys } from './signing-keys.js';
const VERIFIED_TOKENS_MAX = 20_000;
/** A JWT of ours is below 2 KiB, unless it carries a consent of many rules; nothing longer is worth a look. */
export const TOKEN_LENGTH_MAX = 8_192;
/**
 * The access tokens of this exchange: issues, verifies and revokes them. One for a process.
 *
 * A token is verified once and remembered by its hash until it expires; whether it was taken back is asked every time (`Revocations`).
 */
export class AccessTokens {
    keys;
    #db;
    #publicUrl;
    #revocations;
    #verified = new LRUCache({ max: VERIFIED_TOKENS_MAX });
    constructor(db, publicUrl) {
        this.#db = db;
        this.#publicUrl = publicUrl;
        this.keys = new SigningKeys(db);
        this.#revocations = new Revocations(db);
    }
    /** Signs a token of five minutes. */
    issue(granted, now) {
        return issueAccessToken(this.keys, this.#publicUrl, granted, now);
    }
    /** What the token says, or why it is worth nothing. Rejects where the database cannot be asked about revocations. */
    async read(token, now) {
        if (token.length > TOKEN_LENGTH_MAX)
            return 'invalid';
        const hash = createHash('sha256').update(token).digest('base64');
        const known = this.#verified.get(hash);
        const claims = known ?? (await verifyAccessToken(this.keys, this.#publicUrl, token, now));
        if (typeof claims === 'string')
            return claims;
        if (claims.expiresAt <= now)
            return 'expired';
        if (!known)
            this.#verified.set(hash, claims);
        return (await this.#revocations.isRevoked(claims, now)) ? 'revoked' : claims;
    }
    /** Takes a token back (RFC 7009); every gateway refuses it within a second. */
    revoke(claims) {
        return insertRevokedToken(this.#db, claims.tokenId, claims.expiresAt);
    }
}
