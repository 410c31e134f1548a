import type { Config } from '../config.ts';
import { startEmbeddedPostgres } from '../database/embedded-postgres.ts';
import { migrate } from '../database/migrate.ts';

/**
 * `tongjian migrate`: brings the database to the tables of this version, and says what it did. Throws UnusableDatabase where it cannot.
 *
 * Needs a login that owns the database; the gateway itself may then use one that is only a member of the role tongjian_gateway.
 */
export async function migrateCommand(config: Config, print: (line: string) => void): Promise<void> {
  const server = config.databaseUrl === undefined ? await startEmbeddedPostgres(config.dataFolder, print) : undefined;
  try {
    const applied = await migrate(server?.url ?? config.databaseUrl ?? '', print);
    print(
      applied.length === 0
        ? 'the database is up to date, nothing to do'
        : `the database is up to date, ${applied.length} migrations applied`,
    );
  } finally {
    await server?.stop();
  }
}
