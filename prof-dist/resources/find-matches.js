import { statementName } from '../database/statement-name.js';
import { conditionSql } from './condition-sql.js';
import { foundText } from './resource.queries.js';
import { afterSql, orderBySql, ordersOf } from './sort-sql.js';
import { visibleSql } from './visible-sql.js';
/** A page holds no more text than this, but for a single resource; a history's is cut there, and what comes along has as much room again. */
export const PAGE_BYTES_MAX = 8 * 1024 * 1024;
/**
 * One page of what is wanted, in the order asked for.
 *
 * Institution and consent are conditions of the statement itself, before its limit. Served by `resources_by_person_and_time` where the
 * persons are known, else by `resources_by_institution`. Texts are read for the rows of the page alone, and only for as many as it may hold.
 */
export async function findMatches(reader, wanted, sort, count, after, begun) {
    const values = [];
    const bind = (it) => `$${values.push(it)}`;
    const orders = ordersOf(sort, 'r', begun, bind);
    const places = orders.map(({ sql }, index) => `(${sql})::text as place${index}`);
    const page = (condition) => `(select r.person, r.id, r.type, r.version, ${places.join(', ')}, row_number() over (order by ${orderBySql(orders)}) as number
       from resources r where ${condition} order by ${orderBySql(orders)} limit ${count + 1})`;
    const pages = waysAfter(wantedSql(wanted, bind), orders, after, bind).map(page);
    const text = `with page as materialized (
             select u.*, row_number() over (order by u.way, u.number) as rank
               from (${pages.map((it, way) => `select ${way} as way, p.* from ${it} as p`).join(' union all ')}) as u
              order by u.way, u.number limit ${count + 1}),
           texts as (
             select p.*, v.content, sum(octet_length(v.content)) over (order by p.rank) as bytes
               from page p cross join lateral (
                 select content from version_texts v where v.person = p.person and v.id = p.id and v.version = p.version offset 0) v)
           select person, id, type, version, rank, ${orders.map((_, index) => `place${index}`).join(', ')},
                  case when rank <= ${count} and (rank = 1 or bytes <= ${PAGE_BYTES_MAX}) then content end as content
             from texts order by rank`;
    const { rows } = await reader.$client.query({ name: statementName(text), text, values });
    const shown = rows.filter((it) => it.content !== null);
    const last = shown.at(-1);
    return {
        rows: shown.map(({ person, id, type, version, content }) => foundText({ person, id, type, version, content })),
        next: last && rows.length > shown.length ? orders.map((_, index) => last[`place${index}`]) : undefined,
    };
}
/** How many there are that may be seen; counting stops beyond `limit`. */
export async function countMatches(reader, wanted, limit) {
    const values = [];
    const condition = wantedSql(wanted, (it) => `$${values.push(it)}`);
    const text = limit === undefined
        ? `select count(*)::integer as total from resources r where ${condition}`
        : `select count(*)::integer as total from (select from resources r where ${condition} limit ${limit + 1}) as x`;
    const { rows } = await reader.$client.query({ name: statementName(text), text, values });
    return rows[0].total;
}
/** The condition on a row `r`. */
export function wantedSql({ types, reach, named, persons }, bind) {
    const ofTypes = types.map(({ type, condition }) => {
        const asked = conditionSql(condition, 'r', { bind, reach, named, type, persons });
        return `r.type = ${bind(type)} and ${asked}`;
    });
    const conditions = [
        ofTypes.length === 1 ? ofTypes[0] : `(${ofTypes.map((it) => `(${it})`).join(' or ') || 'false'})`,
        'not r.deleted',
        visibleSql('r', reach, bind, { types: types.map((it) => it.type), isPlaced: persons !== undefined }),
    ];
    if (persons)
        conditions.unshift(`r.person = any(${bind(persons)}::bigint[])`);
    return conditions.join('\n and ');
}
/**
 * The rows after a place, in the order in which they follow each other. Where the first thing they are ordered by may be missing, those
 * without it are a way of their own, so that an index leads straight to either.
 */
function waysAfter(condition, orders, after, bind) {
    const [first] = orders;
    if (!after || !first)
        return [condition];
    const value = after[0] ?? null;
    const rest = `${condition} and ${afterSql(orders, after, bind)}`;
    if (!first.optional || value === null)
        return [rest];
    const bound = `${bind(value)}::${first.type}${first.type === 'text' ? ' collate "C"' : ''}`;
    return [`${rest} and ${first.sql} ${first.descending ? '<=' : '>='} ${bound}`, `${condition} and ${first.sql} is null`];
}
