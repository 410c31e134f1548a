import type pg from 'pg';

/** Bytes on disk of all tables of a schema, with their indexes. */
export async function tableBytes(session: pg.Client, schema: string): Promise<number> {
  const { rows } = await session.query<{ bytes: string }>(
    `select sum(pg_total_relation_size(oid)) as bytes from pg_class where relnamespace = $1::regnamespace and relkind in ('r', 'p', 'm')`,
    [schema],
  );
  return Number(rows[0]?.bytes ?? 0);
}
