const COLUMNS = `
  select json_agg(json_build_object(
           'name', a.attname, 'type', format_type(a.atttypid, null), 'isNullable', not a.attnotnull,
           'draws', case when a.attidentity <> '' or v.value ~ 'nextval\\(' then 'sequence'
                         when exists (select from regexp_matches(v.value, '([a-z_0-9]+)\\(', 'g') as called
                                        join pg_proc p on p.proname = called[1] where p.provolatile = 'v') then 'volatile' end) order by a.attnum)
    from pg_attribute a
    left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
    cross join lateral (select pg_get_expr(d.adbin, d.adrelid) as value) v
   where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped`;
const namesOf = (table, numbers) => `array(
  select coalesce(a.attname, '') from unnest(${numbers}) with ordinality as k (number, place)
    left join pg_attribute a on a.attrelid = ${table} and a.attnum = k.number and a.attnum > 0 order by k.place)`;
const KEYS = `
  select json_agg(json_build_object(
           'name', i.relname, 'isPrimary', x.indisprimary, 'columns', ${namesOf('x.indrelid', '(x.indkey::int2[])[0:x.indnkeyatts - 1]')}) order by i.relname)
    from pg_index x join pg_class i on i.oid = x.indexrelid
   where x.indrelid = c.oid and (x.indisunique or x.indisexclusion)`;
const REFERENCES = `
  select json_agg(json_build_object(
           'name', f.conname, 'columns', ${namesOf('f.conrelid', 'f.conkey')},
           'to', t.relname, 'toColumns', ${namesOf('f.confrelid', 'f.confkey')},
           'changesRows', f.confdeltype in ('n', 'd') or f.confupdtype in ('c', 'n', 'd')) order by f.conname)
    from pg_constraint f join pg_class t on t.oid = f.confrelid
   where f.conrelid = c.oid and f.contype = 'f' and f.conparentid = 0`;
const TRIGGERS = `
  select json_agg(g.tgname order by g.tgname)
    from pg_trigger g
   where not g.tgisinternal and g.tgparentid = 0 and coalesce(pg_partition_root(g.tgrelid), g.tgrelid) = c.oid`;
/** The tables of the schema `public`, in the order of their names; a table that is parted is one. On PostgreSQL with Citus and without. */
export async function readTables(connection) {
    const { rows } = await connection.query(`select c.relname as table, coalesce((${COLUMNS}), '[]') as columns, coalesce((${KEYS}), '[]') as keys,
            coalesce((${REFERENCES}), '[]') as references, coalesce((${TRIGGERS}), '[]') as triggers
       from pg_class c
      where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
        and not exists (select from pg_depend e where e.objid = c.oid and e.classid = 'pg_class'::regclass and e.deptype = 'e')
      order by c.relname`);
    return rows;
}
/** What Citus has placed of the schema `public`. */
export async function readPlaced(connection) {
    const { rows } = await connection.query(`select c.relname as table, t.citus_table_type as kind, nullif(t.distribution_column, '<none>') as column, t.colocation_id::int as "group"
       from citus_tables t join pg_class c on c.oid = t.table_name
      where c.relnamespace = 'public'::regnamespace and not c.relispartition
      order by c.relname`);
    return rows;
}
