import { ACCESS_COLUMNS_SQL, withKeys } from '../access-search.queries.js';
/** Lets one sequencer in until the end of the transaction; `false` where another one is at work. */
export async function holdSequence(tx) {
    const { rows } = await tx.$client.query("select pg_try_advisory_xact_lock(hashtextextended('audit log sequence', 0)) as held");
    return rows[0]?.held ?? false;
}
/**
 * Takes entries that wait for their place, the oldest first, however many wait: what has waited for long is not overtaken by what comes in. What is
 * committed is what it sees; what comes later waits.
 */
export async function takePending(tx, max) {
    const { rows } = await tx.$client.query({
        name: 'take-pending-entries',
        text: `
      with taken as (
        delete from access_log_pending where ctid = any (array(select ctid from access_log_pending order by recorded_at, id limit $1))
        returning person, recorded_at, id)
      select e.* from taken as t cross join lateral (
        -- One by one by key, whatever the planner thinks of the months: it would read all of them to join a batch.
        select ${ACCESS_COLUMNS_SQL}, salt from access_log as a
         where a.person = t.person and a.recorded_at = t.recorded_at and a.id = t.id limit 1) as e
       order by e."recordedAt", e.id`,
        values: [max],
    });
    return rows.map((row) => ({ ...withKeys(row), salt: row.salt }));
}
/** How many leaves the tree has. */
export async function sizeOfTree(reader) {
    const { rows } = await reader.$client.query('select coalesce(max(index) + 1, 0)::text as size from audit_log_leaves');
    return Number(rows[0]?.size);
}
/** Adds the leaves, in one statement. */
export async function insertLeaves(tx, leaves) {
    await tx.$client.query({
        name: 'insert-leaves',
        text: `insert into audit_log_leaves (index, recorded_at, entry, commitment)
           select * from unnest($1::bigint[], $2::timestamptz[], $3::bigint[], $4::bytea[])`,
        values: [
            leaves.map((it) => String(it.index)),
            leaves.map((it) => it.recordedAt.toISOString()),
            leaves.map((it) => String(it.entry)),
            leaves.map((it) => it.commitment),
        ],
    });
}
