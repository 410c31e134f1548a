import pg from 'pg';
import { isTooOld } from './distribution.rules.js';
import { UnusableDatabase } from './unusable-database.js';
const AFTERWARDS = 'Then run the command again. Without Citus the exchange works on one PostgreSQL as it is.';
/**
 * Sees to it that the database has Citus, and has it in a version the tables were tried on: creates the extension where the server offers it.
 * Throws UnusableDatabase where it cannot be had; nothing was changed then.
 */
export async function requireCitus(connection, log) {
    const { rows } = await connection.query(`select (select extversion from pg_extension where extname = 'citus') as installed,
            (select default_version from pg_available_extensions where name = 'citus') as offered`);
    const version = rows[0]?.installed ?? rows[0]?.offered ?? null;
    if (version === null) {
        throw new UnusableDatabase(`The server has no Citus, so that its tables cannot be spread over several machines. Install Citus for its version of PostgreSQL on every machine, and name it in shared_preload_libraries. ${AFTERWARDS}`);
    }
    if (isTooOld(version)) {
        throw new UnusableDatabase(`The server has Citus ${version}, and the tables were tried on Citus 13: bring it up to date. ${AFTERWARDS}`);
    }
    if (rows[0]?.installed !== null)
        return;
    try {
        await connection.query('create extension citus');
    }
    catch (error) {
        if (!(error instanceof pg.DatabaseError))
            throw error;
        throw new UnusableDatabase(`Citus ${version} is on the server and cannot be used (${error.message}). Name citus in shared_preload_libraries, restart the server, and let a superuser run: create extension citus. ${AFTERWARDS}`, { cause: error });
    }
    log(`Citus ${version}: extension created`);
}
/**
 * That this is the coordinator, and that there are machines to spread over, one at least. Throws UnusableDatabase that says what to run; which
 * machines belong together is told to Citus by its operator and by nobody else.
 */
export async function requireMachines(connection) {
    const { rows } = await connection.query(`select (select groupid from pg_dist_local_group) = 0 as "isCoordinator",
            exists (select from pg_dist_node where groupid = 0) as "knowsItself",
            (select count(*)::int from pg_dist_node where isactive and shouldhaveshards and noderole = 'primary') as machines`);
    const [found] = rows;
    if (!found?.isCoordinator) {
        throw new UnusableDatabase('DATABASE_URL names a machine that holds shards, and tables are spread from the coordinator alone.');
    }
    if (!found.knowsItself) {
        throw new UnusableDatabase("Citus does not know the address of its own coordinator, without which what is on every machine is not on this one. Run once: select citus_set_coordinator_host('<its address>')");
    }
    if (found.machines === 0) {
        throw new UnusableDatabase("Citus knows no machine that may hold rows. Run for each of them: select citus_add_node('<its address>', 5432)");
    }
}
