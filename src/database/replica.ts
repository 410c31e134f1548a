import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import { type Database, openDatabase, PLANNED_ONCE } from './client.ts';
import { GATEWAY_ROLE } from './gateway-role.ts';
import { databaseFailure } from './outage.ts';
import type { LogPosition } from './primary-position.ts';
import { serverIdentity } from './server-identity.ts';

/**
 * Why a replica does not answer: it has not replayed far enough, it cannot be reached or is no replica of this primary, or the statement failed
 * on it, as one does that is in the way of the replay.
 */
export type Miss = 'behind' | 'away' | 'failed';

/** How far a replica has come. */
export interface Replayed {
  readonly position: LogPosition;
  /** Since the newest transaction that it has replayed was committed. */
  readonly seconds: number;
}

export interface ReplicaOptions {
  readonly url: string;
  readonly poolMax: number;
  /** How long a statement may take, as on the primary; 10 s unless said otherwise. */
  readonly statementMs?: number;
  /** How long a statement waits for the replica to come far enough; 0: not at all. */
  readonly waitMs: number;
  /** What the primary answers to `serverIdentity`. */
  readonly identity: () => Promise<string>;
  /** Is told once that it is away, with the reason, and once that it is back. */
  readonly changed: (replica: Replica, reason: unknown) => void;
}

/** One that says nothing is left sooner than a primary would be: there is somebody else to ask. */
const SILENCE_MS = 1_000;
/** Between two attempts to reach one that is away; meanwhile nobody else tries. */
const AWAY_PAUSE_MS = 2_000;
/** After a wait in vain nobody waits for so long. */
const BEHIND_PAUSE_MS = 500;
const STEP_MS = 2;

/** A PostgreSQL standby that reads may be sent to. */
export class Replica {
  /** Where it is, without login and password. */
  readonly name: string;
  readonly #options: ReplicaOptions;
  readonly #db: Database;
  readonly #closePool: () => Promise<void>;
  /** How far the server had come at the last look of each connection. A server that starts anew ends its connections, so that this never goes back. */
  readonly #reached = new WeakMap<pg.PoolClient, LogPosition>();
  #lateUntil = 0;
  #attempt: NodeJS.Timeout | undefined;
  #isClosed = false;

  constructor(options: ReplicaOptions) {
    const { host, pathname } = new URL(options.url);
    this.name = decodeURIComponent(`${host}${pathname}`);
    this.#options = options;
    const { url, poolMax, statementMs } = options;
    const settings = { role: GATEWAY_ROLE, ...PLANNED_ONCE };
    const limit = statementMs === undefined ? {} : { statementTimeoutMs: statementMs };
    const { db, close } = openDatabase({ url, poolMax, settings, ...limit, waitMs: SILENCE_MS });
    this.#db = db;
    this.#closePool = close;
  }

  /** It could not be reached, and nobody is to try: an attempt is made every two seconds beside the requests. */
  get isAway(): boolean {
    return this.#attempt !== undefined;
  }

  /** It was not far enough a moment ago. */
  get isLate(): boolean {
    return performance.now() < this.#lateUntil;
  }

