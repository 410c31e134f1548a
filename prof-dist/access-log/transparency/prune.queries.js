import pg from 'pg';
import { monthBegins, monthsAfter } from '../../beijing-time.js';
import { partitionOf } from '../../database/month-partitions.js';
import { ACCESS_COLUMNS_SQL, withKeys } from '../access-search.queries.js';
import { prunedLeaves } from './retention.rules.js';
/** operationId of what takes a month out of the log. */
export const PRUNE = 'pruneAccessLog';
const inMonth = (column, month) => `${column} >= '${monthBegins(month).toISOString()}' and ${column} < '${monthBegins(monthsAfter(month, 1)).toISOString()}'`;
/** Lets one pruning in until the end of the transaction; answers whether the month is there, which then gets no entries any more. */
export async function holdMonth(tx, month) {
    await tx.$client.query("select pg_advisory_xact_lock(hashtextextended('access log prune', 0))");
    const table = partitionOf('access_log', month);
    const { rows } = await tx.$client.query(`select to_regclass('public.${table}') is not null as "isThere"`);
    if (!rows[0]?.isThere)
        return false;
    await tx.$client.query(`lock table ${table} in share mode`);
    return true;
}
/** The leaves whose entries were pruned before, as the newest pruning has them. */
export async function leavesPrunedBefore(tx) {
    const { rows } = await tx.$client.query('select entities from access_log where interaction = $1 and outcome = 0 order by recorded_at desc, id desc limit 1', [PRUNE]);
    return prunedLeaves(rows[0]?.entities ?? []);
}
/** How many entries of the month have no leaf, how many of its leaves no entry, and how many leaves are under a signed checkpoint. */
export async function stateOfMonth(tx, month, before) {
    const table = partitionOf('access_log', month);
    const { rows } = await tx.$client.query(`select (select count(*)::int from ${table} as e
              where not exists (select from audit_log_leaves as l where l.recorded_at = e.recorded_at and l.entry = e.id)) as "withoutLeaf",
            (select count(*)::int from audit_log_leaves as l
              where ${inMonth('l.recorded_at', month)}
                and not exists (select from ${table} as e where e.recorded_at = l.recorded_at and e.id = l.entry)
                and not exists (select from unnest($1::bigint[], $2::bigint[]) as r (first, last) where l.index between r.first and r.last)) as "withoutEntry",
            coalesce((select max(size) from audit_log_checkpoints), 0)::float8 as signed`, [before.map((it) => it.from), before.map((it) => it.to)]);
    return rows[0];
}
/** The entries of the month with their leaves, in the order of the tree, so many at a time: a month need not fit into memory. */
export async function* entriesOfMonth(tx, month, batch = 2_000) {
    await tx.$client.query(`declare pruned no scroll cursor for
       select e.*, l.index as leaf, l.commitment
         from (select ${ACCESS_COLUMNS_SQL}, salt from ${partitionOf('access_log', month)}) as e
         join audit_log_leaves as l on l.recorded_at = e."recordedAt" and l.entry = e.id
        order by l.index`);
    for (;;) {
        const { rows } = await tx.$client.query(`fetch ${batch} from pruned`);
        if (rows.length === 0)
            break;
        yield rows.map((it) => ({ ...withKeys(it), salt: it.salt, leaf: Number(it.leaf), commitment: it.commitment }));
    }
    await tx.$client.query('close pruned');
}
const LOCK_NOT_AVAILABLE = '55P03';
/**
 * Takes the month out of the log, with the reviews of its emergency accesses. Needs the owner. `false`, and nothing can be done in the
 * transaction any more, where somebody reads the log for so long that everybody would have to wait.
 */
export async function dropMonth(tx, month) {
    await tx.$client.query(`delete from emergency_reviews where ${inMonth('accessed_at', month)}`);
    await tx.$client.query("set local lock_timeout = '5s'");
    try {
        await tx.$client.query(`drop table ${partitionOf('access_log', month)}`);
        return true;
    }
    catch (error) {
        if (error instanceof pg.DatabaseError && error.code === LOCK_NOT_AVAILABLE)
            return false;
        throw error;
    }
}
