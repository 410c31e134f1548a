import { permittedSql } from '../resources/permission-sql.js';
import { encodeId } from '../resources/resource-id.js';
const TYPES = `('DiagnosticReport', 'Observation', 'ImagingStudy')`;
/** To which report each version belongs; what belongs to none, and what is not there, is missing. One statement, by primary key. */
export async function findVersionPlaces(reader, versions) {
    if (versions.length === 0)
        return [];
    const { rows } = await reader.$client.query({
        name: 'find-version-places',
        text: `select k.person, k.id, k.version, r.report, v.institution, v.recorded_at as "recordedAt"
             from unnest($1::bigint[], $2::bigint[], $3::integer[]) as k(person, id, version)
            cross join lateral (select report, type from resources where person = k.person and id = k.id offset 0) r
            cross join lateral (
              select institution, recorded_at from resource_versions where person = k.person and id = k.id and version = k.version offset 0) v
            where r.report is not null and r.type in ${TYPES}`,
        values: [versions.map((it) => it.person), versions.map((it) => it.id), versions.map((it) => it.version)],
    });
    return rows.map((it) => ({ ...it, person: BigInt(it.person), id: BigInt(it.id), report: BigInt(it.report) }));
}
/**
 * Each report with all its parts, deleted ones too, and what of them was changed at that moment: everything that one publication stores has
 * its moment, so that also what a corrected report no longer has is found. In the order given; one statement, by `resources_by_report` and
 * primary key.
 *
 * The version before is the one of the number before: moments of versions go back where a clock does.
 */
export async function findReportChanges(reader, moments) {
    if (moments.length === 0)
        return [];
    const { rows } = await reader.$client.query({
        name: 'find-report-changes',
        text: `select k.place::integer, r.type, k.person, r.id, c.last as version, n.content as text, c.first - 1 as former, f.content as "formerText"
             from unnest($1::bigint[], $2::bigint[], $3::timestamptz[]) with ordinality as k(person, report, at, place)
            cross join lateral (
              select id, type from resources r where r.person = k.person and r.report = k.report and r.type in ${TYPES} offset 0) r
            cross join lateral (
              select min(version) as first, max(version) as last from resource_versions v
               where v.person = k.person and v.id = r.id and v.recorded_at = k.at) c
             left join lateral (
               select content from version_texts where person = k.person and id = r.id and version = c.last offset 0) n on true
             left join lateral (
               select content from version_texts where person = k.person and id = r.id and version = c.first - 1 offset 0) f on true
            order by k.place, r.id`,
        values: [moments.map((it) => it.person), moments.map((it) => it.report), moments.map((it) => it.recordedAt)],
    });
    const reports = moments.map(() => []);
    for (const { place, type, person, id, version, text, former, formerText } of rows) {
        reports[place - 1]?.push({
            reference: `${type}/${encodeId({ person: BigInt(person), id: BigInt(id) })}`,
            change: version === null ? undefined : { version, text, former, formerText },
        });
    }
    return reports;
}
/** Which of these reports and parts of reports (`Observation/…` by their keys) a permission covers now. One statement, by primary key. */
export async function findPermitted(reader, keys, permission) {
    if (keys.length === 0 || permission.basis === 'none')
        return new Set();
    const values = [];
    const bind = (it) => `$${values.push(it)}`;
    const { rows } = await reader.$client.query({
        text: `select r.type, r.person, r.id
             from unnest(${bind(keys.map((it) => it.person))}::bigint[], ${bind(keys.map((it) => it.id))}::bigint[]) as k(person, id)
            cross join lateral (select * from resources where person = k.person and id = k.id offset 0) r
            where ${permittedSql({ alias: 'r' }, permission, bind)}`,
        values,
    });
    return new Set(rows.map((it) => `${it.type}/${encodeId({ person: BigInt(it.person), id: BigInt(it.id) })}`));
}
