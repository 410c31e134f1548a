import pg from 'pg';
import { monthBegins, monthOf, monthsAfter } from '../beijing-time.js';
/** Months before and after the present one that are made beforehand. */
const MONTHS_BEFORE = 12;
const MONTHS_AHEAD = 24;
/** The name of the partition that holds a month of a table. */
export function partitionOf(table, month) {
    return `${table}_${month.replace('-', '_')}`;
}
/**
 * The tables that are parted by month and that this login owns, as the migrations made them: by range of one time, with a default partition
 * named `<table>_rest`. Which these are is read from the database, so that no room has to name its tables here.
 */
async function ownPartedTables(connection) {
    const { rows } = await connection.query(`select c.relname as table, a.attname as column
       from pg_partitioned_table p join pg_class c on c.oid = p.partrelid
       join pg_attribute a on a.attrelid = p.partrelid and a.attnum = p.partattrs[0]
      where p.partstrat = 'r' and p.partnatts = 1 and a.atttypid = 'timestamptz'::regtype and pg_has_role(c.relowner, 'usage')
        and c.relnamespace = 'public'::regnamespace and p.partdefid = to_regclass('public.' || c.relname || '_rest')
      order by 1`);
    return rows;
}
/** The months around the present one that the table lacks. */
async function missingMonths(connection, { table }, now) {
    const around = Array.from({ length: MONTHS_BEFORE + MONTHS_AHEAD + 1 }, (_, index) => monthsAfter(monthOf(now), index - MONTHS_BEFORE));
    const { rows } = await connection.query('select c.relname as name from pg_inherits i join pg_class c on c.oid = i.inhrelid where i.inhparent = to_regclass($1)', [`public.${table}`]);
    const made = new Set(rows.map((it) => it.name));
    return around.filter((it) => !made.has(partitionOf(table, it)));
}
/** Whether the months around the present one are there, as far as this login could make them. */
export async function hasMonths(connection, now) {
    for (const parted of await ownPartedTables(connection)) {
        if ((await missingMonths(connection, parted, now)).length > 0)
            return false;
    }
    return true;
}
/**
 * Makes the months of every table parted by month: twelve before the present one to twenty-four ahead, and those of older rows that lie in the
 * default partition. Rows move with their month: none is lost, none is there twice. Needs the owner, and does nothing for another login.
 * Gateways may go on: their writes wait for the end of it. Where somebody reads the whole table for long, it is left for the next time, since
 * everybody would wait behind it.
 */
export async function ensureMonths(connection, now) {
    for (const parted of await ownPartedTables(connection)) {
        const months = new Set([...(await missingMonths(connection, parted, now)), ...(await monthsInRest(connection, parted, now))]);
        if (months.size > 0)
            await makeMonths(connection, parted, months);
    }
}
/** Months of rows in the default partition; what lies beyond the months made beforehand waits there, as it comes from a clock that is wrong. */
async function monthsInRest(connection, { table, column }, now) {
    const until = monthBegins(monthsAfter(monthOf(now), MONTHS_AHEAD + 1));
    const { rows } = await connection.query(`select distinct to_char(${column} at time zone interval '8 hours', 'YYYY-MM') as month from ${table}_rest where ${column} < $1 order by 1`, [until.toISOString()]);
    return rows.map((it) => it.month);
}
/** The months of the table that have a partition, the oldest first. */
export async function monthsMade(connection, table) {
    const { rows } = await connection.query(`select replace(substr(c.relname, length($1) + 2), '_', '-') as month from pg_inherits i join pg_class c on c.oid = i.inhrelid
      where i.inhparent = to_regclass('public.' || $1) and c.relname ~ '_[0-9]{4}_[0-9]{2}$' order by 1`, [table]);
    return rows.map((it) => it.month);
}
/** How long the writers of a table may have to wait for a reader. */
const LOCK_TIMEOUT = '5s';
const LOCK_NOT_AVAILABLE = '55P03';
/** The months, with what the default partition holds of them, in one transaction: all or, where the table cannot be had, none. */
async function makeMonths(connection, parted, months) {
    await connection.query('begin');
    try {
        await connection.query(`set local lock_timeout = '${LOCK_TIMEOUT}'`);
        // Writers wait at the door of the whole table: one that was on its way into the default partition would find itself in the wrong place.
        await connection.query(`lock table ${parted.table} in share row exclusive mode`);
        await connection.query(`lock table ${parted.table}_rest in access exclusive mode`);
        for (const month of months)
            await makeMonth(connection, parted, month);
        await connection.query('commit');
    }
    catch (error) {
        await connection.query('rollback');
        if (!(error instanceof pg.DatabaseError && error.code === LOCK_NOT_AVAILABLE))
            throw error;
    }
}
async function makeMonth(connection, { table, column }, month) {
    const partition = partitionOf(table, month);
    const [from, until] = [monthBegins(month).toISOString(), monthBegins(monthsAfter(month, 1)).toISOString()];
    // Attached, not created in place: that would lock out every reader as well.
    await connection.query(`create table ${partition} (like ${table} including defaults) ${await housekeepingOf(connection, table)}`);
    await connection.query(`with moved as (delete from ${table}_rest where ${column} >= '${from}' and ${column} < '${until}' returning *)
     insert into ${partition} select * from moved`);
    await connection.query(`alter table ${table} attach partition ${partition} for values from ('${from}') to ('${until}')`);
}
/** The settings of the default partition, as a month takes them over: a table that is parted has none itself, and `like` leaves them behind. */
async function housekeepingOf(connection, table) {
    const { rows } = await connection.query(`select 'with (' || array_to_string(reloptions, ', ') || ')' as settings from pg_class where oid = to_regclass($1)`, [`public.${table}_rest`]);
    return rows[0]?.settings ?? '';
}
