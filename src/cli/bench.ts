import { mkdir, writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { dirname, resolve } from 'node:path';
import { prepareCheck } from '../bench/check.ts';
import { judgeStarts, measureStarts, startLine } from '../bench/cold-start.ts';
import { faultLines, judgeFaults, measureFaults } from '../bench/faults.ts';
import { growthLines, judgeGrowth, measureGrowth } from '../bench/growth.ts';
import { judgedLines } from '../bench/judge-works.ts';
import { prepareLog } from '../bench/log.ts';
import { prepareLookup } from '../bench/lookup.ts';
import type { Growth, WorkFigures } from '../bench/measure.ts';
import { allLines, expectedSeconds, growthOfChecks, measureAll, measureEach } from '../bench/measure-all.ts';
import { judgeMemory, measureMemory, memoryLines } from '../bench/memory.ts';
import { machineTime } from '../bench/processor-time.ts';
import { preparePublish } from '../bench/publish.ts';
import { measurePull, pullLines } from '../bench/pull.ts';
import { serveReferences } from '../bench/reference-server.ts';
import { prepareReplica } from '../bench/replica.ts';
import { checkLines, costLines, figuresTable, statementLines } from '../bench/show-figures.ts';
import type { Stage } from '../bench/stage.ts';
import { serveUnlogged } from '../bench/unlogged-gateway.ts';
import { measureVerdict, verdictTable } from '../bench/verdict.ts';
import { quietLine, stolenSince, watchMachine } from '../bench/watch-machine.ts';
import type { Config } from '../config.ts';
import { type BenchOptions, readBenchOptions, USAGE } from './bench/bench-options.ts';
import { withStage } from './bench/with-stage.ts';

/** What the gateway is measured beside, each a process of its own. */
const SERVERS: Readonly<Record<string, (config: Config, workers: number) => Promise<void>>> = {
  'reference-server': ({ databaseUrl = '', host, port }, workers) => serveReferences({ databaseUrl, host, port }, workers),
  'unlogged-gateway': ({ databaseUrl = '', ...config }) => serveUnlogged({ ...config, databaseUrl }),
};

/** What came out, as it is shown and as it is kept. */
interface Outcome {
  readonly lines: readonly string[];
  readonly figures: object;
  readonly works?: readonly WorkFigures[];
  /** Statements of small and large pieces of work: they must not differ. */
  readonly statements?: readonly (Growth | undefined)[];
}

/**
 * `tongjian bench`: the gateway measured beside its references, on a database and with processes of its own. Answers the exit code: 0, or 1
 * where an answer was wrong or the number of statements grew with the report or the items; 2 for wrong arguments. A missed target is said, and
 * no failure: it may be the machine's.
 */
export async function benchCommand(
  config: Config,
  argv: readonly string[],
  print: (line: string) => void,
  say: (line: string) => void,
): Promise<number> {
  const serve = SERVERS[argv[0] ?? ''];
  if (serve) {
    await serve(config, Number(argv[1] ?? 1));
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
  const before = await watchMachine();
  const from = machineTime();
  const { outcome, postgres } = await run(config, options, say);
  const stolen = stolenSince(from);
  for (const line of [...outcome.lines, '', quietLine(before, stolen)]) print(line);
  if (options.json !== undefined) await writeJson(options.json, { ...conditions(options, postgres), before, stolen, ...outcome.figures });
  const { works = [], statements = [] } = outcome;
  const isRight = works.every((work) => work.subjects.every((it) => it.errors === 0));
  return isRight && statements.every((it) => it === undefined || it.small === it.large) ? 0 : 1;
}

async function run(config: Config, options: BenchOptions, say: (line: string) => void): Promise<{ outcome: Outcome; postgres?: string }> {
  if (options.workload === 'verdict') {
    const verdict = measureVerdict(options, say);
    return { outcome: { lines: verdictTable(verdict), figures: { verdict } } };
  }
  if (options.workload === 'all') say(`all workloads: about ${Math.ceil(expectedSeconds(options) / 60)} minutes on a quiet machine`);
  return withStage(config, options, say, async (stage) => ({
    outcome: await measureWorkload(stage, options),
    postgres: stage.database.version,
  }));
}

async function measureWorkload(stage: Stage, options: BenchOptions): Promise<Outcome> {
  switch (options.workload) {
    case 'all': {
      const all = await measureAll(stage, options);
      return { lines: allLines(all), figures: all, works: all.works, statements: [all.costs.statements, all.checks] };
    }
    case 'publish': {
      const { work, costs: costsOf, close } = await preparePublish(stage);
      const works = await measureEach(stage, [work], options);
      const costs = await costsOf();
      await close();
      return { lines: [...tablesOf(works), ...costLines(costs)], figures: { works, costs }, works, statements: [costs.statements] };
    }
    case 'check': {
      const { works: prepared, close } = await prepareCheck(stage);
      const works = await measureEach(stage, prepared, options);
      close();
      const checks = growthOfChecks(works);
      return {
        lines: [...tablesOf(works), ...(checks ? checkLines(checks) : [])],
        figures: { works, checks },
        works,
        statements: [checks],
      };
    }
    case 'pull': {
      const pull = await measurePull(stage, options);
      return { lines: pullLines(pull), figures: { pull } };
    }
    case 'start': {
      const starts = await measureStarts(stage);
      return { lines: [startLine(starts), ...judgedLines([judgeStarts(starts)])], figures: { starts } };
    }
    case 'memory': {
      const memory = await measureMemory(stage, options.publications);
      return { lines: [...memoryLines(memory), ...judgedLines([judgeMemory(memory)])], figures: { memory } };
    }
    case 'faults': {
      const faults = await measureFaults(stage, options.small);
      return { lines: [...faultLines(faults), '', ...judgedLines(judgeFaults(faults))], figures: { faults } };
    }
    case 'growth': {
      const sizes = await measureGrowth(stage, options);
      return {
        lines: [...growthLines(sizes), '', ...judgedLines(judgeGrowth(sizes))],
        figures: { sizes },
        works: sizes.flatMap((it) => it.warm),
      };
    }
    default: {
      const { works: prepared, close } = await prepareLookUps(options.workload)(stage);
      const works = await measureEach(stage, prepared, options);
      close();
      return { lines: tablesOf(works), figures: { works }, works };
    }
  }
}

function prepareLookUps(workload: BenchOptions['workload']): typeof prepareLookup {
  if (workload === 'log') return prepareLog;
  return workload === 'replica' ? prepareReplica : prepareLookup;
}

function tablesOf(works: readonly WorkFigures[]): readonly string[] {
  return works.flatMap((work) => [...figuresTable(work), ...(work.subjects[0] ? statementLines(work.subjects[0]) : [])]);
}

function conditions({ clients, workers, seconds, rounds }: BenchOptions, postgres?: string): object {
  const [processor] = cpus();
  return {
    at: new Date().toISOString(),
    machine: { cores: cpus().length, processor: processor?.model, node: process.version, postgres },
    effort: { clients, workers, seconds, rounds },
  };
}

async function writeJson(file: string, figures: object): Promise<void> {
  await mkdir(dirname(resolve(file)), { recursive: true });
  await writeFile(file, `${JSON.stringify(figures, null, 2)}\n`);
}
