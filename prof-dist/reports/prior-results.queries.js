import { pathNumber, tokenAt } from '../fhir/search-hash.js';
import { isPreparable, permittedSql } from '../resources/permission-sql.js';
import { foundText } from '../resources/resource.queries.js';
import { textsOf } from '../resources/texts-of.js';
/**
 * One page of the persons' reports with the Observations and ImagingStudies that belong to them, as far as the permission covers these too: a
 * report of one kind may have parts of another. One statement, served by `resources_by_person_and_time` and `resources_by_report`; the planner is
 * not left to join in another way, as it would on tables never analyzed.
 */
export async function findReports(reader, persons, query, permission, caller) {
    const values = [];
    const bind = (it) => `$${values.push(it)}`;
    const own = bind(caller.institution);
    const seen = (alias) => `(${alias}.institution = ${own} or ${permittedSql({ alias }, permission, bind)})`;
    const kind = `${bind(query.kind ?? null)}::text`;
    const since = `${bind(query.since ?? null)}::timestamptz`;
    const codes = `${bind(query.codes?.map((it) => tokenAt(pathNumber('code'), it)) ?? null)}::bigint[]`;
    const time = `${bind(query.after?.time ?? null)}::timestamptz`;
    const { rows } = await reader.$client.query({
        ...(isPreparable(permission) ? { name: 'find-reports' } : {}),
        text: `with page as materialized (
             select row_number() over (order by it.time desc, it.id desc) as place, it.* from (
               select r.person, r.id, r.type, r.version, coalesce(r.effective_from, '-infinity'::timestamptz) as time
                 from resources r
                where r.person = any(${bind(persons)}::bigint[]) and r.type = 'DiagnosticReport' and not r.deleted
                  and r.status not in ('entered-in-error', 'cancelled')
                  and ${seen('r')}
                  and (${kind} is null or r.category = ${kind})
                  and (${since} is null or r.effective_from >= ${since})
                  -- What may not be seen leads to no report either.
                  and (${codes} is null or r.tokens && ${codes} or exists (
                        select 1 from resources o where o.person = r.person and o.report = r.id and o.tokens && ${codes} and not o.deleted
                           and ${seen('o')}))
                  and (${time} is null or (coalesce(r.effective_from, '-infinity'::timestamptz), r.id) < (${time}, ${bind(query.after?.id ?? null)}::bigint))
                order by 5 desc, r.id desc
                limit ${bind(query.count + 1)}) it),
           shown as materialized (
             select person, id, type, version, time::text as time, place from page
              union all
             select r.person, r.id, r.type, r.version, null, null
               from page k
              cross join lateral (
                select person, id, type, version from resources r
                 where r.person = k.person and r.report = k.id and not r.deleted and r.type in ('Observation', 'ImagingStudy') and ${seen('r')} offset 0) r
              where k.place <= ${bind(query.count)})
           select person, id, type, version, content, time, place from (${textsOf('shown', ['type', 'time', 'place'])}) it
            order by place, person, id`,
        values,
    });
    const ofReports = rows.flatMap((row) => (row.time === null ? [] : [{ ...row, time: row.time }]));
    return { reports: ofReports.map((it) => foundText(it)), parts: rows.filter((it) => it.time === null).map((it) => foundText(it)) };
}
