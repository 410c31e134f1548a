import type { Reader, Transaction } from '../database/client.ts';
import { REFERENCE_CHANGE_SQL, type References, referencesAsOf } from '../database/reference-memory.ts';
import { Instants } from '../fhir/instants.ts';
import type { IndexedRange } from '../fhir/search-condition.ts';
import type { Filing } from './category.ts';
import { codesSql } from './codes-sql.ts';
import { BELOW_NORMAL } from './label.rules.ts';
import { freshNumber, type ResourceKey } from './resource-id.ts';
import { placeTexts, type TextPlace } from './text-values.rules.ts';

/** What is known of a publication before it is stored. */
export interface Earlier {
  /** The answer given when the very same content was accepted. */
  readonly outcome: StoredOutcome | undefined;
  readonly recordedAt: Date | undefined;
  /** Which report each business identifier stands for already. */
  readonly reports: readonly (ResourceKey & { readonly system: string; readonly value: string })[];
  /** Reference data as they stand. */
  readonly references: References;
}

/** `[type, person, id, version, status]` of each entry; numbers as texts. */
export type StoredOutcome = readonly (readonly [type: string, person: string, id: string, version: number, status: string])[];

/** Looks up a publication's fingerprint and its reports' business identifiers, in one statement, each by primary key; it says how reference data stand. */
export async function findEarlier(
  reader: Reader,
  institution: number,
  fingerprint: string,
  identifiers: readonly { readonly system: string; readonly value: string }[],
): Promise<Earlier> {
  const { rows } = await reader.$client.query({
    name: 'find-earlier',
    text: `select null as system, null as value, null::bigint as person, null::bigint as id, outcome, recorded_at as "recordedAt", null as change
             from publication_contents where institution = $1 and fingerprint = $2
            union all
           select k.system, k.value, p.person, p.report, null, null, null
             from unnest($3::text[], $4::text[]) as k(system, value)
            cross join lateral (
              select person, report from publications where institution = $1 and system = k.system and value = k.value offset 0) p
            union all
           select null, null, null, null, null, null, ${REFERENCE_CHANGE_SQL}`,
    values: [institution, fingerprint, identifiers.map((it) => it.system), identifiers.map((it) => it.value)],
  });
  const known = rows.find((it) => it.outcome !== null);
  return {
    outcome: known?.outcome,
    recordedAt: known?.recordedAt,
    reports: rows
      .filter((it) => it.person !== null)
      .map(({ system, value, person, id }) => ({ system, value, person: BigInt(person), id: BigInt(id) })),
    references: referencesAsOf(reader, rows.find((it) => it.change !== null)?.change ?? null),
  };
}

/** One version about to be written. */
export interface NewVersion {
  readonly person: bigint;
  readonly id: bigint;
  readonly version: number;
  readonly type: string;
  /** `null`: the deletion. */
  readonly content: string | null;
  readonly category: Filing | null;
  /** Those of before stay: whoever sees the resource sees its earlier versions. */
  readonly labels: readonly string[];
  readonly status: string | null;
  readonly report: bigint | null;
  readonly from: Date | undefined;
  readonly until: Date | undefined;
  readonly tokens: readonly string[];
  readonly ranges: readonly IndexedRange[];
  readonly texts: readonly string[];
  /** Hashed identifiers that find it from now on, and those that no longer do. */
  readonly keys: readonly string[];
  readonly formerKeys: readonly string[];
}

export interface NewPublication {
  readonly fingerprint: string;
  readonly outcome: StoredOutcome;
  readonly reports: readonly (ResourceKey & { readonly system: string; readonly value: string })[];
}

/** Marks that go on to no other version and no report (`carriedOn`). */
const NOT_CARRIED = `'{${BELOW_NORMAL.join()}}'::text[]`;

/** Record separator. JSON holds no control character, so that texts joined by it need neither escaping on their way nor parsing. */
const BETWEEN_TEXTS = '\u001e';

/**
 * Writes all versions, their index rows, their identifiers and the publication's idempotence keys in one statement, however many they are.
 * `adopted` are resources stored earlier that now belong to a report, with the labels it gives them. A report stored earlier gets the labels
 * of a part that comes later.
 *
 * `false`: somebody else wrote one of them meanwhile; the transaction is to be given up and tried again from its first look.
 */
