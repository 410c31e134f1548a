import type pg from 'pg';
import { type Contents, contentsOf, type Database, type Reader } from './client.ts';
import { type LogPosition, PrimaryPosition } from './primary-position.ts';
import { type Miss, Replica, type ReplicaOptions } from './replica.ts';
import { serverIdentity } from './server-identity.ts';

/** Where the statements of look-ups that read what was published were answered: by a replica, or by the primary, and why. */
export type Place = 'replica' | Miss;

/** How a replica stands. */
export interface ReplicaState {
  readonly name: string;
  readonly isAway: boolean;
  /** How far it is behind what the primary has on disk; absent where it cannot be told. */
  readonly lag: { readonly bytes: number; readonly seconds: number } | undefined;
}

export interface ReplicasOptions extends Pick<ReplicaOptions, 'poolMax' | 'waitMs' | 'statementMs'> {
  readonly urls: readonly string[];
  /** Is told of a replica that is away (`reason`), and of one that is back. */
  readonly changed: (name: string, reason: unknown) => void;
}

/**
 * The read replicas of the primary, and the rule by which look-ups are shared out between them.
 *
 * Everything that decides is read from the primary: who the patient is, whom records were merged with, what was consented to and withdrawn, whether
 * the token was revoked. When what was published is to be read, the primary says where its log ends, and a replica that has replayed the log up to
 * there is asked, else the primary itself. So a look-up finds at least what the primary would have shown at that moment: the own institution's
 * publication of a moment ago, and as well another's, a correction, a deletion, a label of sensitivity. No gateway has to know what another one
 * stored, and none remembers anything of a caller.
 *
 * One statement of the replica's is never a mixture of two states; two statements of one look-up may see different ones, as on the primary. What is
 * logged is committed on the primary before the answer, wherever it was read. A server that was left behind at a change of the primary, and did not
 * follow the new one, is in another timeline of the log, and is never far enough.
 */
export class Replicas {
  readonly #primary: Database;
  /** The primary by connections that look-ups share, for all of it or for all but what was published. */
  readonly #readers: Readonly<Record<'quick' | 'long', Reader>>;
  readonly #replicas: readonly Replica[];
  readonly #position: PrimaryPosition;
  readonly #answered: Record<Place, number> = { replica: 0, behind: 0, away: 0, failed: 0 };
  #turn = 0;
  #identity: Promise<string> | undefined;

  constructor(primary: Database, { urls, changed, ...limits }: ReplicasOptions) {
    this.#primary = primary;
    const quick = Object.create(primary, { $client: { value: primary.shared } }) as Reader;
    this.#readers = { quick, long: Object.create(quick, { contents: { value: primary } }) as Reader };
    this.#position = new PrimaryPosition(() => positionOf(primary, 'inserted'));
    const identity = () => this.#identityOfPrimary();
    this.#replicas = urls.map(
      (url) => new Replica({ ...limits, url, identity, changed: (replica, reason) => changed(replica.name, reason) }),
    );
  }

  /** How many there are. */
  get count(): number {
    return this.#replicas.length;
  }

  /** Statements by place, since the start. */
  get answered(): Readonly<Record<Place, number>> {
    return this.#answered;
  }

  /** To read with in one look-up, from its beginning to its end. What was published is read by a connection of its own where that takes long. */
  reader(reading: 'quick' | 'long' = 'quick'): Reader {
    const reader = this.#readers[reading];
    if (this.count === 0) return reader;
    let position: Promise<LogPosition> | undefined;
    const query = async (statement: pg.QueryConfig) => {
      const replica = this.#choose();
      if (!replica) return await this.#readFromPrimary(contentsOf(reader), statement, 'away');
      position ??= this.#position.now();
      const answer = await replica.ask(statement, await position);
      if (typeof answer === 'string') return await this.#readFromPrimary(contentsOf(reader), statement, answer);
      this.#answered.replica += 1;
      return answer;
    };
    const contents: Contents = { $client: { query: query as pg.Pool['query'] } };
    return Object.create(reader, { contents: { value: contents } }) as Reader;
  }

  /** How each of them stands now. */
  async measure(): Promise<readonly ReplicaState[]> {
    const position = await positionOf(this.#primary, 'on-disk');
    return await Promise.all(
      this.#replicas.map(async (it) => {
        const replayed = await it.measure();
        const bytes = replayed && Math.max(0, Number(position.bytes - replayed.position.bytes));
        const lag = replayed && bytes !== undefined ? { bytes, seconds: bytes === 0 ? 0 : replayed.seconds } : undefined;
        return { name: it.name, isAway: it.isAway || !replayed, lag };
      }),
    );
  }

  async close(): Promise<void> {
    await Promise.all(this.#replicas.map((it) => it.close()));
  }

  async #readFromPrimary(primary: Contents, statement: pg.QueryConfig, why: Miss): Promise<pg.QueryResult> {
    this.#answered[why] += 1;
    return await primary.$client.query(statement);
  }

  /** In turn; one that was behind a moment ago only where all are. */
  #choose(): Replica | undefined {
    const there = this.#replicas.filter((it) => !it.isAway);
    const inTime = there.filter((it) => !it.isLate);
    const choice = inTime.length > 0 ? inTime : there;
    this.#turn += 1;
    return choice[this.#turn % choice.length];
  }

  #identityOfPrimary(): Promise<string> {
    this.#identity ??= serverIdentity(this.#primary.$client).catch((error: unknown) => {
      this.#identity = undefined;
      throw error;
    });
    return this.#identity;
  }
}

const POSITIONS: Readonly<Record<'inserted' | 'on-disk', pg.QueryConfig>> = {
  inserted: { name: 'primary-position', text: positionSql('pg_current_wal_insert_lsn()') },
  'on-disk': { name: 'primary-position-on-disk', text: positionSql('pg_current_wal_flush_lsn()') },
};

/** The timeline is the first eight hexadecimal digits of the name of a file of the log. */
function positionSql(end: string): string {
  return `select (it - '0/0')::bigint as bytes, ('x' || left(pg_walfile_name(it), 8))::bit(32)::integer as timeline from (select ${end} as it) as log`;
}

/**
 * Where the log of the primary ends. What is seen at the primary is inserted, but not always on disk: a login may commit without waiting
 * for that (`synchronous_commit`). A replica is sent what is on disk.
 */
async function positionOf(primary: Database, end: 'inserted' | 'on-disk'): Promise<LogPosition> {
  const { rows } = await primary.$client.query<{ bytes: string; timeline: number }>(POSITIONS[end]);
  const [row] = rows;
  if (!row) throw new Error('the primary did not say where its log ends');
  return { timeline: row.timeline, bytes: BigInt(row.bytes) };
}
