import type { Config } from '../../config.ts';
import type { PackageFile } from '../load-packages.ts';
import { prepareDatabase, provideDatabase } from '../start-gateway.ts';
import type { UnusableWorkers } from './unusable-workers.ts';
import { Workers } from './workers.ts';

/** More is not one machine's any more. */
export const WORKERS_MAX = 64;

/** Beside four of its own for reports, rounds and news; as many workers as there may be leave the embedded database some to spare. */
const CONNECTIONS_MIN = 3;
/** With fewer at once, one class of work would keep out another. */
const REQUESTS_MIN = 4;

/** Several processes that serve as one, with the database that was brought along where none was given. */
export interface RunningWorkers {
  /** Resolves when they cannot be kept alive. */
  readonly broken: Promise<UnusableWorkers>;
  /** Lets requests under way finish, within the time, then stops the database. Answers whether all workers ended in order. */
  stop(patienceMs: number): Promise<boolean>;
}

/**
 * Prepares the database once, and has so many processes serve on it; resolves when all listen. They share the connections that one gateway may
 * have. Whatever fails on the way is undone and thrown.
 */
export async function startWorkers(
  config: Config,
  count: number,
  say: (line: string) => void,
  packages: readonly PackageFile[],
): Promise<RunningWorkers> {
  const database = await provideDatabase(config, say);
  try {
    await prepareDatabase(database.url, config.databasePooler, say, packages);
    const settings = {
      DATABASE_URL: database.url,
      DATABASE_REPORT_POOL_MAX: String(Math.ceil(config.limits.reportPoolMax / count)),
      DATABASE_POOL_MAX: String(Math.max(CONNECTIONS_MIN, Math.ceil(config.databasePoolMax / count))),
      REQUESTS_AT_ONCE: String(Math.max(REQUESTS_MIN, Math.ceil(config.limits.requestsAtOnce / count))),
    };
    const workers = new Workers({ count, settings, say });
    await workers.start();
    return {
      broken: workers.broken,
      stop: async (patienceMs) => {
        const inOrder = await workers.stop(patienceMs);
        await database.stop();
        return inOrder;
      },
    };
  } catch (error) {
    await database.stop();
    throw error;
  }
}
