/** The newest row of every key that ever was a witness, by key. */
export async function readWitnesses(reader) {
    const { rows } = await reader.$client.query(`select distinct on (vkey) vkey, version, is_taken as "isTaken", set_at as "setAt" from audit_log_witnesses order by vkey, version desc`);
    return rows;
}
/** Lets nobody else set witnesses until the end of the transaction. */
export async function holdWitnesses(tx) {
    await tx.$client.query("select pg_advisory_xact_lock(hashtextextended('audit log witnesses', 0))");
}
/** Adds what is new about the keys, in one statement. */
export async function insertWitnesses(tx, rows, setBy) {
    await tx.$client.query(`insert into audit_log_witnesses (vkey, version, is_taken, set_at, set_by)
     select vkey, version, is_taken, set_at, $5 from unnest($1::text[], $2::int[], $3::bool[], $4::timestamptz[]) as it (vkey, version, is_taken, set_at)`, [
        rows.map((it) => it.vkey),
        rows.map((it) => it.version),
        rows.map((it) => it.isTaken),
        rows.map((it) => it.setAt.toISOString()),
        setBy,
    ]);
}
/** Keeps cosignatures of a checkpoint, in one statement; what a witness has already said about it stands. */
export async function insertCosignatures(tx, size, cosignatures, now) {
    await tx.$client.query(`insert into audit_log_cosignatures (size, witness, line, received_at) select $1, witness, line, $4 from unnest($2::text[], $3::text[]) as it (witness, line)
     on conflict do nothing`, [size, cosignatures.map((it) => it.vkey), cosignatures.map((it) => it.line), now]);
}
