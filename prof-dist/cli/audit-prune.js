import { userInfo } from 'node:os';
import { parseArgs } from 'node:util';
import { pruneMonth } from '../access-log/transparency/prune-month.js';
import { requireRetained } from '../access-log/transparency/retention.rules.js';
import { openDatabase, transact } from '../database/client.js';
import { migrate } from '../database/migrate.js';
import { ensureMonths, monthsMade } from '../database/month-partitions.js';
import { Failure } from '../failure.js';
import { provideDatabase } from './start-gateway.js';
const USAGE = `Usage: tongjian audit prune --before <YYYY-MM>

Takes the months of the access log before this one out of the database, each in a transaction of its own, and writes down in the log that it
went. Leaves, tiles and checkpoints stay: what was signed can be proved as before. Needs a login that owns the database.

  --before  the first month that stays, in Beijing; entries are kept for ACCESS_LOG_RETENTION_MONTHS (72; by law no fewer than 6)
`;
/** `tongjian audit prune`: answers the exit code (0: done, 1: refused, 2: wrong arguments). Done again, it finds nothing left to do. */
export async function auditPruneCommand(config, argv, print, say) {
    const before = readArguments(argv);
    if (typeof before !== 'object') {
        say(before === '' ? USAGE : `${before}\n\n${USAGE}`);
        return before === '' ? 0 : 2;
    }
    const now = new Date();
    const database = await provideDatabase(config, say);
    const { db, close } = openDatabase({ url: database.url, poolMax: 1, statementTimeoutMs: 0 });
    try {
        requireRetained(before.month, now, config.accessLogRetentionMonths);
        await migrate(database.url, say, now);
        await pruneBefore(db, before.month, now, print);
        return 0;
    }
    catch (error) {
        if (!(error instanceof Failure))
            throw error;
        for (const it of error.issues)
            say(`${it.path === undefined ? '' : `--${it.path} `}${it.en}\n${it.zh}`);
        return 1;
    }
    finally {
        await close();
        await database.stop();
    }
}
async function pruneBefore(db, before, now, print) {
    // Old entries may lie in the default partition: they go with their month.
    const client = await db.$client.connect();
    await ensureMonths(client, now).finally(() => client.release());
    const { rows } = await db.$client.query('select current_user as login');
    const pruner = { login: rows[0]?.login ?? '', name: userInfo().username };
    const months = (await monthsMade(db.$client, 'access_log')).filter((it) => it < before);
    let count = 0;
    for (const month of months) {
        const pruned = await transact(db, (tx) => pruneMonth(tx, month, pruner, now));
        if (!pruned)
            continue;
        count += 1;
        print(`${month}: ${pruned.entries} entries pruned, leaves ${pruned.first} to ${pruned.last}, sha256 ${pruned.sha256}`);
    }
    if (count === 0)
        print('nothing to prune');
}
/** The month, or what is wrong with the arguments; the empty text where help was asked for. */
function readArguments(argv) {
    try {
        const { values } = parseArgs({ args: [...argv], options: { before: { type: 'string' }, help: { type: 'boolean', short: 'h' } } });
        if (values.help)
            return '';
        if (values.before !== undefined && /^[1-9]\d{3}-(0[1-9]|1[0-2])$/.test(values.before))
            return { month: values.before };
        return 'Give --before as a month, such as 2020-01.';
    }
    catch (error) {
        return error.message;
    }
}