export async function insertVersions(
  tx: Transaction,
  institution: number,
  versions: readonly NewVersion[],
  adopted: readonly (ResourceKey & { readonly report: bigint; readonly labels: readonly string[] })[],
  publication: NewPublication | undefined,
  now: Date,
): Promise<boolean> {
  const instants = new Instants();
  const { places, values } = placeTexts(versions, freshNumber);
  const input = versions.map((it) => ({
    p: it.person.toString(),
    i: it.id.toString(),
    v: it.version,
    t: it.type,
    k: it.category,
    l: it.labels.length > 0 ? it.labels : null,
    s: it.status,
    r: it.report?.toString() ?? null,
    f: it.from && instants.textOf(it.from),
    u: it.until && instants.textOf(it.until),
    h: it.tokens,
    n: it.ranges.length > 0 ? it.ranges : null,
    w: it.texts.length > 0 ? it.texts : null,
    ...placeColumns(places.get(it)),
  }));
  const keyRows = (pick: (it: NewVersion) => readonly string[]) =>
    versions.flatMap((it) => pick(it).map((key) => ({ h: key, p: it.person.toString(), i: it.id.toString() })));
  const { rows } = await tx.$client.query({
    name: 'insert-versions',
    text: `with input as materialized (
             select * from rows from (
               json_to_recordset($1::json) as (
                 p bigint, i bigint, v integer, t text, k text, l text[], s text, r bigint, f timestamptz, u timestamptz, h bigint[], n numeric[], w text[],
                 a bigint, b integer, z integer),
               unnest(string_to_array($10, E'\\x1e', ''))) as x(p, i, v, t, k, l, s, r, f, u, h, n, w, a, b, z, c)
              -- In one order, so that two publications that change the same resources do not wait for each other.
              order by p, i),
           together as (
             insert into published_texts (person, id, content)
             select p, i, convert_to(c, 'UTF8')
               from rows from (json_to_recordset($11::json) as (p bigint, i bigint), unnest(string_to_array($12, E'\\x1e'))) as x(p, i, c)),
           versions as (
             insert into resource_versions (person, id, version, type, institution, recorded_at, content, text_value, text_from, text_bytes)
             select p, i, v, t, $2, $3, c, a, b, z from input),
           current as (
             insert into resources (
               person, id, type, version, institution, category, labels, status, report, deleted, effective_from, effective_until, recorded_at,
               tokens, codes, ranges, texts)
             select p, i, t, v, $2, k, l, s, r, c is null and a is null, f, u, $3, coalesce(h, '{}'), ${codesSql('h')}, n, w from input
             on conflict (person, id) do update
               set version = excluded.version, category = excluded.category, status = excluded.status,
                   labels = (
                     select array_agg(distinct label order by label) from unnest(resources.labels || excluded.labels) as label
                      where excluded.deleted or label = any(excluded.labels) or label <> all(${NOT_CARRIED})),
                   report = excluded.report,
                   deleted = excluded.deleted, effective_from = excluded.effective_from, effective_until = excluded.effective_until,
                   recorded_at = excluded.recorded_at, tokens = excluded.tokens, codes = excluded.codes, ranges = excluded.ranges,
                   texts = excluded.texts
             where resources.version = excluded.version - 1
             returning 1),
           added as (
             insert into resource_keys (key, person, id, institution)
             select h, p, i, $2 from json_to_recordset($4::json) as x(h uuid, p bigint, i bigint)
             on conflict do nothing),
           removed as (
             delete from resource_keys using json_to_recordset($5::json) as x(h uuid, p bigint, i bigint)
             where key = x.h and person = x.p and id = x.i),
           known as (
             insert into publications (institution, system, value, person, report)
             select $2, s, v, p, r from json_to_recordset($6::json) as x(s text, v text, p bigint, r bigint)
             on conflict do nothing returning 1),
           adopted as (
             update resources set report = x.r,
                    labels = (select array_agg(distinct label order by label) from unnest(resources.labels || x.l) as label)
               from json_to_recordset($9::json) as x(p bigint, i bigint, r bigint, l text[])
              where person = x.p and id = x.i and (report is null or (report = x.r and not coalesce(resources.labels, '{}') @> x.l))),
           raised as (
             update resources set labels = array(select distinct label from unnest(coalesce(resources.labels, '{}') || x.l) as label order by label)
               from (select part.p, part.r, array_agg(label) as l from input part cross join unnest(part.l) as label
                      where part.r <> part.i and label <> all(${NOT_CARRIED}) and not exists (select from input o where o.p = part.p and o.i = part.r) group by part.p, part.r) x
              where person = x.p and id = x.r and not coalesce(resources.labels, '{}') @> x.l),
           answered as (
             insert into publication_contents (institution, fingerprint, recorded_at, outcome)
             select $2, $7, $3, $8::jsonb where $7::text is not null
             on conflict do nothing returning 1)
           select (select count(*) from current)::integer + (select count(*) from known)::integer + (select count(*) from answered)::integer as written`,
    values: [
      JSON.stringify(input),
      institution,
      now,
      JSON.stringify(keyRows((it) => it.keys)),
      JSON.stringify(keyRows((it) => it.formerKeys)),
      JSON.stringify(
        (publication?.reports ?? []).map((it) => ({ s: it.system, v: it.value, p: it.person.toString(), r: it.id.toString() })),
      ),
      publication?.fingerprint ?? null,
      publication ? JSON.stringify(publication.outcome) : null,
      JSON.stringify(adopted.map((it) => ({ p: it.person.toString(), i: it.id.toString(), r: it.report.toString(), l: it.labels }))),
      versions.map((it) => (places.has(it) ? '' : (it.content ?? ''))).join(BETWEEN_TEXTS),
      JSON.stringify(values.map((it) => ({ p: it.person.toString(), i: it.id.toString() }))),
      values.map((it) => it.text).join(BETWEEN_TEXTS),
    ],
  });
  return rows[0].written === versions.length + (publication ? 1 + publication.reports.length : 0);
}

/** Where the text lies, as the columns of the input; nothing where it lies in its own row. */
function placeColumns(place: TextPlace | undefined) {
  return place && { a: place.value.toString(), b: place.from, z: place.bytes };
}
