import { ACCESS_COLUMNS_SQL, withKeys } from '../access-search.queries.js';
/** Lets one of this name in until the end of the transaction; `false` where another process is at it. */
export async function holdFollower(tx, follower) {
    const { rows } = await tx.$client.query({
        name: 'hold-follower',
        text: 'select pg_try_advisory_xact_lock(hashtextextended($1, 0)) as held',
        values: [`log follower ${follower}`],
    });
    return rows[0]?.held ?? false;
}
/**
 * The next entries for the follower, in the order of the tree, those that it wants, and the leaf after the last one that was looked at. Most
 * entries are look-ups, which most followers have no use for: what is not wanted is not read into the process.
 */
export async function nextEntries(tx, { name, wants = {} }, max) {
    const { rows: leaves } = await tx.$client.query({
        name: 'next-leaves',
        text: `select index::text, recorded_at as at, entry::text from audit_log_leaves
            where index >= coalesce((select next from log_followers where follower = $1), 0) order by audit_log_leaves.index limit $2`,
        values: [name, max],
    });
    if (leaves.length === 0)
        return { rows: [], next: 0n, seen: 0 };
    const { rows } = await tx.$client.query({
        name: 'next-entries',
        text: `
      select e.*, l.leaf::text
        from unnest($1::bigint[], $2::timestamptz[], $3::bigint[]) as l (leaf, recorded_at, id) cross join lateral (
         select ${ACCESS_COLUMNS_SQL} from access_log as a where a.recorded_at = l.recorded_at and a.id = l.id limit 1) as e
      where ($4::text[] is null or e.action = any($4)) and ($5::text[] is null or e.interaction = any($5))
      order by l.leaf`,
        values: [
            leaves.map((it) => it.index),
            leaves.map((it) => it.at.toISOString()),
            leaves.map((it) => it.entry),
            wants.actions,
            wants.interactions,
        ],
    });
    return {
        rows: rows.map((row) => ({ ...withKeys(row), leaf: BigInt(row.leaf) })),
        next: BigInt(leaves.at(-1)?.index ?? 0) + 1n,
        seen: leaves.length,
    };
}
/** Writes down how far the follower has come. */
export async function advanceFollower(tx, follower, next) {
    await tx.$client.query({
        name: 'advance-follower',
        text: 'insert into log_followers (follower, next) values ($1, $2) on conflict (follower) do update set next = excluded.next',
        values: [follower, String(next)],
    });
}
/** Writes down that the follower could not deal with the entry of this leaf; answers how often it could not. */
export async function insertFollowerFailure(tx, follower, leaf, error, now) {
    const { rows } = await tx.$client.query(`insert into follower_failures (follower, leaf, error, attempts, failed_at) values ($1, $2, $3, 1, $4)
     on conflict (follower, leaf) do update
       set attempts = case when follower_failures.settled_at is null then follower_failures.attempts + 1 else 1 end,
           error = excluded.error, failed_at = excluded.failed_at, settled_at = null
     returning attempts`, [follower, String(leaf), error, now]);
    return rows[0]?.attempts ?? 1;
}
/** How often an entry is tried at all: three times at once, five times at growing distances, then daily for a month. */
export const TRIES_MAX = 38;
/**
 * The entry of any of these followers whose next attempt has been due for longest: an hour after the third one, then after two, four, eight and
 * sixteen hours, then daily. One statement.
 */
export async function findLeftBehind(reader, followers, now) {
    const { rows } = await reader.$client.query({
        name: 'find-left-behind',
        text: `
      select follower, leaf::text, attempts
        from (select *, failed_at + least(interval '1 hour' * 2 ^ least(attempts - 3, 5), interval '1 day') as due
                from follower_failures
               where follower = any ($1::text[]) and settled_at is null and attempts between 3 and ${TRIES_MAX} - 1) as left_behind
       where due <= $2::timestamptz order by due, follower, leaf limit 1`,
        values: [followers, now],
    });
    const [row] = rows;
    return row && { ...row, leaf: BigInt(row.leaf) };
}
/**
 * The entry, if nobody has tried it since it was found (else `undefined`); none (`null`) where it has been pruned meanwhile.
 */
export async function entryLeftBehind(tx, { follower, leaf, attempts }) {
    const { rows } = await tx.$client.query(`select e.*
       from follower_failures as f join audit_log_leaves as l on l.index = f.leaf left join lateral (
         select ${ACCESS_COLUMNS_SQL} from access_log as a where a.recorded_at = l.recorded_at and a.id = l.entry limit 1) as e on true
      where f.follower = $1 and f.leaf = $2 and f.attempts = $3 and f.settled_at is null`, [follower, String(leaf), attempts]);
    const [row] = rows;
    if (!row)
        return undefined;
    const { id, ...columns } = row;
    return id === null ? null : { ...withKeys({ ...columns, id }), leaf };
}
/** Writes down that the entry is dealt with after all. */
export async function settleFailure(tx, { follower, leaf }, now) {
    await tx.$client.query('update follower_failures set settled_at = $3 where follower = $1 and leaf = $2', [follower, String(leaf), now]);
}
