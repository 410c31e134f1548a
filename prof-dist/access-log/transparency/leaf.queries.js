/** The leaf of an entry; `undefined` while it has no place yet, or is no entry. */
export async function findLeafOfEntry(reader, { recordedAt, id }) {
    const { rows } = await reader.$client.query(`select leaf.index::text as leaf, leaf.commitment, salt
       from audit_log_leaves as leaf join access_log as entry on entry.recorded_at = leaf.recorded_at and entry.id = leaf.entry
      where leaf.recorded_at = $1 and leaf.entry = $2 and entry.recorded_at = $1 and entry.id = $2`, [recordedAt, String(id)]);
    return rows[0] && { ...rows[0], leaf: Number(rows[0].leaf) };
}
