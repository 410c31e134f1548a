import { type CryptoKey, importJWK, type JWK } from 'jose';
import { LRUCache } from 'lru-cache';
import { type ClientAlgorithm, chooseKey, publicPart } from './client-key.rules.ts';
import { fetchJwks, type JwksProblem, JwksUnreadable } from './fetch-jwks.ts';

const KEY_SETS_MAX = 2_000;
const KEYS_MAX = 4_000;

/** How soon a failed fetch is tried again, and how soon an unknown kid makes a key set be fetched that is still fresh. */
const RETRY_MS = 5_000;

interface KeySet {
  readonly outcome: { readonly jwks: unknown } | { readonly problem: JwksProblem };
  readonly fetchedAt: number;
  readonly freshMs: number;
}

/** The key to verify with, or why there is none. */
export type FoundKey = { readonly key: CryptoKey } | { readonly problem: JwksProblem };

/**
 * The public keys of clients, inline or behind their JWKS URLs. One for a process.
 *
 * A fetched set is kept no longer than its Cache-Control allows and never above ten minutes. A kid that is not in it has it fetched once
 * more, since the client may have rolled its keys, but not more often than every five seconds; simultaneous requests share one fetch. What a key
 * was made into is kept by what the key says: making it takes longer than verifying by it.
 */
export class ClientKeys {
  readonly #allowPrivate: boolean;
  readonly #sets = new LRUCache<string, KeySet>({ max: KEY_SETS_MAX });
  readonly #fetching = new Map<string, Promise<KeySet>>();
  readonly #imported = new LRUCache<string, CryptoKey>({ max: KEYS_MAX });

  constructor(options: { readonly privateJwksUrls: boolean }) {
    this.#allowPrivate = options.privateJwksUrls;
  }

  /** The one key of the client that has this kid and suits the algorithm. */
  async find(
    client: { readonly jwks: unknown; readonly jwksUrl: string | null },
    kid: string,
    algorithm: ClientAlgorithm,
    now: Date,
  ): Promise<FoundKey> {
    if (client.jwksUrl === null) return this.#importChosen(client.jwks, kid, algorithm);
    let set = await this.#fetched(client.jwksUrl, (known) => now.getTime() - known.fetchedAt < known.freshMs, now);
    if ('jwks' in set.outcome && chooseKey(set.outcome.jwks, kid, algorithm) === 'none') {
      set = await this.#fetched(client.jwksUrl, (known) => now.getTime() - known.fetchedAt < RETRY_MS, now);
    }
    return 'problem' in set.outcome ? set.outcome : this.#importChosen(set.outcome.jwks, kid, algorithm);
  }

  async #importChosen(jwks: unknown, kid: string, algorithm: ClientAlgorithm): Promise<FoundKey> {
    const chosen = chooseKey(jwks, kid, algorithm);
    if (typeof chosen === 'string') return { problem: PROBLEMS[chosen] };
    const jwk = publicPart(chosen.key) as JWK;
    const said = JSON.stringify([algorithm, jwk]);
    const known = this.#imported.get(said);
    if (known) return { key: known };
    try {
      const key = (await importJWK(jwk, algorithm)) as CryptoKey;
      this.#imported.set(said, key);
      return { key };
    } catch {
      // Of the right form, but no point of the curve.
      return { problem: PROBLEMS.unusable };
    }
  }

  /** The set behind a URL as it is known, if it still serves; else as it is now. */
  async #fetched(url: string, serves: (known: KeySet) => boolean, now: Date): Promise<KeySet> {
    const known = this.#sets.get(url);
    if (known && serves(known)) return known;
    let fetching = this.#fetching.get(url);
    if (!fetching) {
      fetching = this.#fetch(url, now).finally(() => this.#fetching.delete(url));
      this.#fetching.set(url, fetching);
    }
    return fetching;
  }

  async #fetch(url: string, now: Date): Promise<KeySet> {
    const set = await fetchJwks(url, this.#allowPrivate).then(
      ({ jwks, freshMs }) => ({ outcome: { jwks }, fetchedAt: now.getTime(), freshMs }),
      (error: unknown) => {
        if (!(error instanceof JwksUnreadable)) throw error;
        return { outcome: { problem: error.problem }, fetchedAt: now.getTime(), freshMs: RETRY_MS };
      },
    );
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
} satisfies Record<string, JwksProblem>;
