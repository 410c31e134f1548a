import type { Database } from './client.ts';

/**
 * Where the write-ahead log of the primary ends, in bytes: a replica that has replayed it up to there knows all that was committed before it was
 * asked for, whichever gateway committed it.
 *
 * It is the end of what is inserted, not of what is on disk: what a login commits without waiting for the disk (`synchronous_commit`) is seen at the
 * primary before it is there.
 *
 * Whoever asks while others do shares one statement with them, but never one that is under way already: that may have been answered before what
 * the caller has to see was committed. Under load it costs far less than a statement each.
 */
export class PrimaryPosition {
  readonly #primary: Database;
  #underWay: Promise<unknown> = Promise.resolve();
  #next: Promise<bigint> | undefined;

  constructor(primary: Database) {
    this.#primary = primary;
  }

  /** Throws what the primary's pool throws. */
  now(): Promise<bigint> {
    this.#next ??= this.#askAfterThis();
    return this.#next;
  }

  async #askAfterThis(): Promise<bigint> {
    await this.#underWay.catch(() => undefined);
    this.#next = undefined;
    const asked = this.#ask();
    this.#underWay = asked;
    return await asked;
  }

  async #ask(): Promise<bigint> {
    const { rows } = await this.#primary.$client.query<{ position: string }>({
      name: 'primary-position',
      text: "select (pg_current_wal_insert_lsn() - '0/0')::bigint as position",
    });
    return BigInt(rows[0]?.position ?? 0);
  }
}
