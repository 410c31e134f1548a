import { requireCitus, requireMachines } from './citus.js';
import { readPlaced, readTables } from './distribution.queries.js';
import { breachesOf, planDistribution } from './distribution.rules.js';
import { GATEWAY_ROLE } from './gateway-role.js';
import { MIGRATION_LOCK, migrate } from './migrate.js';
import { connectAsOwner } from './owner-connection.js';
import { EXCEPTIONS, PLACEMENTS } from './placement.js';
import { UnusableDatabase } from './unusable-database.js';
/**
 * Brings the database up to this program's tables and spreads them over the machines that Citus knows. Done again it changes nothing, and after
 * an interruption it goes on where it was: each table is one statement of its own. After an upgrade it is to be run before the gateways start,
 * as new tables would stay on the coordinator.
 *
 * Gateways are to be at rest meanwhile: a table that has rows is locked while these are copied. Where Citus is missing, too old or without
 * machines it throws UnusableDatabase before anything is changed.
 */
export async function migrateDistributed(url, log, now = new Date()) {
    const client = await connectAsOwner(url);
    // Citus says so where rows of before stay behind on the coordinator, and how they are given up.
    client.on('notice', (it) => it.message !== undefined && log(it.hint === undefined ? it.message : `${it.message} (${it.hint})`));
    try {
        await requireCitus(client, log);
        await requireMachines(client);
        const migrations = await migrate(url, log, now);
        return { migrations, tables: await underLock(client, () => distribute(client, log)) };
    }
    finally {
        await client.end();
    }
}
async function underLock(client, work) {
    await client.query('select pg_advisory_lock($1)', [MIGRATION_LOCK]);
    // The end of the session gives it back.
    return await work();
}
/**
 * Brings the tables to their places; answers those that were not there yet. Throws UnusableDatabase before the first of them where a table breaks
 * a rule of distribution or lies elsewhere already. Tables of somebody else stay where they are.
 */
export async function distribute(connection, log) {
    const tables = await readTables(connection);
    const foreign = tables.filter((it) => !Object.hasOwn(PLACEMENTS, it.table));
    for (const it of foreign)
        log(`${it.table} is none of this program's tables and stays as it is`);
    const own = tables.filter((it) => !foreign.includes(it));
    const breaches = breachesOf(own, PLACEMENTS, EXCEPTIONS).map((it) => `${it.of} ${it.says}`);
    const { steps, conflicts } = planDistribution(own, PLACEMENTS, await readPlaced(connection));
    const wrong = [...breaches, ...conflicts];
    if (wrong.length > 0)
        throw new UnusableDatabase(`The tables cannot be spread as they are:\n${wrong.map((it) => `  - ${it}`).join('\n')}`);
    await letGatewayRoleIn(connection, log);
    for (const { table, statement } of steps) {
        await connection.query(statement);
        log(`${table}: ${shown(table)}`);
    }
    return steps.map((it) => it.table);
}
function shown(table) {
    const placement = PLACEMENTS[table];
    if (placement?.kind !== 'distributed')
        return 'on every machine';
    return `spread by ${placement.column}`;
}
/**
 * Citus speaks to its machines as whoever runs a statement, and that is the gateway's role, which on one PostgreSQL nobody logs in as. It gets no
 * password: how one machine knows the other is said in their pg_hba.conf. The role itself and what was granted to it Citus carries over.
 */
async function letGatewayRoleIn(connection, log) {
    const { rowCount } = await connection.query('select from pg_roles where rolname = $1 and not rolcanlogin', [GATEWAY_ROLE]);
    if (rowCount === 0)
        return;
    await connection.query(`alter role ${GATEWAY_ROLE} login`);
    log(`${GATEWAY_ROLE}: may log in from machine to machine, without a password of its own`);
}
