import type pg from 'pg';
import type { BenchDatabase } from './bench-database.ts';
import { closedLoop, type Slice } from './closed-loop.ts';
import { median, percentile } from './figures.rules.ts';
import { machineTime, processorSeconds, residentMiB } from './processor-time.ts';
import { countStatements, type StatementCount } from './statements.ts';
import type { Subject, Work } from './subject.ts';
import { untilFollowed } from './until-followed.ts';

/** How long and how often it is measured. */
export interface Effort {
  readonly clients: number;
  /** Of each subject in each round. */
  readonly seconds: number;
  readonly rounds: number;
}

/** Cores busy on average, by who kept them busy; `undefined` where it cannot be told. */
export interface Cores {
  readonly server: number | undefined;
  readonly database: number | undefined;
  readonly driver: number;
  /** Everything else on the machine. */
  readonly others: number | undefined;
}

/** What was measured of a subject: the medians of its rounds. */
export interface Figures {
  readonly name: string;
  readonly perSecond: number;
  /** Milliseconds. */
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly answerBytes: number;
  readonly cores: Cores;
  /** Bytes of write-ahead log for one piece of work. */
  readonly walBytes: number;
  readonly serverMiB: number | undefined;
  readonly statements: StatementCount | undefined;
  /** Of each round. */
  readonly rates: readonly number[];
  readonly errors: number;
  readonly firstError: string | undefined;
}

export interface WorkFigures {
  readonly name: string;
  readonly about: string;
  readonly clients: number;
  /** The gateway first, then the references. */
  readonly subjects: readonly Figures[];
}

/** Statements of the smallest and of the largest piece of a kind of work: they must not differ. */
export interface Growth {
  readonly small: number;
  readonly large: number;
}

interface Round extends Slice {
  readonly cores: Cores;
  readonly walBytes: number;
}

const PIECES_COUNTED = 20;
/** Before the rounds each subject works for as long as a round takes, and at most so long. */
export const WARM_UP_MAX_SECONDS = 3;

/**
 * Measures the gateway and its references in turn, in one run: one round to warm up, then `rounds` that count, every other one in reverse
 * order, so that a machine that grows slower or quicker does so for all of them. Before each of them the gateway has done what it does by itself.
 */
export async function measure(work: Work, database: BenchDatabase, effort: Effort, say: (line: string) => void): Promise<WorkFigures> {
  const subjects = [work.ours, ...work.references];
  const rounds = new Map(subjects.map((it) => [it, [] as Round[]]));
  const warmUp = Math.min(effort.seconds, WARM_UP_MAX_SECONDS);
  for (const subject of subjects) {
    await subject.prepare?.(warmUp);
    await untilFollowed(database.session);
    await closedLoop(subject, effort.clients, warmUp);
  }
  for (let number = 1; number <= effort.rounds; number++) {
    for (const subject of number % 2 === 1 ? subjects : subjects.toReversed()) {
      const round = await measureRound(subject, database, effort);
      rounds.get(subject)?.push(round);
      say(
        `  ${work.name}, ${effort.clients} clients, round ${number} of ${effort.rounds}: ${subject.name} ${Math.round(round.perSecond)}/s`,
      );
    }
  }
  const figures: Figures[] = [];
  for (const subject of subjects) figures.push(await figuresOf(subject, rounds.get(subject) ?? [], database));
  return { name: work.name, about: work.about, clients: effort.clients, subjects: figures };
}

/** One subject for one slice of time, with nothing done before it. */
export async function measureOnce(subject: Subject, database: BenchDatabase, effort: Effort): Promise<Figures> {
  const round = await measureRound(subject, database, effort);
  return figuresOf(subject, [round], undefined);
}

async function measureRound(subject: Subject, database: BenchDatabase, { clients, seconds }: Effort): Promise<Round> {
  await subject.prepare?.(seconds);
  await untilFollowed(database.session);
  const wal = await walPosition(database.session);
  const before = clocks(subject, database);
  const slice = await closedLoop(subject, clients, seconds);
  const after = clocks(subject, database);
  const elapsed = (after.at - before.at) / 1_000;
  const used = (name: 'server' | 'database' | 'machine'): number | undefined => {
    const [from, to] = [before[name], after[name]];
    return from === undefined || to === undefined ? undefined : (to - from) / elapsed;
  };
  const cores = { server: used('server'), database: used('database'), driver: (after.driver - before.driver) / elapsed };
  const machine = used('machine');
  const others = machine === undefined ? undefined : Math.max(0, machine - cores.driver - (cores.server ?? 0) - (cores.database ?? 0));
  const walBytes = ((await walPosition(database.session)) - wal) / Math.max(1, slice.latencies.length);
  return { ...slice, cores: { ...cores, others }, walBytes };
}

function clocks({ server }: Subject, { postmaster }: BenchDatabase) {
  const { user, system } = process.cpuUsage();
  return {
    at: performance.now(),
    server: server === undefined ? undefined : processorSeconds(server.pid),
    database: postmaster === undefined ? undefined : processorSeconds(postmaster),
    machine: machineTime()?.busy,
    driver: (user + system) / 1_000_000,
  };
}

async function walPosition(session: pg.Client): Promise<number> {
  const { rows } = await session.query<{ bytes: string }>("select pg_current_wal_lsn() - '0/0'::pg_lsn as bytes");
  return Number(rows[0]?.bytes);
}

/** Without `counting` the statements are not counted. */
async function figuresOf(subject: Subject, rounds: readonly Round[], counting: BenchDatabase | undefined): Promise<Figures> {
  const of = (pick: (round: Round) => number) => median(rounds.map(pick));
  const known = (pick: (round: Round) => number | undefined): number | undefined => {
    const values = rounds.map(pick).filter((it) => it !== undefined);
    return values.length === rounds.length ? median(values) : undefined;
  };
  const errors = rounds.reduce((sum, it) => sum + it.errors, 0);
  return {
    name: subject.name,
    perSecond: of((it) => it.perSecond),
    p50: of((it) => percentile(it.latencies, 0.5)),
    p95: of((it) => percentile(it.latencies, 0.95)),
    p99: of((it) => percentile(it.latencies, 0.99)),
    answerBytes: of((it) => it.bytes / Math.max(1, it.latencies.length)),
    cores: {
      server: known((it) => it.cores.server),
      database: known((it) => it.cores.database),
      driver: of((it) => it.cores.driver),
      others: known((it) => it.cores.others),
    },
    walBytes: of((it) => it.walBytes),
    serverMiB: subject.server === undefined ? undefined : residentMiB(subject.server.pid),
    statements:
      counting?.countsStatements && errors === 0
        ? await countStatements(counting.session, PIECES_COUNTED, () => subject.once())
        : undefined,
    rates: rounds.map((it) => it.perSecond),
    errors,
    firstError: rounds.find((it) => it.firstError !== undefined)?.firstError,
  };
}
