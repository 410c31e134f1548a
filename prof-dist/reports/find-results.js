import { referencesOf } from '../fhir/element.js';
import { pathNumber, tokenAt } from '../fhir/search-hash.js';
import { isPreparable, permittedSql } from '../resources/permission-sql.js';
import { encodeId } from '../resources/resource-id.js';
import { textsOf } from '../resources/texts-of.js';
/** Results of one code that are looked at; older ones are not better. */
export const PER_CODE_MAX = 20;
/**
 * The person's results with one of the codes (`system|code`), newest first, from every institution the permission covers and from the
 * caller's own. One statement, whatever the number of codes; of each code the newest twenty of
 * the caller's own and the newest twenty of others, so that neither hides the other. Withdrawn and preliminary reports are
 * among them: whether they count is for the rules to say. A result counts only where its report is permitted too; a report of no category is
 * of that of its result.
 *
 * Served by `resources_by_person_and_time`: the rows of one person are read, nobody else's. Each row is ranked under those of its own tokens
 * that are asked for (the index holds each once), so that the work does not grow with results × codes.
 */
export async function findResults(reader, persons, codes, permission, caller) {
    const values = [];
    const bind = (it) => `$${values.push(it)}`;
    const of = `any(${bind(persons)}::bigint[])`;
    const own = bind(caller.institution);
    const wanted = `${bind(codes.map((it) => tokenAt(pathNumber('code'), it)))}::bigint[]`;
    const { rows } = await reader.$client.query({
        ...(isPreparable(permission) ? { name: 'find-results' } : {}),
        text: `with candidate as materialized (
             select person, id, type, version, institution, category, report, effective_from, codes
               from resources r
              where person = ${of} and type in ('Observation', 'DiagnosticReport') and codes && ${wanted}
                and not deleted and report is not null
                and (institution = ${own} or (category is not null and ${permittedSql({ alias: 'r' }, permission, bind)}))
                and (type = 'Observation' or category is distinct from 'laboratory')),
           ranked as (
             select c.*, row_number() over (partition by k.code, c.institution = ${own} order by c.effective_from desc nulls last, c.id desc) as rank
               from candidate c cross join lateral unnest(c.codes) as k(code)
              where k.code = any(${wanted})),
           newest as (
             select distinct person, id, type, version, institution, category, report, effective_from from ranked where rank <= ${PER_CODE_MAX})
           select n.person, n.id, n.type, n.institution, n.content as text, n.report, r.version as "reportVersion", r.status,
                  -- A report may hold a document of megabytes: its text comes with the first of its results alone.
                  case when n.id <> n.report and row_number() over (
                    partition by n.person, n.report order by n.effective_from desc nulls last, n.id desc) = 1 then (
                    select content from version_texts where person = r.person and id = r.id and version = r.version) end as "reportText"
             from (${textsOf('newest', ['type', 'institution', 'category', 'report', 'effective_from'])}) n
            cross join lateral (select * from resources where person = n.person and id = n.report and not deleted offset 0) r
            where r.institution = ${own} or ${permittedSql({ alias: 'r', category: 'coalesce(r.category, n.category)' }, permission, bind)}
            order by n.effective_from desc nulls last, n.id desc`,
        values,
    });
    const reports = new Map();
    return rows.map((row) => resultOf(row, reports));
}
/** `reports` holds what was parsed already: the results of one report share its content. */
export function resultOf(row, reports) {
    const person = BigInt(row.person);
    const reportId = encodeId({ person, id: BigInt(row.report) });
    const content = JSON.parse(row.text);
    const report = reports.get(reportId) ?? (row.reportText === null ? content : JSON.parse(row.reportText));
    reports.set(reportId, report);
    return {
        person,
        institution: row.institution,
        reference: `${row.type}/${encodeId({ person, id: BigInt(row.id) })}`,
        content,
        text: row.text,
        report: {
            reference: `DiagnosticReport/${reportId}`,
            version: row.reportVersion,
            status: row.status ?? 'unknown',
            content: report,
            studies: referencesOf(report['imagingStudy']),
        },
    };
}
