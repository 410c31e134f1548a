import type { Database } from '../database/client.ts';
import { News } from '../database/news.ts';
import { readRevocations } from './revocation.queries.ts';

/**
 * Which live tokens and clients were taken back, as the database said at most one second ago.
 *
 * Where the database cannot be asked, the check fails and with it the request: a token that may have been taken back is not honoured.
 */
export class Revocations {
  readonly #db: Database;
  readonly #tokens = new Map<string, number>();
  readonly #clients = new Map<string, number>();
  #since: Date | undefined;
  readonly #news = new News(() => this.#read());

  constructor(db: Database) {
    this.#db = db;
  }

  /** Whether the token or its client has been taken back. */
  async isRevoked(token: { readonly tokenId: string; readonly client: string }, now: Date): Promise<boolean> {
    await this.#news.renew(now);
    return this.#tokens.has(token.tokenId) || this.#clients.has(token.client);
  }

  async #read(): Promise<void> {
    const { revocations, at } = await readRevocations(this.#db, this.#since);
    for (const { kind, id, until } of revocations) (kind === 'token' ? this.#tokens : this.#clients).set(id, until.getTime());
    for (const known of [this.#tokens, this.#clients]) for (const [id, until] of known) if (until < at.getTime()) known.delete(id);
    this.#since = at;
  }
}
