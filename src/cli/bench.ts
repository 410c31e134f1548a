import { mkdir, writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { dirname, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { openBenchDatabase } from '../bench/bench-database.ts';
import { prepareCheck } from '../bench/check.ts';
import { prepareLog } from '../bench/log.ts';
import { prepareLookup } from '../bench/lookup.ts';
import { type Effort, type Growth, measure, type WorkFigures } from '../bench/measure.ts';
import { HOSPITALS } from '../bench/publication.ts';
import { type PublishCosts, preparePublish } from '../bench/publish.ts';
import { measurePull, type PullFigures, pullLines } from '../bench/pull.ts';
import { serveReferences } from '../bench/reference-server.ts';
import { checkLines, costLines, figuresTable, statementLines } from '../bench/show-figures.ts';
import type { Stage } from '../bench/stage.ts';
import { type Program, startProgram } from '../bench/start-program.ts';
import { serveUnlogged } from '../bench/unlogged-gateway.ts';
import { measureVerdict, verdictTable } from '../bench/verdict.ts';
import type { Config } from '../config.ts';
import { registerHospitals } from './bench/register-hospitals.ts';

const USAGE = `Usage: npm run bench -- publish | lookup | check | log | verdict | pull [options]
  publish           reports of 20 results, beside one raw multi-row insert and a bare publish route
  lookup            prior results, read and search, beside bare selects
  check             checks of 1 and of 20 items for persons with 2,000 resources, and a CDS Hooks call at the signing
                    of an order, beside bare selects
  log               look-ups beside the same ones without their entries in the access log, 32 clients unless said otherwise
  verdict           the verdict alone, 20 items with 50 prior results each, beside sorting them; no database, one thread:
                    of the options it takes --seconds, --rounds and --json
  pull              the whole access log as NDJSON and as CSV, beside COPY TO STDOUT of the same rows: of the options it takes --entries,
                    --rounds, --database, --json and --profile
  --entries <n>     of the access log that is pulled (1000000)
  --seconds <n>     of each subject in each round (5)
  --rounds <n>      that count; their median is shown (3)
  --clients <n>     that ask at the same time, each over a connection of its own (8)
  --database <url>  a PostgreSQL server where the login may create a database, instead of one of the bench's own
  --json <file>     all figures, for trends
  --profile <dir>   a profile of the gateway's processor time (.cpuprofile)`;

/** What was asked for on the command line. */
export interface BenchOptions extends Effort {
  readonly workload: Workload;
  readonly database: string | undefined;
  readonly json: string | undefined;
  readonly profile: string | undefined;
  /** Entries of the log that is pulled. */
  readonly entries: number;
}

/** What the gateway is measured beside, each a process of its own. */
const SERVERS: Readonly<Record<string, (config: Config) => Promise<void>>> = {
  'reference-server': ({ databaseUrl = '', host, port }) => serveReferences(databaseUrl, host, port),
  'unlogged-gateway': ({ databaseUrl = '', ...config }) => serveUnlogged({ ...config, databaseUrl }),
};

const WORKLOADS = ['publish', 'lookup', 'check', 'log', 'verdict', 'pull'] as const;
type Workload = (typeof WORKLOADS)[number];

interface Outcome {
  readonly works: readonly WorkFigures[];
  readonly costs?: PublishCosts;
  /** Statements of the smallest and the largest check. */
  readonly checks?: Growth;
  readonly pull?: PullFigures;
}

/**
 * `tongjian bench`: the gateway measured beside its references, on a database and with processes of its own. Answers the exit code: 0, or 1
 * where an answer was wrong or the number of statements grew with the report or the items; 2 for wrong arguments.
 */
export async function benchCommand(
  config: Config,
  argv: readonly string[],
  print: (line: string) => void,
  say: (line: string) => void,
): Promise<number> {
  const serve = SERVERS[argv[0] ?? ''];
  if (serve) {
    await serve(config);
    return 0;
  }
  if (argv.includes('--help')) {
    say(USAGE);
    return 0;
  }
  let options: BenchOptions;
  try {
    options = readBenchOptions(argv);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    say(`${error.message}\n\n${USAGE}`);
    return 2;
  }
  if (options.workload === 'verdict') {
    const verdict = measureVerdict(options, say);
    for (const line of verdictTable(verdict)) print(line);
    if (options.json !== undefined) await writeJson(options.json, { ...conditions(options), verdict });
    return 0;
  }
  const { works, costs, checks, pull } = await run(config, options, say);
  for (const work of works) {
    for (const line of figuresTable(work)) print(line);
    if (work.subjects[0]) for (const line of statementLines(work.subjects[0])) print(line);
  }
  if (pull) for (const line of pullLines(pull)) print(line);
  if (costs) for (const line of costLines(costs)) print(line);
  if (checks) for (const line of checkLines(checks)) print(line);
  const right = works.every((work) => work.subjects.every((it) => it.errors === 0));
  const growths = [costs?.statements, checks].filter((it) => it !== undefined);
  return right && growths.every((it) => it.small === it.large) ? 0 : 1;
}

/** Reads the arguments of the bench; throws a TypeError that says what is wrong with them. */
export function readBenchOptions(argv: readonly string[]): BenchOptions {
  const { values, positionals } = parseArgs({
    args: [...argv],
    allowPositionals: true,
    options: {
      seconds: { type: 'string', default: '5' },
      rounds: { type: 'string', default: '3' },
      clients: { type: 'string' },
      database: { type: 'string' },
      entries: { type: 'string', default: '1000000' },
      json: { type: 'string' },
      profile: { type: 'string' },
    },
  });
  const workload = WORKLOADS.find((it) => it === positionals[0]);
  if (!workload || positionals.length !== 1) throw new TypeError(`Name one workload: ${WORKLOADS.join(' or ')}.`);
  const whole = (name: 'seconds' | 'rounds' | 'clients' | 'entries', max: number, fallback?: number): number => {
    const value = Number(values[name] ?? fallback);
    if (Number.isInteger(value) && value >= 1 && value <= max) return value;
    throw new TypeError(`--${name} is "${values[name]}"; it takes a whole number from 1 to ${max}.`);
  };
  return {
    workload,
    seconds: whole('seconds', 3_600),
    rounds: whole('rounds', 1_000),
    clients: whole('clients', 1_000, workload === 'log' ? 32 : 8),
    entries: whole('entries', 1_000_000_000),
    database: values.database,
    json: values.json,
    profile: values.profile === undefined ? undefined : resolve(values.profile),
  };
}

/** Sets everything up, measures, and takes everything away again, also when it is interrupted. */
async function run(config: Config, options: BenchOptions, say: (line: string) => void): Promise<Outcome> {
  const takeAway: (() => Promise<void>)[] = [];
  let clearing: Promise<void> | undefined;
  const clear = () => {
    clearing ??= takeAway.reduceRight((before, step) => before.then(step).catch((error: unknown) => say(String(error))), Promise.resolve());
    return clearing;
  };
  /** Awaits what is being set up; what has been set up in part when it is interrupted is taken away as well. */
  const keep = <Thing>(coming: Promise<Thing>, away: (thing: Thing) => Promise<void>): Promise<Thing> => {
    takeAway.push(() => coming.then(away, () => undefined));
    return coming;
  };
  const interrupted = () => void clear().finally(() => process.exit(130));
  // Each of them may come several times, from the terminal and from the programs in between.
  process.on('SIGINT', interrupted).on('SIGTERM', interrupted);
  try {
    const database = await keep(openBenchDatabase(options.database ?? config.databaseUrl, say), (it) => it.drop());
    const start = (command: readonly string[], profile?: string, settings: Readonly<Record<string, string>> = {}): Promise<Program> =>
      keep(startProgram(command, { DATABASE_URL: database.url, ...settings }, profile), (it) => it.stop());
    const gateway = await start(['serve'], options.profile);
    const beside = options.workload === 'log' ? 'unlogged-gateway' : 'reference-server';
    // The tokens of the one are good for the other.
    const references = await start(['bench', beside], undefined, { PUBLIC_URL: gateway.url });
    const [asking, ...hospitals] = await registerHospitals(gateway.url, database.url, HOSPITALS + 1);
    if (!asking) throw new Error('no hospital was registered');

    const stage: Stage = { gateway, references, database, hospitals, asking, clients: options.clients, say };
    const outcome = await measureWorkload(stage, options);
    if (options.json !== undefined) await writeJson(options.json, { ...conditions(options, database.version), ...outcome });
    return outcome;
  } finally {
    await clear();
    process.off('SIGINT', interrupted).off('SIGTERM', interrupted);
  }
}

async function measureWorkload(stage: Stage, options: BenchOptions): Promise<Outcome> {
  if (options.workload === 'pull') return { works: [], pull: await measurePull(stage, options) };
  if (options.workload === 'publish') {
    const { work, costs, close } = await preparePublish(stage);
    const works = [await measure(work, stage.database, options, stage.say)];
    const outcome = { works, costs: await costs() };
    await close();
    return outcome;
  }
  const prepare = options.workload === 'check' ? prepareCheck : options.workload === 'log' ? prepareLog : prepareLookup;
  const { works, close } = await prepare(stage);
  const figures: WorkFigures[] = [];
  for (const work of works) figures.push(await measure(work, stage.database, options, stage.say));
  close();
  if (options.workload !== 'check') return { works: figures };
  const [small, large] = figures.map((it) => it.subjects[0]?.statements?.perPiece);
  return { works: figures, ...(small === undefined || large === undefined ? {} : { checks: { small, large } }) };
}

function conditions({ clients, seconds, rounds }: Effort, postgres?: string): object {
  const [processor] = cpus();
  return {
    at: new Date().toISOString(),
    machine: { cores: cpus().length, processor: processor?.model, node: process.version, postgres },
    effort: { clients, seconds, rounds },
  };
}

async function writeJson(file: string, figures: object): Promise<void> {
  await mkdir(dirname(resolve(file)), { recursive: true });
  await writeFile(file, `${JSON.stringify(figures, null, 2)}\n`);
}
