import { encodeId } from '../resources/resource-id.js';
/** The institutions that published these reports, by the logical id of the report, also of withdrawn ones. By primary key. */
export async function findReportSources(reader, reports) {
    if (reports.length === 0)
        return new Map();
    const { rows } = await reader.$client.query({
        name: 'find-report-sources',
        text: `select r.person, r.id, r.institution
             from unnest($1::bigint[], $2::bigint[]) as k(person, id)
            cross join lateral (
              select person, id, institution from resources where person = k.person and id = k.id and type = 'DiagnosticReport' offset 0) r`,
        values: [reports.map((it) => it.person), reports.map((it) => it.id)],
    });
    return new Map(rows.map((it) => [encodeId({ person: BigInt(it.person), id: BigInt(it.id) }), it.institution]));
}
