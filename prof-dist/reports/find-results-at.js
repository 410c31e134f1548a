import { textOf } from '../fhir/element.js';
import { pathNumber, tokenAt } from '../fhir/search-hash.js';
import { isPreparable, permittedSql } from '../resources/permission-sql.js';
import { PER_CODE_MAX, resultOf } from './find-results.js';
/**
 * What `findResults` would have found at a moment gone by: of each result and each report the version that the exchange had then; what was
 * published later is as if it were not there, what was withdrawn or deleted since is there as it was. For looking back, never for showing
 * anything.
 *
 * Which kind a result is of and how it is labelled is taken from its row of today: whatever is sensitive now counts as having been so. A result
 * that has another version since is found whatever its code was; whoever calls matches the codes.
 *
 * One statement, whatever the number of codes, served by `resources_by_person_and_time`.
 */
export async function findResultsAt(reader, persons, codes, permission, caller, { at, except }) {
    const values = [];
    const bind = (it) => `$${values.push(it)}`;
    const of = `any(${bind(persons)}::bigint[])`;
    const own = bind(caller.institution);
    const then = `${bind(at)}::timestamptz`;
    const wanted = `${bind(codes.map((it) => tokenAt(pathNumber('code'), it)))}::bigint[]`;
    const { rows } = await reader.$client.query({
        ...(isPreparable(permission) ? { name: 'find-results-at' } : {}),
        text: `with candidate as materialized (
             select person, id, type, institution, category, report, effective_from
               from resources r
              where person = ${of} and type in ('Observation', 'DiagnosticReport') and (tokens && ${wanted} or recorded_at > ${then})
                and report is not null and (person, report) <> (${bind(except?.person ?? 0n)}, ${bind(except?.id ?? 0n)})
                and (institution = ${own} or (category is not null and ${permittedSql({ alias: 'r' }, permission, bind)}))
                and (type = 'Observation' or category is distinct from 'laboratory')),
           stood as (
             select c.*, v.content, row_number() over (
                      partition by c.institution = ${own} order by c.effective_from desc nulls last, c.id desc) as rank
               from candidate c
              cross join lateral (
                select content from version_texts v
                 where v.person = c.person and v.id = c.id and v.recorded_at <= ${then} order by version desc limit 1) v
              where v.content is not null)
           select s.person, s.id, s.type, s.institution, s.content as text, s.report, w.version as "reportVersion", null as status,
                  case when s.id <> s.report and row_number() over (
                    partition by s.person, s.report order by s.effective_from desc nulls last, s.id desc) = 1 then w.content end as "reportText"
             from stood s
             join resources r on r.person = s.person and r.id = s.report and r.person = ${of}
              and (r.institution = ${own} or ${permittedSql({ alias: 'r', category: 'coalesce(r.category, s.category)' }, permission, bind)})
            cross join lateral (
              select version, content from version_texts v
               where v.person = r.person and v.id = r.id and v.recorded_at <= ${then} order by version desc limit 1) w
            where w.content is not null and s.rank <= ${bind(PER_CODE_MAX * Math.max(codes.length, 1))}
            order by s.effective_from desc nulls last, s.id desc`,
        values,
    });
    const reports = new Map();
    return rows.map((row) => {
        const result = resultOf(row, reports);
        return { ...result, report: { ...result.report, status: textOf(result.report.content['status']) ?? 'unknown' } };
    });
}
/** Whether the exchange had any result of these persons at that moment, the report looked past aside. One statement, by index. */
export async function hasEarlierResults(reader, persons, { at, except }) {
    const { rows } = await reader.$client.query({
        name: 'has-earlier-results',
        text: `select exists (
             select from resources r join resource_versions v on v.person = r.person and v.id = r.id and v.version = 1
              where r.person = any($1::bigint[]) and r.type = 'DiagnosticReport' and (r.person, r.id) <> ($2, $3) and v.recorded_at <= $4) as has`,
        values: [persons, except?.person ?? 0n, except?.id ?? 0n, at],
    });
    return rows[0]?.has === true;
}
