import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { WORKERS_MAX } from '../workers/start-workers.ts';

export const USAGE = `Usage: npm run bench [-- publish | lookup | check | log | replica | pull | verdict | growth | memory | start | faults] [options]
  (none)            all of publish, lookup, check and pull beside their references, and the start, in one table: some six minutes
  publish           reports of 20 results, beside a bare publish route and one raw multi-row insert
  lookup            prior results, read and search, beside bare selects
  check             checks of 1 and of 20 items for persons with 2,000 resources, and a CDS Hooks call at the signing
                    of an order, beside bare selects
  log               look-ups beside the same ones without their entries in the access log, 32 clients unless said otherwise
  replica           look-ups with a read replica (--replica, and --database for its primary) beside the same ones without
  pull              the whole access log as NDJSON and as CSV, beside COPY TO STDOUT of the same rows: of the options it takes --entries,
                    --rounds, --database, --json and --profile
  verdict           the verdict alone, 20 items with 50 prior results each, beside sorting them; no database, one thread:
                    of the options it takes --seconds, --rounds and --json
  growth            publish, lookup and check in a region that grows (--sizes), cold and warm
  memory            memory of the gateway while it takes so many publications (--publications)
  start             from the start of the process to its first answer, on a database that is there
  faults            a load of everything while PostgreSQL is restarted, while statements hang, at ten times what can be
                    done, and beside clients that read a byte a second: some three minutes
  --seconds <n>     of each subject in each round (5; 3 for all of them)
  --rounds <n>      that count; their median is shown (3)
  --clients <n,…>   that ask at the same time, each over a connection of its own (8); of several numbers each is measured
  --workers <n>     processes of the gateway, and as many of the references (1)
  --entries <n>     of the access log that is pulled (1000000; 100000 for all of them)
  --sizes <n,…>     reports in the region, from small to large, with twice as many persons (10000,100000,1000000); a million takes some 60 GB
  --publications <n>  after which the memory is told (100000)
  --small           with few persons and reports, to see that it works
  --database <url>  a PostgreSQL server where the login may create a database, instead of one of the bench's own
  --replica <url>   a standby of that server, for look-ups
  --json <file>     all figures, for trends
  --profile <dir>   a profile of the gateway's processor time (.cpuprofile)`;

const WORKLOADS = ['publish', 'lookup', 'check', 'log', 'replica', 'pull', 'verdict', 'growth', 'memory', 'start', 'faults'] as const;

/** What was asked for on the command line. */
export interface BenchOptions {
  readonly workload: (typeof WORKLOADS)[number] | 'all';
  /** Of each subject in each round. */
  readonly seconds: number;
  readonly rounds: number;
  /** Rising. */
  readonly clients: readonly number[];
  /** Processes of the gateway, and of the references. */
  readonly workers: number;
  /** Entries of the log that is pulled. */
  readonly entries: number;
  /** Reports in the region, rising. */
  readonly sizes: readonly number[];
  readonly publications: number;
  /** Few persons and reports: the figures mean nothing. */
  readonly small: boolean;
  readonly database: string | undefined;
  /** A standby of the server of `database`. */
  readonly replica: string | undefined;
  readonly json: string | undefined;
  readonly profile: string | undefined;
}

type Bound = readonly [least: number, most: number];

const SIZES: Bound = [1_000, 10_000_000];

/** Reads the arguments of the bench; throws a TypeError that says what is wrong with them. */
export function readBenchOptions(argv: readonly string[]): BenchOptions {
  const { values, positionals } = parseArgs({
    args: [...argv],
    allowPositionals: true,
    options: {
      seconds: { type: 'string' },
      rounds: { type: 'string', default: '3' },
      clients: { type: 'string' },
      workers: { type: 'string', default: '1' },
      entries: { type: 'string' },
      sizes: { type: 'string', default: '10000,100000,1000000' },
      publications: { type: 'string', default: '100000' },
      small: { type: 'boolean', default: false },
      database: { type: 'string' },
      replica: { type: 'string' },
      json: { type: 'string' },
      profile: { type: 'string' },
    },
  });
  const [named] = positionals;
  const workload = named === undefined ? 'all' : WORKLOADS.find((it) => it === named);
  if (!workload || positionals.length > 1) throw new TypeError(`Name one workload, or none for all: ${WORKLOADS.join(', ')}.`);
  if ((workload === 'replica') !== (values.replica !== undefined) || (workload === 'replica' && values.database === undefined)) {
    throw new TypeError('The workload replica, and no other, takes --replica, and with it --database.');
  }
  const workers = wholeNumber('workers', values.workers, [1, WORKERS_MAX]);
  if (workers > 1 && ['log', 'memory', 'replica'].includes(workload)) throw new TypeError(`The workload ${workload} is of one process.`);
  const all = workload === 'all';
  return {
    workload,
    seconds: wholeNumber('seconds', values.seconds ?? (all ? '3' : '5'), [1, 3_600]),
    rounds: wholeNumber('rounds', values.rounds, [1, 1_000]),
    clients: risingNumbers('clients', values.clients ?? (workload === 'log' ? '32' : '8'), [1, 1_000]),
    workers,
    entries: wholeNumber('entries', values.entries ?? (all ? '100000' : '1000000'), [1, 1_000_000_000]),
    sizes: risingNumbers('sizes', values.sizes, SIZES),
    publications: wholeNumber('publications', values.publications, [4, 10_000_000]),
    small: values.small,
    database: values.database,
    replica: values.replica,
    json: values.json,
    profile: values.profile === undefined ? undefined : resolve(values.profile),
  };
}

function wholeNumber(name: string, text: string, [least, most]: Bound): number {
  const value = Number(text);
  if (Number.isInteger(value) && value >= least && value <= most) return value;
  throw new TypeError(`--${name} is "${text}"; it takes a whole number from ${least} to ${most}.`);
}

function risingNumbers(name: string, text: string, bound: Bound): readonly number[] {
  const numbers = text.split(',').map((it) => wholeNumber(name, it, bound));
  if (numbers.every((it, index) => it > (numbers[index - 1] ?? 0))) return numbers;
  throw new TypeError(`--${name} is "${text}"; each number must be larger than the one before.`);
}
