const COLUMNS = `
  size::text, root, note, signed_at as "signedAt",
  array(select line from audit_log_cosignatures as c where c.size = audit_log_checkpoints.size order by received_at, witness) as cosignatures`;
/** How many of the newest sizes with a cosignature are looked through, by anybody who asks. */
const COSIGNED_SIZES = 1_000;
/**
 * The newest checkpoint of those that at least `witnesses` stand for; `undefined` where there is none. Only the newest 1,000 cosigned sizes are
 * looked through, and none where fewer keys than that were ever registered: the work is the same however long the log has been cosigned.
 */
export async function findNewestCheckpoint(reader, witnesses = 0) {
    if (witnesses === 0)
        return readOne(reader, 'true', []);
    const enough = `(select count(distinct vkey) from audit_log_witnesses) >= $1
    and size = (select newest.size
                  from (select size, count(*) as witnesses from audit_log_cosignatures group by size order by size desc limit $2) as newest
                 where newest.witnesses >= $1 order by newest.size desc limit 1)`;
    return readOne(reader, enough, [witnesses, COSIGNED_SIZES]);
}
/** The checkpoint of this size; `undefined` where none was signed. */
export async function findCheckpoint(reader, size) {
    return readOne(reader, 'size = $1', [size]);
}
async function readOne(reader, condition, values) {
    const { rows } = await reader.$client.query(`select ${COLUMNS} from audit_log_checkpoints where ${condition} order by audit_log_checkpoints.size desc limit 1`, [...values]);
    return rows[0] && { ...rows[0], size: Number(rows[0].size) };
}
/** How many leaves the newest checkpoint has; 0 where there is none. */
export async function sizeOfNewestCheckpoint(reader) {
    const { rows } = await reader.$client.query({
        name: 'newest-checkpoint-size',
        text: 'select coalesce(max(size), 0)::text as size from audit_log_checkpoints',
    });
    return Number(rows[0]?.size);
}
/** Keeps a checkpoint, and the keys that signed it where they are new. */
export async function insertCheckpoint(tx, { size, root, note, signedAt }, vkeys) {
    await tx.$client.query({
        name: 'insert-checkpoint',
        text: `with used as (insert into audit_log_keys (vkey, first_used_at) select unnest($5::text[]), $4 on conflict do nothing)
           insert into audit_log_checkpoints (size, root, note, signed_at) values ($1, $2, $3, $4)`,
        values: [size, root, note, signedAt, vkeys],
    });
}
/** Every key that the log signed with, the first first. */
export async function readLogKeys(reader) {
    const { rows } = await reader.$client.query('select vkey from audit_log_keys order by first_used_at, vkey');
    return rows.map((it) => it.vkey);
}
