import pg from 'pg';
import { databaseFailure } from './outage.ts';

/** Statements under way on one connection; beyond them another one is shared too. */
const UNDER_WAY_MAX = 8;
/** A connection whose next answer takes longer is held up: what is sent down it waits. */
const HELD_UP_MS = 6;

/** A connection of the pool, for as long as statements are under way on it. */
interface Shared {
  readonly client: Promise<pg.PoolClient>;
  underWay: number;
  /** Since when its next answer is waited for. */
  waitingSince: number;
  /** What is written to it is kept together until this turn of the event loop is over. */
  isGathering: boolean;
  broken: Error | undefined;
}

/**
 * Connections of a pool that statements of requests at the same time share: each is sent behind those under way, without waiting for their answers,
 * and those of one turn of the event loop together. So the server finds its next statement when it has done the last, and neither side is woken
 * for each of them. Only for statements that are quick by themselves and no part of a transaction: whatever is slow or waits for a lock holds up
 * what is behind it.
 *
 * - A statement is committed, or fails, by itself, as it does on a connection of its own. One that could not be done because of one before it goes
 *   by itself.
 * - A connection that is held up, or has enough to do, gets nothing more: another one of the pool is shared beside it. So a slow statement delays
 *   what was behind it already and nothing else, and where every statement is slow each has a connection, as without sharing.
 * - A connection goes back into the pool when nothing is under way on it. One that was lost fails everything that is under way on it.
 */
export class SharedConnections implements Pick<pg.Pool, 'query'> {
  readonly #pool: pg.Pool;
  readonly #connectionsMax: number;
  readonly #shared = new Set<Shared>();

  /** `connectionsMax`: those of the pool. */
  constructor(pool: pg.Pool, connectionsMax: number) {
    this.#pool = pool;
    this.#connectionsMax = connectionsMax;
  }

  readonly query = (async (statement: pg.QueryConfig): Promise<pg.QueryResult> => {
    try {
      return await this.#ask(this.#choose(), statement);
    } catch (error) {
      if (wasNotPrepared(error)) return await this.#pool.query(statement);
      throw error;
    }
  }) as pg.Pool['query'];

  async #ask(connection: Shared, statement: pg.QueryConfig): Promise<pg.QueryResult> {
    connection.underWay += 1;
    try {
      const client = await connection.client;
      gather(connection, client);
      return await client.query(statement);
    } catch (error) {
      if (databaseFailure(error)?.code === 'database-unavailable') this.#leave(connection, error as Error);
      throw error;
    } finally {
      connection.underWay -= 1;
      connection.waitingSince = performance.now();
      if (connection.underWay === 0) this.#giveBack(connection);
    }
  }

  /** The first that is not held up, so that as few as possible are shared; where all are, and no other connection is free, the one with the least to do. */
  #choose(): Shared {
    const now = performance.now();
    const [first, ...others] = this.#shared;
    for (const it of this.#shared) if (it.underWay < UNDER_WAY_MAX && now - it.waitingSince < HELD_UP_MS) return it;
    if (first && !this.#isOneFree()) return others.reduce((least, it) => (it.underWay < least.underWay ? it : least), first);
    const client = this.#pool.connect();
    const connection: Shared = { client, underWay: 0, waitingSince: now, isGathering: false, broken: undefined };
    this.#shared.add(connection);
    client.catch(() => this.#shared.delete(connection));
    return connection;
  }

  #isOneFree(): boolean {
    const { totalCount, idleCount, waitingCount } = this.#pool;
    return totalCount < this.#connectionsMax || idleCount > waitingCount;
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

/**
 * Whether the statement was not done because the one of its name before it, which was to be prepared first, was ended while that waited for a lock
 * (SQLSTATE 26000, invalid_sql_statement_name).
 */
function wasNotPrepared(error: unknown): boolean {
  return error instanceof pg.DatabaseError && error.code === '26000';
}

/** Whatever is sent down the connection until the event loop turns goes in one write. */
function gather(connection: Shared, { connection: { stream } }: pg.PoolClient): void {
  if (connection.isGathering) return;
  connection.isGathering = true;
  stream.cork();
  setImmediate(() => {
    connection.isGathering = false;
    stream.uncork();
  });
}
