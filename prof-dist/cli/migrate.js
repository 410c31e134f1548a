import { parseArgs } from 'node:util';
import { migrateDistributed } from '../database/distribute.js';
import { startEmbeddedPostgres } from '../database/embedded-postgres.js';
import { migrate } from '../database/migrate.js';
const USAGE = `Usage: tongjian migrate [--citus]

Brings the database of DATABASE_URL (without it, the embedded one) to the tables of this version. Needs a login that owns the database; the
gateway itself may then use one that is only a member of the role tongjian_gateway.

  --citus  spreads the tables over the machines that Citus knows as well. Run it on the coordinator, as a superuser, with no gateway at work;
           again after each upgrade, before the gateways start. What is in its place already stays there.
`;
/**
 * `tongjian migrate`: brings the database to the tables of this version, and says what it did. Answers the exit code (2: wrong arguments).
 * Throws UnusableDatabase where it cannot.
 */
export async function migrateCommand(config, argv, say) {
    const wanted = readArguments(argv);
    if (typeof wanted === 'string') {
        say(wanted);
        return wanted === USAGE ? 0 : 2;
    }
    if (wanted.citus)
        return await spread(config, say);
    const server = config.databaseUrl === undefined ? await startEmbeddedPostgres(config.dataFolder, say) : undefined;
    try {
        say(stateAfter(await migrate(server?.url ?? config.databaseUrl ?? '', say)));
    }
    finally {
        await server?.stop();
    }
    return 0;
}
async function spread(config, say) {
    if (config.databaseUrl === undefined) {
        say(`--citus: DATABASE_URL is to name the coordinator; the embedded PostgreSQL has no Citus\n\n${USAGE}`);
        return 2;
    }
    const { migrations, tables } = await migrateDistributed(config.databaseUrl, say);
    say(stateAfter(migrations));
    say(tables.length === 0 ? 'every table is in its place, nothing to do' : `${tables.length} tables brought to their places`);
    return 0;
}
function stateAfter(applied) {
    return applied.length === 0
        ? 'the database is up to date, nothing to do'
        : `the database is up to date, ${applied.length} migrations applied`;
}
function readArguments(argv) {
    try {
        const { values } = parseArgs({ args: [...argv], options: { citus: { type: 'boolean' }, help: { type: 'boolean' } } });
        return values.help ? USAGE : { citus: values.citus ?? false };
    }
    catch (error) {
        return `${error.message}\n\n${USAGE}`;
    }
}
