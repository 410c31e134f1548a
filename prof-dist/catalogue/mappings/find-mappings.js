import { rowsByKey } from '../../database/reference-memory.js';
import { ASKING, COUNTING } from './equivalence.rules.js';
/**
 * What these texts mean as local codes of an institution, by the newest revision of its mappings (equivalences `ASKING`); one that is mapped to
 * nothing is missing. A code without its system is looked for in every system. One statement, served by the primary key; as everywhere
 * here, the planner is not left to join in another way, as it would on tables never analyzed.
 */
export async function findLocalCodes(reader, institution, asked) {
    const parts = asked.map((it) => ({ bar: it.indexOf('|'), text: it }));
    const { rows } = await reader.$client.query({
        name: 'find-local-codes',
        text: `select a.asked, array_agg(distinct m.item) as items
           from unnest($2::text[], $3::text[], $4::text[]) as a (asked, system, code)
           cross join lateral (
             select item from mappings
             where institution = $1 and revision = (select max(revision) from mapping_loads where institution = $1)
               and code = a.code and (a.system is null or system = a.system) and equivalence = any ($5::text[]) offset 0) m
           group by a.asked`,
        values: [
            institution,
            asked,
            parts.map(({ bar, text }) => (bar < 0 ? null : text.slice(0, bar))),
            parts.map(({ bar, text }) => text.slice(bar + 1)),
            ASKING,
        ],
    });
    return rows.map(({ asked: text, items }) => ({ asked: text, items: [...items].sort() }));
}
/** `findLocalCodes` by what is remembered, code by code. One statement at most. */
export async function recallLocalCodes(references, reader, institution, asked) {
    const found = await references.each(`local code of ${institution}`, [...new Set(asked)], async (missing) => new Map((await findLocalCodes(reader, institution, missing)).map((it) => [it.asked, it])));
    return [...found.values()];
}
/**
 * The local codes for these items, of the institutions that published anything about the persons: those whose results count as results of the
 * item (equivalences `COUNTING`). One statement, which does not grow with the number of institutions of the region: it reads the persons'
 * results by `resources_by_person_and_time`, and of each institution among them the newest revision by `mappings_by_item`. With `loadedBy` the
 * newest revision of that moment.
 */
export async function findMappedCodes(reader, persons, items, loadedBy) {
    const { rows } = await reader.$client.query({
        name: 'find-mapped-codes',
        text: `with source as materialized (
             select distinct institution from resources
              where person = any ($1::bigint[]) and type in ('Observation', 'DiagnosticReport') and not deleted)
           select m.institution, m.system || '|' || m.code as code, m.item
           from source
           cross join lateral (
             select revision from mapping_loads l
              where l.institution = source.institution and ($4::timestamptz is null or l.loaded_at <= $4) order by revision desc limit 1) l
           cross join lateral (
             select institution, system, code, item from mappings
             where institution = source.institution and revision = l.revision
               and item = any ($2::text[]) and equivalence = any ($3::text[]) offset 0) m
           order by m.institution, 2, m.item`,
        values: [persons, items, COUNTING, loadedBy ?? null],
    });
    return rows;
}
/**
 * The local codes of these institutions whose results count as results of the items (equivalences `COUNTING`), by their newest mappings: what
 * is remembered, and the rest in one statement, by `mappings_by_item`.
 */
export async function recallMappedCodes(references, reader, institutions, items) {
    const keys = institutions.flatMap((institution) => items.map((item) => `${institution} ${item}`));
    const found = await references.each('mapped codes', keys, async () => {
        const { rows } = await reader.$client.query({
            name: 'find-codes-mapped-by',
            text: `select m.institution, m.system || '|' || m.code as code, m.item
               from unnest($1::integer[]) as source (institution)
              cross join lateral (
                select revision from mapping_loads where institution = source.institution order by revision desc limit 1) l
              cross join lateral (
                select institution, system, code, item from mappings
                 where institution = source.institution and revision = l.revision
                   and item = any ($2::text[]) and equivalence = any ($3::text[]) offset 0) m
              order by m.institution, 2, m.item`,
            values: [institutions, items, COUNTING],
        });
        return rowsByKey(rows, (it) => `${it.institution} ${it.item}`);
    });
    return [...found.values()].flat();
}
/**
 * Of which items a result is one that an institution coded so (`system|code`), by its mappings as they were at that moment (equivalences
 * `COUNTING`); a code that is mapped to nothing is missing. One statement, served by the primary key.
 */
export async function findResultCodes(reader, institution, codes, loadedBy) {
    const { rows } = await reader.$client.query({
        name: 'find-result-codes',
        text: `select a.code, array_agg(distinct m.item) as items
             from unnest($2::text[]) as a (code)
             cross join lateral (
               select item from mappings
                where institution = $1 and code = substr(a.code, strpos(a.code, '|') + 1) and system = split_part(a.code, '|', 1)
                  and revision = (select max(revision) from mapping_loads where institution = $1 and loaded_at <= $3)
                  and equivalence = any ($4::text[]) offset 0) m
            group by a.code`,
        values: [institution, codes, loadedBy, COUNTING],
    });
    return new Map(rows.map((it) => [it.code, it.items]));
}
