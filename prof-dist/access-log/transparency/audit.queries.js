import { ACCESS_COLUMNS_SQL, withKeys } from '../access-search.queries.js';
/** The leaves after this place, in order. By primary key. */
export async function leavesAfter(reader, after, max) {
    const { rows } = await reader.$client.query(`select index::text, recorded_at as at, entry::text, commitment from audit_log_leaves
      where index > $1 order by audit_log_leaves.index limit $2`, [after, max]);
    return rows.map((it) => ({ index: Number(it.index), recordedAt: it.at, entry: BigInt(it.entry), commitment: it.commitment }));
}
/** The entries that these leaves stand for. */
export async function withEntries(reader, leaves) {
    const { rows } = await reader.$client.query(`select ${ACCESS_COLUMNS_SQL}, salt, leaf::text
       from access_log join unnest($1::bigint[], $2::timestamptz[], $3::bigint[]) as l (leaf, recorded_at, id) using (recorded_at, id)
      order by l.leaf, person`, [leaves.map((it) => it.index), leaves.map((it) => it.recordedAt.toISOString()), leaves.map((it) => String(it.entry))]);
    const byLeaf = new Map();
    for (const { leaf, salt, ...row } of rows) {
        const entries = byLeaf.get(Number(leaf)) ?? [];
        byLeaf.set(Number(leaf), [...entries, { ...withKeys(row), salt }]);
    }
    return leaves.map((it) => ({ ...it, entries: byLeaf.get(it.index) ?? [] }));
}
/** Entries that no leaf stands for, after this one in the order of their moments; whether each is among those that wait for one. */
export async function entriesWithoutLeaf(reader, after, max) {
    const { rows } = await reader.$client.query(`select ${ACCESS_COLUMNS_SQL}, salt,
            exists (select from access_log_pending as p
                     where p.person = access_log.person and p.recorded_at = access_log.recorded_at and p.id = access_log.id) as "isPending"
       from access_log
      where not exists (select from audit_log_leaves as l where l.recorded_at = access_log.recorded_at and l.entry = access_log.id)
        and ($1::timestamptz is null or (recorded_at, id, person) > ($1, $2, $3))
      order by recorded_at, id, person limit $4`, [after?.recordedAt.toISOString(), after && String(after.id), after && String(after.person), max]);
    return rows.map(({ salt, isPending, ...row }) => ({ ...withKeys(row), salt, isPending }));
}
/** A full tile as it is kept, with the root over it. */
export async function keptTile(reader, level, index) {
    const { rows } = await reader.$client.query('select hashes, root from audit_log_tiles where level = $1 and index = $2', [level, index]);
    return rows[0];
}
/** The checkpoints of trees larger than this, the smallest first. */
export async function checkpointsAfter(reader, size, max) {
    const { rows } = await reader.$client.query('select size::text, root, note from audit_log_checkpoints where size > $1 order by audit_log_checkpoints.size limit $2', [size, max]);
    return rows.map((it) => ({ ...it, size: Number(it.size) }));
}
