import { prepareDatabase, provideDatabase } from '../start-gateway.js';
import { Workers } from './workers.js';
/** More is not one machine's any more. */
export const WORKERS_MAX = 64;
/** A worker with fewer could do nothing beside its rounds; as many workers as there may be leave the embedded database some to spare. */
const CONNECTIONS_MIN = 3;
/**
 * Prepares the database once, and has so many processes serve on it; resolves when all listen. They share the connections that one gateway may
 * have. Whatever fails on the way is undone and thrown.
 */
export async function startWorkers(config, count, say, packages) {
    const database = await provideDatabase(config, say);
    try {
        await prepareDatabase(database.url, config.databasePooler, say, packages);
        const settings = {
            DATABASE_URL: database.url,
            DATABASE_REPORT_POOL_MAX: String(Math.ceil(config.limits.reportPoolMax / count)),
            DATABASE_POOL_MAX: String(Math.max(CONNECTIONS_MIN, Math.ceil(config.databasePoolMax / count))),
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
    }
    catch (error) {
        await database.stop();
        throw error;
    }
}
