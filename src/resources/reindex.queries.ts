import type { Reader } from '../database/client.ts';
import type { IndexedRange } from '../fhir/search-condition.ts';
import { codesSql } from './codes-sql.ts';
import { BELOW_NORMAL } from './label.rules.ts';
import type { ResourceKey } from './resource-id.ts';
import { textsOf } from './texts-of.ts';

/** A stored resource with the version that its index row is about. */
export interface Indexed extends ResourceKey {
  readonly type: string;
  readonly version: number;
  readonly institution: number;
  /** The report it belongs to, or is. */
  readonly report: bigint | null;
  /** `null`: deleted, and found by nothing. */
  readonly content: string | null;
}

/** The next resources after a key, by primary key: so many rows, and so many bytes of text, but at least one. */
export async function selectIndexed(
  reader: Reader,
  type: string | undefined,
  after: ResourceKey,
  rowsMax: number,
  bytesMax: number,
): Promise<readonly Indexed[]> {
  const { rows } = await reader.$client.query({
    name: 'select-indexed',
    text: `with batch as materialized (
             select person, id, type, version, institution, report from resources
              where (person, id) > ($1, $2) and ($3::text is null or type = $3) order by person, id limit $4),
           texts as (
             select b.*, sum(coalesce(octet_length(b.content), 0)) over (order by b.person, b.id) as bytes,
                    row_number() over (order by b.person, b.id) as number
               from (${textsOf('batch', ['type', 'institution', 'report'])}) b)
           select person, id, type, version, institution, report, content from texts where number = 1 or bytes <= $5 order by number`,
    values: [after.person, after.id, type ?? null, rowsMax, bytesMax],
  });
  return rows.map((it) => ({ ...it, person: BigInt(it.person), id: BigInt(it.id), report: it.report === null ? null : BigInt(it.report) }));
}

/** What an index row is made of. */
interface IndexColumns extends ResourceKey {
  readonly version: number;
  readonly tokens: readonly string[];
  readonly ranges: readonly IndexedRange[];
  readonly texts: readonly string[];
  readonly status: string | null;
  readonly labels: readonly string[];
  readonly from: Date | undefined;
  readonly until: Date | undefined;
  /** Hashes that find it (`findingKeys`). */
  readonly keys: readonly string[];
}

/** Writes index rows, and keys that are missing, in one statement; a row whose resource has another version by now is left as it is. */
export async function updateIndex(reader: Reader, rows: readonly IndexColumns[]): Promise<void> {
  const input = rows.map((it) => ({
    p: it.person.toString(),
    i: it.id.toString(),
    v: it.version,
    s: it.status,
    l: it.labels.length > 0 ? it.labels : null,
    f: it.from,
    u: it.until,
    h: it.tokens,
    n: it.ranges.length > 0 ? it.ranges : null,
    w: it.texts.length > 0 ? it.texts : null,
    k: it.keys,
  }));
  await reader.$client.query({
    name: 'update-index',
    text: `with input as materialized (
             select * from json_to_recordset($1::json) as x(
               p bigint, i bigint, v integer, s text, l text[], f timestamptz, u timestamptz, h bigint[], n numeric[], w text[], k uuid[])),
           renewed as (
             update resources r
                set tokens = coalesce(x.h, '{}'), codes = ${codesSql('x.h')}, ranges = x.n, texts = x.w, status = x.s, effective_from = x.f, effective_until = x.u,
                    -- What an earlier version said stays, since it can be read as well.
                    labels = case when r.version = 1 then x.l
                             else (select array_agg(distinct label order by label) from unnest(r.labels || x.l) as label
                                    where label = any(x.l) or label <> all('{${BELOW_NORMAL.join()}}'::text[])) end
               from input x
              where r.person = x.p and r.id = x.i and r.version = x.v and not r.deleted
             returning r.person, r.id, r.institution, x.k)
           insert into resource_keys (key, person, id, institution)
           select key, person, id, institution from renewed cross join unnest(k) as key
           on conflict do nothing`,
    values: [JSON.stringify(input)],
  });
}

/** How many resources there are, of the type or of all. */
export async function countIndexed(reader: Reader, type: string | undefined): Promise<number> {
  const { rows } = await reader.$client.query({
    text: 'select count(*)::bigint as count from resources where ($1::text is null or type = $1)',
    values: [type ?? null],
  });
  return Number(rows[0].count);
}
