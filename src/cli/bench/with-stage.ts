import { openBenchDatabase } from '../../bench/bench-database.ts';
import { HOSPITALS } from '../../bench/publication.ts';
import { makeReferenceTables } from '../../bench/reference-tables.ts';
import type { Crowd, Stage } from '../../bench/stage.ts';
import { type Program, startProgram } from '../../bench/start-program.ts';
import type { Config } from '../../config.ts';
import type { BenchOptions } from './bench-options.ts';
import { registerHospitals } from './register-hospitals.ts';

const CROWD: Crowd = { publish: 2_000, lookup: 100, check: 20 };
const SMALL_CROWD: Crowd = { publish: 50, lookup: 5, check: 2 };

/** Sets everything up, has it measured, and takes everything away again, also when it is interrupted. */
export async function withStage<Outcome>(
  config: Config,
  options: BenchOptions,
  say: (line: string) => void,
  work: (stage: Stage) => Promise<Outcome>,
): Promise<Outcome> {
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
    const gateway = await start(
      ['serve', '--workers', String(options.workers)],
      options.profile,
      replicaSettings(options.replica, database.url),
    );
    await makeReferenceTables(database.session);
    // The tokens of the one are good for the other.
    const references = await start(besideOf(options), undefined, { PUBLIC_URL: gateway.url });
    const [asking, ...hospitals] = await registerHospitals(gateway.url, database.url, HOSPITALS + 1);
    if (!asking) throw new Error('no hospital was registered');

    const clients = Math.max(...options.clients);
    const crowd = options.small ? SMALL_CROWD : CROWD;
    return await work({
      gateway,
      references,
      database,
      hospitals,
      asking,
      clients,
      crowd,
      say,
      startGateway: (settings) => start(['serve'], undefined, settings),
    });
  } finally {
    await clear();
    process.off('SIGINT', interrupted).off('SIGTERM', interrupted);
  }
}

/** What stands beside the gateway. */
function besideOf({ workload, workers }: BenchOptions): readonly string[] {
  if (workload === 'replica') return ['serve'];
  return workload === 'log' ? ['bench', 'unlogged-gateway'] : ['bench', 'reference-server', String(workers)];
}

/** The database of the bench as the replica has it; it comes there by itself. */
function replicaSettings(replica: string | undefined, databaseUrl: string): Readonly<Record<string, string>> {
  if (replica === undefined) return {};
  const url = new URL(replica);
  url.pathname = new URL(databaseUrl).pathname;
  return { DATABASE_REPLICA_URLS: url.href };
}
