import { importJWK } from 'jose';
import { LRUCache } from 'lru-cache';
import { chooseKey, publicPart } from './client-key.rules.js';
import { fetchJwks, JwksUnreadable } from './fetch-jwks.js';
const KEY_SETS_MAX = 2_000;
/** How soon a failed fetch is tried again, and how soon an unknown kid makes a key set be fetched that is still fresh. */
const RETRY_MS = 5_000;
/**
 * The public keys of clients, inline or behind their JWKS URLs. One for a process.
 *
 * A fetched set is kept no longer than its Cache-Control allows and never above ten minutes. A kid that is not in it has it fetched once
 * more, since the client may have rolled its keys, but not more often than every five seconds; simultaneous requests share one fetch.
 */
export class ClientKeys {
    #allowPrivate;
    #sets = new LRUCache({ max: KEY_SETS_MAX });
    #fetching = new Map();
    constructor(options) {
        this.#allowPrivate = options.privateJwksUrls;
    }
    /** The one key of the client that has this kid and suits the algorithm. */
    async find(client, kid, algorithm, now) {
        if (client.jwksUrl === null)
            return importChosen(client.jwks, kid, algorithm);
        let set = await this.#fetched(client.jwksUrl, (known) => now.getTime() - known.fetchedAt < known.freshMs, now);
        if ('jwks' in set.outcome && chooseKey(set.outcome.jwks, kid, algorithm) === 'none') {
            set = await this.#fetched(client.jwksUrl, (known) => now.getTime() - known.fetchedAt < RETRY_MS, now);
        }
        return 'problem' in set.outcome ? set.outcome : importChosen(set.outcome.jwks, kid, algorithm);
    }
    /** The set behind a URL as it is known, if it still serves; else as it is now. */
    async #fetched(url, serves, now) {
        const known = this.#sets.get(url);
        if (known && serves(known))
            return known;
        let fetching = this.#fetching.get(url);
        if (!fetching) {
            fetching = this.#fetch(url, now).finally(() => this.#fetching.delete(url));
            this.#fetching.set(url, fetching);
        }
        return fetching;
    }
    async #fetch(url, now) {
        const set = await fetchJwks(url, this.#allowPrivate).then(({ jwks, freshMs }) => ({ outcome: { jwks }, fetchedAt: now.getTime(), freshMs }), (error) => {
            if (!(error instanceof JwksUnreadable))
                throw error;
            return { outcome: { problem: error.problem }, fetchedAt: now.getTime(), freshMs: RETRY_MS };
        });
        this.#sets.set(url, set);
        return set;
    }
}
const PROBLEMS = {
    none: { en: 'it has no key with the kid of the assertion', zh: '其中没有与断言 kid 相符的密钥' },
    several: { en: 'it has several keys with the kid of the assertion', zh: '其中有多把密钥与断言的 kid 相同' },
    unusable: {
        en: 'its key with the kid of the assertion is not a public EC P-384 or RSA key (2048 bits or more) for signatures',
        zh: '与断言 kid 相符的密钥不是可用于签名验证的 EC P-384 或 RSA（2048 位以上）公钥',
    },
};
async function importChosen(jwks, kid, algorithm) {
    const chosen = chooseKey(jwks, kid, algorithm);
    if (typeof chosen === 'string')
        return { problem: PROBLEMS[chosen] };
    try {
        return { key: (await importJWK(publicPart(chosen.key), algorithm)) };
    }
    catch {
        // Of the right form, but no point of the curve.
        return { problem: PROBLEMS.unusable };
    }
}
