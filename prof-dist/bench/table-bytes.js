/** Bytes on disk of all tables of a schema, with their indexes. */
export async function tableBytes(session, schema) {
    const { rows } = await session.query(`select sum(pg_total_relation_size(oid)) as bytes from pg_class where relnamespace = $1::regnamespace and relkind in ('r', 'p', 'm')`, [schema]);
    return Number(rows[0]?.bytes ?? 0);
}
