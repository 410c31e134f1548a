import { objectsOf } from '../fhir/element.js';
import { pathNumber, presenceAt } from '../fhir/search-hash.js';
import { decodeId, encodeId } from '../resources/resource-id.js';
/** Where a study says at which address its images are (ImagingStudy.endpoint, ImagingStudy.series.endpoint). */
const ENDPOINTS = ['endpoint', 'series.endpoint'].map(pathNumber);
/**
 * Which of these studies (`ImagingStudy/…`) have originals that can be retrieved: those that are `available` and refer to an Endpoint. It is
 * what their institution says; whether the address answers at this moment is not tried. One statement, by primary key.
 */
export async function findOriginals(reader, studies) {
    const keys = [...new Set(studies)].flatMap((it) => decodeId(it.replace(/^ImagingStudy\//, '')) ?? []);
    if (keys.length === 0)
        return new Set();
    const { rows } = await reader.$client.query({
        name: 'find-originals',
        text: `select r.person, r.id
             from unnest($1::bigint[], $2::bigint[]) as k(person, id)
            cross join lateral (select * from resources where person = k.person and id = k.id offset 0) r
            where r.type = 'ImagingStudy' and not r.deleted and r.status = 'available'
              and exists (select 1 from unnest(r.tokens) as t where (t >> 48) & 65535 = any($3::bigint[]) and t <> all($4::bigint[]))`,
        values: [keys.map((it) => it.person), keys.map((it) => it.id), ENDPOINTS, ENDPOINTS.map(presenceAt)],
    });
    return new Set(rows.map((it) => `ImagingStudy/${encodeId({ person: BigInt(it.person), id: BigInt(it.id) })}`));
}
/**
 * The same as it was at a moment gone by: by the version of each study that the exchange had then. One statement, by primary key.
 */
export async function findOriginalsAt(reader, studies, at) {
    const keys = [...new Set(studies)].flatMap((it) => decodeId(it.replace(/^ImagingStudy\//, '')) ?? []);
    if (keys.length === 0)
        return new Set();
    const { rows } = await reader.$client.query({
        name: 'find-originals-at',
        text: `select k.person, k.id, v.content
             from unnest($1::bigint[], $2::bigint[]) as k(person, id)
            cross join lateral (
              select type, content from version_texts v
               where v.person = k.person and v.id = k.id and v.recorded_at <= $3 order by version desc limit 1) v
            where v.type = 'ImagingStudy' and v.content is not null`,
        values: [keys.map((it) => it.person), keys.map((it) => it.id), at],
    });
    return new Set(rows
        .filter((it) => hasOriginals(JSON.parse(it.content)))
        .map((it) => `ImagingStudy/${encodeId({ person: BigInt(it.person), id: BigInt(it.id) })}`));
}
function hasOriginals(study) {
    const places = [study, ...objectsOf(study['series'])];
    return study['status'] === 'available' && places.some((it) => objectsOf(it['endpoint']).length > 0);
}
