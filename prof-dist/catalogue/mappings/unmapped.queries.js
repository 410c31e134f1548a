import { ITEM_SYSTEM, LOINC_SYSTEM } from '../items/find-items.js';
/** The newest resources of the institution that are looked through; beyond them codes are not counted. */
const LOOKED_THROUGH_MAX = 20_000;
/** A report that holds a whole document is not read for its code. */
const TEXT_MAX_BYTES = 64 * 1024;
/**
 * The codes on what an institution published since a moment that stand for no item, the most frequent first. A result counts once, by its first
 * coding of another system than LOINC, or else by its first. In its version that stands now; what was deleted does not count.
 *
 * One statement over the newest twenty thousand resources, by `resource_versions_by_institution`; texts are read of those alone whose tokens
 * are not among the known ones. 20 000 results that are all unknown took 3 s on two cores that fourteen programs
 * shared; a statement may take 10 s.
 */
export async function findUnmapped(reader, asked) {
    const { rows } = await reader.$client.query({
        name: 'find-unmapped',
        text: `with recent as materialized (
             select person, id, version, recorded_at from resource_versions
              where institution = $1 and recorded_at >= $2
              order by recorded_at desc limit ${LOOKED_THROUGH_MAX + 1}),
           known as materialized (
             select token from mappings
              where institution = $1 and revision = (select max(revision) from mapping_loads where institution = $1)
             union
             select unnest($3::bigint[])),
           result as materialized (
             select r.person, r.id, r.version, v.recorded_at,
                    -- In an expression the known tokens are one hash table, whatever the planner believes of their number.
                    coalesce((select bool_or(t in (select token from known)) from unnest(r.tokens) t), false) as is_mapped
               from (select * from recent limit ${LOOKED_THROUGH_MAX}) v
               join resources r on r.person = v.person and r.id = v.id and r.version = v.version
              where not r.deleted and r.report is not null
                and (r.type = 'Observation' or (r.type = 'DiagnosticReport' and r.category is distinct from 'laboratory'))),
           coded as materialized (
             select u.recorded_at, c.system, c.code, c.display
               from result u
              cross join lateral (
                select content from version_texts where person = u.person and id = u.id and version = u.version offset 0) v
               left join lateral (
                 select it ->> 'system' as system, it ->> 'code' as code,
                        coalesce(it ->> 'display', v.content::json -> 'code' ->> 'text') as display
                   from json_array_elements(
                     case when octet_length(v.content) <= ${TEXT_MAX_BYTES} then v.content::json -> 'code' -> 'coding' end
                   ) with ordinality as e (it, place)
                  where it ->> 'code' is not null
                  order by it ->> 'system' is not distinct from $4, place limit 1) c on true
              where not u.is_mapped),
           counted as materialized (
             select coalesce(system, '') as system, code, count(*)::integer as count, min(recorded_at) as "firstSeen",
                    max(recorded_at) as "lastSeen",
                    (array_agg(display order by recorded_at desc) filter (where display is not null))[1] as display
               from coded where code is not null and system is distinct from $5
              group by 1, 2),
           listed as (
             select * from counted order by count desc, system collate "C", code collate "C" limit $6)
           select (select count(*) from recent)::integer as "lookedThrough", (select count(*) from result)::integer as results,
                  (select count(*) from result where is_mapped)::integer as mapped, (select count(*) from coded where code is null)::integer as uncoded,
                  (select count(*) from counted)::integer as total, listed.*
             from (select 1) one left join listed on true
            order by listed.count desc nulls last, listed.system collate "C", listed.code collate "C"`,
        values: [asked.institution, asked.since, asked.itemTokens, LOINC_SYSTEM, ITEM_SYSTEM, asked.limit],
    });
    return unmappedCodes(rows);
}
function unmappedCodes(rows) {
    const { lookedThrough = 0, results = 0, mapped = 0, uncoded = 0, total = 0 } = rows[0] ?? {};
    return {
        lookedThrough: Math.min(lookedThrough, LOOKED_THROUGH_MAX),
        isCutOff: lookedThrough > LOOKED_THROUGH_MAX,
        results,
        mapped,
        uncoded,
        total,
        codes: rows.flatMap(({ system, code, display, count, firstSeen, lastSeen }) => system === null || code === null || count === null || firstSeen === null || lastSeen === null
            ? []
            : [{ system, code, display, count, firstSeen, lastSeen }]),
    };
}
