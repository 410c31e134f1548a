import { encodeId } from '../resources/resource-id.js';
/** Which version of each report stands now, by the logical id of the report; none of a report that is not there. By primary key. */
export async function findStandingVersions(reader, reports) {
    if (reports.length === 0)
        return new Map();
    const { rows } = await reader.$client.query({
        name: 'find-standing-versions',
        text: `select r.person, r.id, r.version
             from unnest($1::bigint[], $2::bigint[]) as k(person, id)
            cross join lateral (select * from resources where person = k.person and id = k.id offset 0) r
            where r.type = 'DiagnosticReport' and not r.deleted`,
        values: [reports.map((it) => it.person), reports.map((it) => it.id)],
    });
    return new Map(rows.map((it) => [encodeId({ person: BigInt(it.person), id: BigInt(it.id) }), it.version]));
}
