import type { Reader } from '../database/client.ts';
import { pathNumber, presenceAt } from '../fhir/search-hash.ts';
import { decodeId, encodeId } from '../resources/resource-id.ts';

/** Where a study says at which address its images are (ImagingStudy.endpoint, ImagingStudy.series.endpoint). */
const ENDPOINTS = ['endpoint', 'series.endpoint'].map(pathNumber);

/**
 * Which of these studies (`ImagingStudy/…`) have originals that can be retrieved: those that are `available` and refer to an Endpoint. It is
 * what their institution says; whether the address answers at this moment is not tried. One statement, by primary key.
 */
export async function findOriginals(reader: Reader, studies: readonly string[]): Promise<ReadonlySet<string>> {
  const keys = [...new Set(studies)].flatMap((it) => decodeId(it.replace(/^ImagingStudy\//, '')) ?? []);
  if (keys.length === 0) return new Set();
  const { rows } = await reader.$client.query<{ person: string; id: string }>({
    name: 'find-originals',
    text: `select r.person, r.id
             from unnest($1::bigint[], $2::bigint[]) as k(person, id)
             join resources r on r.person = k.person and r.id = k.id
            where r.type = 'ImagingStudy' and not r.deleted and r.status = 'available'
              and exists (select 1 from unnest(r.tokens) as t where (t >> 48) & 65535 = any($3::bigint[]) and t <> all($4::bigint[]))`,
    values: [keys.map((it) => it.person), keys.map((it) => it.id), ENDPOINTS, ENDPOINTS.map(presenceAt)],
  });
  return new Set(rows.map((it) => `ImagingStudy/${encodeId({ person: BigInt(it.person), id: BigInt(it.id) })}`));
}
