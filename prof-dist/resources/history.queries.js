import { PAGE_BYTES_MAX } from './find-matches.js';
import { FIRST_PERSON } from './resource-id.js';
import { SHARED_TYPES } from './shared-types.js';
/**
 * A page of a history, the newest first: of one resource by its versions, else by time. `more`: older ones follow.
 *
 * One resource is served by the primary key, an institution's by `resource_versions_by_institution`, the directory by
 * `resource_versions_about_nobody`.
 */
export async function findHistory(reader, of, filter, after, count) {
    const values = [];
    const bind = (value) => `$${values.push(value)}`;
    const order = 'key' in of ? 'version desc' : 'recorded_at desc, person desc, id desc, version desc';
    const limit = bind(count + 1);
    const arms = armsOf(of, filter, bind).map((conditions) => {
        const all = after === undefined ? conditions : [...conditions, beforePlace(of, after, bind)];
        return `(select person, id, version, type, recorded_at, content from version_texts v where ${all.join(' and ')} order by ${order} limit ${limit})`;
    });
    const { rows } = await reader.$client.query({
        text: `with chosen as materialized (select * from (${arms.join(' union all ')}) as arms order by ${order} limit ${limit}),
                placed as (
                  select *, row_number() over places as place, count(*) over () as found,
                         coalesce(sum(octet_length(content)) over (places rows between unbounded preceding and 1 preceding), 0) as bytes
                    from chosen window places as (order by ${order}))
           select person, id, version, type, recorded_at as "recordedAt", content, found::integer
             from placed where place <= ${bind(count)} and bytes < ${bind(PAGE_BYTES_MAX)} order by place`,
        values,
    });
    return {
        rows: rows.map(({ found: _found, ...it }) => ({ ...it, person: BigInt(it.person), id: BigInt(it.id) })),
        more: rows.length > 0 && rows[0].found > rows.length,
    };
}
/** How many versions a history has; beyond `limit`, where one is given, `undefined`. */
export async function countHistory(reader, of, filter, limit) {
    const values = [];
    const bind = (value) => `$${values.push(value)}`;
    const arms = armsOf(of, filter, bind).map((conditions) => `select from resource_versions v where ${conditions.join(' and ')}`);
    const cut = limit === undefined ? '' : ` limit ${bind(limit + 1)}`;
    const { rows } = await reader.$client.query({
        text: `select count(*)::integer as total from (${arms.join(' union all ')}${cut}) as versions`,
        values,
    });
    const total = rows[0].total;
    return limit !== undefined && total > limit ? undefined : total;
}
/** The conditions of each part of a history: one's own versions, and the shared directory as the others wrote it. */
function armsOf(of, { since, at }, bind) {
    const filters = [];
    if (since)
        filters.push(`v.recorded_at >= ${bind(since)}`);
    if (at) {
        filters.push(`v.recorded_at < ${bind(at.until)}`);
        filters.push(`not exists (select from resource_versions n where n.person = v.person and n.id = v.id and n.version = v.version + 1 and n.recorded_at <= ${bind(at.from)})`);
    }
    if ('key' in of)
        return [[`v.person = ${bind(of.key.person)}`, `v.id = ${bind(of.key.id)}`, ...filters]];
    const institution = bind(of.institution);
    const type = of.type === undefined ? [] : [`v.type = ${bind(of.type)}`];
    const own = [`v.institution = ${institution}`, ...type, ...filters];
    if (of.type !== undefined && !SHARED_TYPES.includes(of.type))
        return [own];
    // The bound stands in the text, as it does in the index that serves it.
    const shared = [`v.person < ${FIRST_PERSON}`, `v.institution <> ${institution}`, `v.type = any(${bind(SHARED_TYPES)}::text[])`];
    return [own, [...shared, ...type, ...filters]];
}
function beforePlace(of, { recordedAt, person, id, version }, bind) {
    if ('key' in of)
        return `v.version < ${bind(version)}`;
    const at = bind(recordedAt);
    return `v.recorded_at <= ${at} and (v.recorded_at, v.person, v.id, v.version) < (${at}, ${bind(person)}, ${bind(id)}, ${bind(version)})`;
}
