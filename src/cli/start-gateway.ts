import type { FastifyInstance } from 'fastify';
import { seedCatalogue } from '../catalogue/seed-catalogue.ts';
import type { Config, Pooler } from '../config.ts';
import { seedDefinitions } from '../conformance/seed-definitions.ts';
import { openDatabase } from '../database/client.ts';
import { startEmbeddedPostgres } from '../database/embedded-postgres.ts';
import { GATEWAY_ROLE } from '../database/gateway-role.ts';
import { migrate, requireMigrated } from '../database/migrate.ts';
import { requirePooledLogin } from '../database/pooled-login.ts';
import { logOutput } from '../operation/logger.ts';
import { buildServer, SERVED } from '../server.ts';
import { RELEASED, VERSION } from '../version.ts';
import { loadPackageFiles, type PackageFile } from './load-packages.ts';

/** Rest between the rounds of what is done beside the requests: an entry of the access log has its place in the tree a second later. */
export const ROUNDS_MS = 1_000;

/** A gateway that serves, with the database it brought along where none was given. */
export interface RunningGateway {
  readonly app: FastifyInstance;
  readonly url: string;
  /** Owner's address of the database. */
  readonly databaseUrl: string;
  /** Lets requests under way finish, writes what waits, and stops the database it started. */
  stop(): Promise<void>;
}

/** A database for a command: the one that is given, or the embedded one, started. */
export async function provideDatabase(config: Config, log: (line: string) => void): Promise<{ url: string; stop(): Promise<void> }> {
  if (config.databaseUrl !== undefined) return { url: config.databaseUrl, stop: async () => undefined };
  return startEmbeddedPostgres(config.dataFolder, log);
}

/**
 * Brings the schema up to date (through a pooler: sees that it is), fills the catalogue if it is empty, and loads the packages: what any number of
 * gateways need once.
 */
export async function prepareDatabase(
  url: string,
  pooler: Pooler,
  log: (line: string) => void,
  packages: readonly PackageFile[],
): Promise<void> {
  await (pooler === 'none' ? migrate(url, log) : requireMigrated(url));
  const { db, close } = openDatabase({ url, poolMax: 2, pooler, settings: { role: GATEWAY_ROLE } });
  try {
    if (pooler !== 'none') await requirePooledLogin(db.$client);
    await seedCatalogue(db, new Date());
    await seedDefinitions(db, VERSION, RELEASED, SERVED, new Date());
    await loadPackageFiles(db, packages, new Date(), log);
  } finally {
    await close();
  }
}

/** Prepares the database, and serves. Whatever fails on the way is undone and thrown. */
export async function startGateway(
  config: Config,
  log: (line: string) => void,
  packages: readonly PackageFile[] = [],
): Promise<RunningGateway> {
  const database = await provideDatabase(config, log);
  let app: FastifyInstance | undefined;
  try {
    await prepareDatabase(database.url, config.databasePooler, log, packages);
    app = await buildServer({ ...config, databaseUrl: database.url, logStream: logOutput(), roundsMs: ROUNDS_MS });
    await app.listen({ host: config.host, port: config.port });
  } catch (error) {
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
