import { seedCatalogue } from '../catalogue/seed-catalogue.js';
import { seedDefinitions } from '../conformance/seed-definitions.js';
import { openDatabase } from '../database/client.js';
import { startEmbeddedPostgres } from '../database/embedded-postgres.js';
import { GATEWAY_ROLE } from '../database/gateway-role.js';
import { migrate, requireMigrated } from '../database/migrate.js';
import { requirePooledLogin } from '../database/pooled-login.js';
import { logOutput } from '../operation/logger.js';
import { buildServer, SERVED } from '../server.js';
import { RELEASED, VERSION } from '../version.js';
import { loadPackageFiles } from './load-packages.js';
/** Rest between the rounds of what is done beside the requests: an entry of the access log has its place in the tree a second later. */
export const ROUNDS_MS = 1_000;
/** A database for a command: the one that is given, or the embedded one, started. */
export async function provideDatabase(config, log) {
    if (config.databaseUrl !== undefined)
        return { url: config.databaseUrl, stop: async () => undefined };
    return startEmbeddedPostgres(config.dataFolder, log);
}
/**
 * Brings the schema up to date (through a pooler: sees that it is), fills the catalogue if it is empty, and loads the packages: what any number of
 * gateways need once.
 */
export async function prepareDatabase(url, pooler, log, packages) {
    await (pooler === 'none' ? migrate(url, log) : requireMigrated(url));
    const { db, close } = openDatabase({ url, poolMax: 2, pooler, settings: { role: GATEWAY_ROLE } });
    try {
        if (pooler !== 'none')
            await requirePooledLogin(db.$client);
        await seedCatalogue(db, new Date());
        await seedDefinitions(db, VERSION, RELEASED, SERVED, new Date());
        await loadPackageFiles(db, packages, new Date(), log);
    }
    finally {
        await close();
    }
}
/** Prepares the database, and serves. Whatever fails on the way is undone and thrown. */
export async function startGateway(config, log, packages = []) {
    const database = await provideDatabase(config, log);
    let app;
    try {
        await prepareDatabase(database.url, config.databasePooler, log, packages);
        app = await buildServer({ ...config, databaseUrl: database.url, logStream: logOutput(), roundsMs: ROUNDS_MS });
        await app.listen({ host: config.host, port: config.port });
    }
    catch (error) {
        await app?.close();
        await database.stop();
        throw error;
    }
    const running = app;
    return {
        app: running,
        url: config.publicUrl,
        databaseUrl: database.url,
        stop: async () => {
            await running.close();
            await database.stop();
        },
    };
}
