import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { startEmbeddedPostgres } from '../database/embedded-postgres.js';
import { migrate } from '../database/migrate.js';
import { UnusableDatabase } from '../database/unusable-database.js';
import { PRESETS } from '../simulation/presets.js';
import { runSimulation } from '../simulation/run-simulation.js';
import { statementLines } from '../simulation/statement-lines.rules.js';
const USAGE = `Usage: tongjian simulate [options]
  --preset <name>       the region: ${[...PRESETS.keys()].join(', ')} (${[...PRESETS.keys()][0]})
  --scale <n>           1 is the whole region; more than 0, at most 1 (0.01)
  --seed <text>         the same seed gives the same figures (1)
  --concurrency <n>     people who live at the same time, 1 to 64; changes no figure (8)
  --workers <n>         processes in which they live, 1 to 64; changes no figure (one a core)
  --database <url>      an empty PostgreSQL database, instead of one of its own; DATABASE_URL is taken likewise
  --keep                keeps the data in the folder "simulation" of the data folder, and takes the place of what is there
  --json                prints the statement as JSON`;
const COUNT_MAX = 64;
/**
 * `tongjian simulate`: a region lives through its period on a database of its own, and its figures are stated beside the published ones. Answers
 * the exit code: 0, or 1 where an invariant does not hold; 2 for wrong arguments. Progress goes to the screen, the statement is printed.
 */
export async function simulateCommand(config, argv, terminal) {
    const { print, screen, meddle } = terminal;
    const say = (line) => {
        screen.write(`${line}\n`);
    };
    if (argv.includes('--help')) {
        say(USAGE);
        return 0;
    }
    let options;
    try {
        options = readSimulateOptions(argv);
    }
    catch (error) {
        if (!(error instanceof TypeError))
            throw error;
        say(`${error.message}\n\n${USAGE}`);
        return 2;
    }
    const preset = PRESETS.get(options.preset);
    if (!preset)
        throw new Error('an option that was read names no preset');
    const database = await provideEmptyDatabase(config, options, say);
    const interrupted = () => void database.stop().finally(() => process.exit(130));
    process.once('SIGINT', interrupted).once('SIGTERM', interrupted);
    try {
        const { scale, seed, concurrency, workers } = options;
        const run = { scale, seed, concurrency, workers, databaseUrl: database.url, screen, ...(meddle ? { meddle } : {}) };
        const { statement, measured } = await runSimulation(preset, run);
        if (options.json)
            print(JSON.stringify({ ...statement, measured }, null, 2));
        else
            for (const line of statementLines(statement, measured))
                print(line);
        return statement.invariants.every((it) => it.holds) ? 0 : 1;
    }
    finally {
        process.off('SIGINT', interrupted).off('SIGTERM', interrupted);
        await database.stop();
    }
}
/** Reads the arguments; throws a TypeError that says what is wrong with them. */
export function readSimulateOptions(argv) {
    const { values } = parseArgs({
        args: [...argv],
        options: {
            preset: { type: 'string', default: [...PRESETS.keys()][0] ?? '' },
            scale: { type: 'string', default: '0.01' },
            seed: { type: 'string', default: '1' },
            concurrency: { type: 'string', default: '8' },
            workers: { type: 'string', default: String(Math.min(availableParallelism(), COUNT_MAX)) },
            database: { type: 'string' },
            keep: { type: 'boolean', default: false },
            json: { type: 'boolean', default: false },
        },
    });
    const { preset, seed, database, keep, json } = values;
    if (!PRESETS.has(preset))
        throw new TypeError(`--preset is "${preset}"; it takes one of ${[...PRESETS.keys()].join(', ')}`);
    const scale = /^\d{1,6}(\.\d{1,9})?$/.test(values.scale) ? Number(values.scale) : 0;
    if (scale <= 0 || scale > 1)
        throw new TypeError(`--scale is "${values.scale}"; it takes a number above 0, at most 1`);
    if (!/^.{1,64}$/u.test(seed))
        throw new TypeError(`--seed takes a text of 1 to 64 characters`);
    const concurrency = readCount('concurrency', values.concurrency);
    const workers = readCount('workers', values.workers);
    if (database !== undefined && !/^postgres(ql)?:\/\//.test(database))
        throw new TypeError('--database takes an address that begins with postgres://');
    if (database !== undefined && keep)
        throw new TypeError('--keep is for a database of the simulation’s own; the one of --database stays anyway');
    return { preset, scale, seed, concurrency, workers, database, keep, json };
}
function readCount(name, text) {
    const count = /^\d{1,2}$/.test(text) ? Number(text) : 0;
    if (count < 1 || count > COUNT_MAX)
        throw new TypeError(`--${name} is "${text}"; it takes a whole number from 1 to ${COUNT_MAX}`);
    return count;
}
/** The database that is given, which must have nothing in it; or one of the simulation's own, gone afterwards unless it is kept. */
async function provideEmptyDatabase(config, { database, keep }, say) {
    const given = database ?? (keep ? undefined : config.databaseUrl);
    if (given !== undefined) {
        await migrate(given, say);
        await refuseUsed(given);
        return { url: given, stop: async () => undefined };
    }
    const folder = keep ? join(config.dataFolder, 'simulation') : await mkdtemp(join(tmpdir(), 'tongjian-simulation-'));
    const remove = () => rm(folder, { recursive: true, force: true });
    if (keep)
        await remove();
    // The server's account, where it is another one, has to pass through.
    else
        await chmod(folder, 0o711);
    try {
        const embedded = await startEmbeddedPostgres(folder, say, { durable: keep });
        await migrate(embedded.url, () => undefined);
        await planOnce(embedded.url);
        return {
            url: embedded.url,
            stop: async () => {
                await embedded.stop();
                if (!keep)
                    await remove();
            },
        };
    }
    catch (error) {
        if (!keep)
            await remove();
        throw error;
    }
}
/**
 * Has statements planned once a connection: the region is small, and planning each look-up for its own values takes the database as long as doing
 * what was planned.
 */
async function planOnce(url) {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    try {
        await client.query(`do $$ begin execute format('alter database %I set plan_cache_mode = force_generic_plan', current_database()); end $$`);
    }
    finally {
        await client.end();
    }
}
async function refuseUsed(url) {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    try {
        const { rows } = await client.query('select exists (select from institutions) or exists (select from clients) or exists (select from access_log) as used');
        if (rows[0].used)
            throw new UnusableDatabase('The simulation needs an empty database; the one that was given has institutions, clients or entries already.');
    }
    finally {
        await client.end();
    }
}
