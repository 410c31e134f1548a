import { drizzle } from 'drizzle-orm/node-postgres';
import { migrate as applyMigrations } from 'drizzle-orm/node-postgres/migrator';
import pg from 'pg';
import { ensureGatewayRole, gatewayRole } from './gateway-role.js';
import { ensureMonths, hasMonths } from './month-partitions.js';
import { causeOf } from './outage.js';
import { connectAsOwner, connectTo } from './owner-connection.js';
import { compareMigrations, MIGRATIONS_FOLDER } from './schema-state.js';
import { UnusableDatabase } from './unusable-database.js';
/** One migrator at a time in a database; the number only has to differ from the program's other advisory locks. */
export const MIGRATION_LOCK = 7_246_001;
const PERMISSION_DENIED = '42501';
/**
 * Brings the database up to this program's tables, and sees to the role the gateway works under and to the months of tables that are parted by
 * month. Returns the names of the migrations applied, none where there was nothing to do.
 *
 * All migrations of one call are one transaction: all of them or none. Programs that start at the same moment wait for each other. Where
 * everything is in place nothing is written, so that a login that is no owner but a member of the gateway's role may serve too. Throws
 * UnusableDatabase when the database cannot be reached, when it is newer than the program, or when the login lacks a right it needs.
 */
export async function migrate(url, log, now = new Date()) {
    const client = await connectAsOwner(url);
    try {
        if (await isInPlace(client, now))
            return [];
        await client.query('select pg_advisory_lock($1)', [MIGRATION_LOCK]);
        // Asked again: another program may have done the work while this one waited for the lock.
        if (await isInPlace(client, now))
            return [];
        const { missing } = await compareMigrations(client);
        await refuseLostRole(client, missing);
        await ensureGatewayRole(client);
        if (missing.length > 0)
            await applyMigrations(drizzle(client), { migrationsFolder: MIGRATIONS_FOLDER });
        await ensureMonths(client, now);
        for (const name of missing)
            log(`migration ${name} applied`);
        return missing;
    }
    catch (error) {
        throw rightsMissing(error);
    }
    finally {
        // Ends the session, and the lock with it.
        await client.end();
    }
}
/**
 * Sees to it that there is nothing to migrate, through a pooler: writes nothing, and leaves nothing behind in a session that others get next.
 * Throws UnusableDatabase where it cannot be reached, is newer than the program or older.
 */
export async function requireMigrated(url, now = new Date()) {
    const client = await connectTo(url);
    try {
        if (await isInPlace(client, now))
            return;
        throw new UnusableDatabase('The database has to be migrated, which a pooler does not let through. Run "tongjian migrate" with the DATABASE_URL of the server itself, and no DATABASE_POOLER.');
    }
    finally {
        await client.end();
    }
}
/** Whether tables, role and months are as the gateway needs them. */
async function isInPlace(client, now) {
    const { missing, unknown } = await compareMigrations(client);
    if (unknown > 0) {
        throw new UnusableDatabase('The database is newer than this program: it has a migration the program does not know. Start the newer version, or use another database.');
    }
    return missing.length === 0 && (await gatewayRole(client)) === 'open' && (await hasMonths(client, now));
}
/** Tables without the role they were granted to come from a backup restored without its roles; a new role would have no rights in them. */
async function refuseLostRole(client, missing) {
    if (missing.length > 0 || (await gatewayRole(client)) !== 'absent')
        return;
    throw new UnusableDatabase('The tables are there, but the role tongjian_gateway they were granted to is not: was a backup restored without its roles? ' +
        'Create the role (create role tongjian_gateway nologin) and restore the backup again.');
}
function rightsMissing(error) {
    const cause = causeOf(error);
    if (!(cause instanceof pg.DatabaseError) || cause.code !== PERMISSION_DENIED)
        return error;
    return new UnusableDatabase(`The database has to be migrated, and its login may not do that (${cause.message}). ` +
        'Run "tongjian migrate" once with a DATABASE_URL that names the owner of the database.', { cause: error });
}