  /**
   * What the statement answers once the replica has replayed up to the position, or why it is not answered; then nothing is known of it.
   *
   * How far the replica has come is asked on the same connection before, as a statement of its own: inside of the statement the answer could be
   * newer than what the statement sees. Throws only where the statement ran out of time, which it would do elsewhere as well.
   */
  async ask(statement: pg.QueryConfig, position: LogPosition): Promise<pg.QueryResult | Miss> {
    let client: pg.PoolClient | undefined;
    let isBroken = false;
    try {
      client = await this.#db.$client.connect();
      return (await this.#reaches(client, position)) ? await client.query(statement) : 'behind';
    } catch (error) {
      const code = databaseFailure(error)?.code;
      if (code === 'timeout') throw error;
      isBroken = error instanceof NoReplica || code === 'database-unavailable';
      if (isBroken) this.#leave(error);
      return isBroken ? 'away' : 'failed';
    } finally {
      client?.release(isBroken);
    }
  }

  /** How far it has come; `undefined` where it does not say. */
  async measure(): Promise<Replayed | undefined> {
    if (this.isAway) return undefined;
    return replayedBy(this.#db.$client).catch(() => undefined);
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    clearTimeout(this.#attempt);
    await this.#closePool();
  }

  async #reaches(client: pg.PoolClient, position: LogPosition): Promise<boolean> {
    const known = this.#reached.get(client);
    if (known === undefined) await this.#requireReplica(client);
    else if (isUpTo(known, position)) return true;
    const waitMs = this.isLate ? 0 : this.#options.waitMs;
    for (const since = performance.now(); ; await sleep(STEP_MS)) {
      const { position: reached } = await replayedBy(client);
      this.#reached.set(client, reached);
      if (isUpTo(reached, position)) return true;
      if (performance.now() - since >= waitMs) break;
    }
    if (!this.isLate) this.#lateUntil = performance.now() + BEHIND_PAUSE_MS;
    return false;
  }

  async #requireReplica(client: pg.PoolClient): Promise<void> {
    const [ours, theirs] = await Promise.all([this.#options.identity(), serverIdentity(client)]);
    if (ours !== theirs) throw new NoReplica('the server is no replica of DATABASE_URL, or its login does not work as the same role');
  }

  #leave(reason: unknown): void {
    if (this.isAway || this.#isClosed) return;
    this.#tryLater();
    this.#options.changed(this, reason);
  }

  #tryLater(): void {
    this.#attempt = setTimeout(() => void this.#tryAgain(), AWAY_PAUSE_MS).unref();
  }

  async #tryAgain(): Promise<void> {
    const isThere = await this.#isThere();
    if (this.#isClosed) return;
    if (!isThere) return this.#tryLater();
    this.#attempt = undefined;
    this.#options.changed(this, undefined);
  }

  async #isThere(): Promise<boolean> {
    let client: pg.PoolClient | undefined;
    try {
      client = await this.#db.$client.connect();
      await this.#requireReplica(client);
      await replayedBy(client);
      return true;
    } catch {
      return false;
    } finally {
      client?.release();
    }
  }
}

/** What answers is not what reads may be sent to. */
class NoReplica extends Error {
  override readonly name = 'NoReplica';
}

/** Never in another timeline: a server that did not follow a change of the primary has a history of its own from there on. */
function isUpTo(reached: LogPosition, position: LogPosition): boolean {
  return reached.timeline === position.timeline && reached.bytes >= position.bytes;
}

/** What was replayed is visible to the next statement, not necessarily to this one. Throws NoReplica for a primary. */
async function replayedBy(connection: Pick<pg.Pool, 'query'>): Promise<Replayed> {
  const asked: pg.QueryConfig & { query_timeout: number } = {
    name: 'replayed',
    // Of the timeline both may lag behind after a change of the primary, so that a server is used later rather than too soon.
    text: `select (pg_last_wal_replay_lsn() - '0/0')::bigint as bytes, pg_is_in_recovery() as "isReplica",
                  greatest((select timeline_id from pg_control_checkpoint()), (select min_recovery_end_timeline from pg_control_recovery())) as timeline,
                  coalesce(extract(epoch from clock_timestamp() - pg_last_xact_replay_timestamp()), 0)::float8 as seconds`,
    query_timeout: SILENCE_MS,
  };
  const { rows } = await connection.query<{ bytes: string | null; timeline: number; isReplica: boolean; seconds: number }>(asked);
  const [row] = rows;
  if (!row?.isReplica || row.bytes === null) throw new NoReplica('the server is a primary, not a replica');
  return { position: { timeline: row.timeline, bytes: BigInt(row.bytes) }, seconds: row.seconds };
}
