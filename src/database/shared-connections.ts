import type pg from 'pg';
import { databaseFailure } from './outage.ts';

/** Connections that are shared at the same time, as long as none of them is held up. */
const SHARED_MAX = 3;
/** A connection whose next answer takes longer is held up: what is sent down it waits. */
const HELD_UP_MS = 20;

/** A connection of the pool, for as long as statements are under way on it. */
interface Shared {
  readonly client: Promise<pg.PoolClient>;
  underWay: number;
  /** Since when its next answer is waited for. */
  waitingSince: number;
  broken: Error | undefined;
}

/**
 * Connections of a pool that statements of requests at the same time share: each is sent behind those under way, without waiting for their answers.
 * So the server finds its next statement when it has done the last, and neither side is woken for each of them. Only for statements that
 * are quick by themselves and no part of a transaction: whatever is slow or waits for a lock holds up what is behind it.
 *
 * - A statement is committed, or fails, by itself, as it does on a connection of its own.
 * - Few connections are shared. One that is held up gets nothing more, and another one of the pool is shared in its stead, so that a slow
 *   statement delays what was behind it already and nothing else.
 * - A connection goes back into the pool when nothing is under way on it. One that was lost fails everything that is under way on it.
 */
export class SharedConnections implements Pick<pg.Pool, 'query'> {
  readonly #pool: pg.Pool;
  readonly #shared = new Set<Shared>();

  constructor(pool: pg.Pool) {
    this.#pool = pool;
  }

  readonly query = (async (statement: pg.QueryConfig): Promise<pg.QueryResult> => {
    const connection = this.#choose();
    connection.underWay += 1;
    try {
      const client = await connection.client;
      return await client.query(statement);
    } catch (error) {
      if (databaseFailure(error)?.code === 'database-unavailable') this.#leave(connection, error as Error);
      throw error;
    } finally {
      connection.underWay -= 1;
      connection.waitingSince = performance.now();
      if (connection.underWay === 0) this.#giveBack(connection);
    }
  }) as pg.Pool['query'];

  #choose(): Shared {
    const now = performance.now();
    const free = [...this.#shared].filter((it) => now - it.waitingSince < HELD_UP_MS);
    const [first, ...others] = free;
    if (first && free.length >= SHARED_MAX) return others.reduce((least, it) => (it.underWay < least.underWay ? it : least), first);
    const connection: Shared = { client: this.#pool.connect(), underWay: 0, waitingSince: now, broken: undefined };
    this.#shared.add(connection);
    connection.client.catch(() => this.#shared.delete(connection));
    return connection;
  }

  #leave(connection: Shared, error: Error): void {
    connection.broken = error;
    this.#shared.delete(connection);
  }

  #giveBack(connection: Shared): void {
    this.#shared.delete(connection);
    // One that never came has told so already.
    connection.client.then((it) => it.release(connection.broken)).catch(() => undefined);
  }
}
