import { parsedSql } from './content-sql.js';
const NEWEST_FIRST = { descending: true, by: { kind: 'clinical' } };
/**
 * What the rows of a search are ordered by. The key of the row comes last, so that no two share a place. `begun` is when the walk over the
 * pages began: by the time of its version a row keeps the place it had then, however often it is written meanwhile.
 */
export function ordersOf(sort, alias, begun, bind) {
    const orders = (sort.length === 0 ? [NEWEST_FIRST] : sort).flatMap((it) => ordersBy(it, alias, begun, bind));
    return orders.at(-1)?.type === 'bigint' ? orders : [...orders, ...keyOrders(alias, false)];
}
/** `order by` of a statement, or of a window. */
export function orderBySql(orders) {
    return orders.map((it) => `${it.sql} ${it.descending ? 'desc' : 'asc'}${it.optional ? ' nulls last' : ''}`).join(', ');
}
/** Whether a row comes after the place. */
export function afterSql(orders, place, bind) {
    return orders.reduceRight((rest, { sql, type, descending, optional }, index) => {
        const value = place[index] ?? null;
        if (value === null)
            return `(${sql} is null and ${rest})`;
        const bound = `${bind(value)}::${type}${type === 'text' ? ' collate "C"' : ''}`;
        const ways = [`${sql} ${descending ? '<' : '>'} ${bound}`, `(${sql} = ${bound} and ${rest})`];
        return `(${[...ways, ...(optional ? [`${sql} is null`] : [])].join(' or ')})`;
    }, 'false');
}
function keyOrders(alias, descending) {
    return ['person', 'id'].map((name) => ({ sql: `${alias}.${name}`, type: 'bigint', descending, optional: false }));
}
function ordersBy({ by, descending }, alias, begun, bind) {
    const one = (sql, type, optional = true) => [{ sql, type, descending, optional }];
    switch (by.kind) {
        case 'clinical':
            return one(`${alias}.effective_from`, 'timestamptz');
        case 'updated':
            return one(writtenSql(alias, bind(begun)), 'timestamptz', false);
        case 'id':
            return keyOrders(alias, descending);
        case 'range': {
            const [edge, place] = descending ? ['max', 3] : ['min', 2];
            return one(`(select ${edge}(${alias}.ranges[x.n][${place}]) from generate_subscripts(${alias}.ranges, 1) as x(n)
           where ${alias}.ranges[x.n][1] = any(${bind(by.paths)}::numeric[]))`, 'numeric');
        }
        case 'text':
            // The first text of a path is the whole of its first value; the others begin at later words.
            return one(`(select substr(x.text, position(':' in x.text) + 1) from unnest(${alias}.texts) with ordinality as x(text, n)
           where split_part(x.text, ':', 1) = any(${bind(by.paths.map(String))}::text[]) order by x.n limit 1) collate "C"`, 'text');
        case 'content':
            return one(contentSql(by.path, alias, bind), 'text');
    }
}
/** When the version was written that stood at the beginning; of a row that is newer, its first. */
function writtenSql(alias, begun) {
    const versions = `from resource_versions x where x.person = ${alias}.person and x.id = ${alias}.id`;
    return `(case when ${alias}.recorded_at <= ${begun}::timestamptz then ${alias}.recorded_at
            else coalesce((select max(x.recorded_at) ${versions} and x.recorded_at <= ${begun}::timestamptz), (select min(x.recorded_at) ${versions})) end)`;
}
function contentSql(path, alias, bind) {
    const walk = `lax $${path.map((it) => `.${JSON.stringify(it)}`).join('')}[*]`;
    return `(select coalesce(x.value #>> '{coding,0,code}', x.value ->> 'code', x.value ->> 'reference', x.value ->> 'value',
                   case when jsonb_typeof(x.value) <> 'object' then x.value #>> '{}' end)
            from (select content from version_texts w
                   where w.person = ${alias}.person and w.id = ${alias}.id and w.version = ${alias}.version offset 0) w
           cross join lateral jsonb_path_query_first(${parsedSql('w.content')}, ${bind(walk)}::jsonpath) as x(value)) collate "C"`;
}
