import type { Reader, Transaction } from '../database/client.ts';
import type { IndexedRange } from '../fhir/search-condition.ts';
import type { Category } from './category.ts';
import { FIRST_PERSON, type ResourceKey } from './resource-id.ts';
import { SHARED_TYPES } from './shared-types.ts';

/** A resource as it stands now, without its content. */
export interface ResourceRow extends ResourceKey {
  readonly type: string;
  readonly version: number;
  readonly institution: number;
  readonly category: Category | null;
  readonly status: string | null;
  readonly report: bigint | null;
  readonly deleted: boolean;
  readonly recordedAt: Date;
}

interface Content {
  /** The published text; `null` where the resource is deleted. */
  readonly content: string | null;
}

/** The same with its text. */
export type ResourceText = ResourceRow & Content;

/** What a page of a search or a look-up shows of a resource. It may be one of hundreds, so nothing else is read. */
export type FoundText = ResourceKey & Pick<ResourceRow, 'type' | 'version'> & Content;

/** The columns of a FoundText, of `resources` as `r` and `resource_versions` as `v`. */
export const FOUND_COLUMNS = 'r.person, r.id, r.type, r.version, v.content';

/** pg answers bigint as text; keys are bigint here. `More` is what the statement selects beside FOUND_COLUMNS. */
export function foundText<More>(row: FoundText & More): FoundText & More {
  return { ...row, person: BigInt(row.person), id: BigInt(row.id) };
}

/** The columns of a ResourceRow, of `resources` as `r`. */
export const RESOURCE_COLUMNS =
  'r.person, r.id, r.type, r.version, r.institution, r.category, r.status, r.report, r.deleted, r.recorded_at as "recordedAt"';

/** The same for a ResourceRow. */
export function withKeys<More>(row: ResourceRow & More): ResourceRow & More {
  const { person, id, report } = row;
  return { ...row, person: BigInt(person), id: BigInt(id), report: report === null ? null : BigInt(report) };
}

/** One resource with its text, by primary key. */
export async function findResource(reader: Reader, key: ResourceKey): Promise<ResourceText | undefined> {
  const { rows } = await reader.$client.query({
    name: 'find-resource',
    text: `select ${RESOURCE_COLUMNS}, v.content
             from resources r join resource_versions v on v.person = r.person and v.id = r.id and v.version = r.version
            where r.person = $1 and r.id = $2`,
    values: [key.person, key.id],
  });
  return rows.map((it) => withKeys<Content>(it))[0];
}

/** One version of a resource, by primary key; the row's other columns are those of today. */
export async function findVersion(reader: Reader, key: ResourceKey, version: number): Promise<ResourceText | undefined> {
  const { rows } = await reader.$client.query({
    name: 'find-version',
    text: `select ${RESOURCE_COLUMNS.replace('r.version', 'v.version').replace('r.recorded_at', 'v.recorded_at')}, v.content
             from resources r join resource_versions v on v.person = r.person and v.id = r.id
            where r.person = $1 and r.id = $2 and v.version = $3`,
    values: [key.person, key.id, version],
  });
  return rows.map((it) => withKeys<Content>(it))[0];
}

/** Several resources with their texts, in any order; those that do not exist are missing. */
export async function findResources(reader: Reader, keys: readonly ResourceKey[]): Promise<readonly ResourceText[]> {
  const { rows } = await reader.$client.query({
    name: 'find-resources',
    text: `select ${RESOURCE_COLUMNS}, v.content
             from unnest($1::bigint[], $2::bigint[]) as k(person, id)
             join resources r on r.person = k.person and r.id = k.id
             join resource_versions v on v.person = r.person and v.id = r.id and v.version = r.version`,
    values: [keys.map((it) => it.person), keys.map((it) => it.id)],
  });
  return rows.map((it) => withKeys<Content>(it));
}

/**
 * Hits of hashed identifiers among what the institution may refer to: its own resources, and the shared directory, the longest known first.
 * What is about a person (a patient's Device) is no part of the directory, whatever its type. By primary key, whatever the planner knows of
 * the tables: a join it may choose itself becomes a scan of all resources on a database that was never analyzed.
 */
export async function findByIdentifiers(
  reader: Reader,
  institution: number,
  hashes: readonly string[],
): Promise<readonly (ResourceRow & { readonly key: string })[]> {
  const { rows } = await reader.$client.query({
    name: 'find-by-identifiers',
    text: `select replace(k.key::text, '-', '') as key, r.*
             from resource_keys k
            cross join lateral (
              select ${RESOURCE_COLUMNS}, (select f.recorded_at from resource_versions f where f.person = k.person and f.id = k.id and f.version = 1) as since
                from resources r where r.person = k.person and r.id = k.id and not r.deleted offset 0) r
            where k.key = any($1::uuid[]) and (k.institution = $2 or (r.type = any($3) and k.person < $4))
            order by r.since, r.person, r.id`,
    values: [hashes, institution, SHARED_TYPES, FIRST_PERSON],
  });
  return rows.map((it) => withKeys<{ readonly key: string }>(it));
}

/**
 * Waits while another request is making what one of these conditions names, and keeps others waiting until this transaction ends: two at
 * once would each find nothing and make it twice, since no unique key can hold what is spread over persons.
 *
 * The locks of an institution are few (256), so that a large request cannot use up the server's room for them, and are taken in one
 * order, so that two requests do not wait for each other.
 */
export async function lockIdentifiers(tx: Transaction, institution: number, hashes: readonly string[]): Promise<void> {
  await tx.$client.query({
    name: 'lock-identifiers',
    text: `select pg_advisory_xact_lock($2, place)
             from (select distinct hashtext(hash) & 255 as place from unnest($1::text[]) as hash order by 1) as places`,
    values: [hashes, institution],
  });
}

/** What a report had before it was corrected, with what it is known again by. */
export type FormerPart = ResourceText & {
  /** Hashed search tokens, as decimal texts. */
  readonly tokens: readonly string[];
};

/** Everything that belongs to one of the reports, with its text. Served by `resources_by_report`. */
export async function findOfReports(reader: Reader, reports: readonly ResourceKey[]): Promise<readonly FormerPart[]> {
  const { rows } = await reader.$client.query({
    name: 'find-of-reports',
    text: `select ${RESOURCE_COLUMNS}, r.tokens, v.content
             from unnest($1::bigint[], $2::bigint[]) as k(person, report)
             join resources r on r.person = k.person and r.report = k.report
             join resource_versions v on v.person = r.person and v.id = r.id and v.version = r.version
            where not r.deleted`,
    values: [reports.map((it) => it.person), reports.map((it) => it.id)],
  });
  return rows.map((it) => withKeys<Omit<FormerPart, keyof ResourceRow>>(it));
}

/** What is known of a publication before it is stored. */
export interface Earlier {
  /** The answer given when the very same content was accepted. */
  readonly outcome: StoredOutcome | undefined;
  readonly recordedAt: Date | undefined;
  /** Which report each business identifier stands for already. */
  readonly reports: readonly (ResourceKey & { readonly system: string; readonly value: string })[];
}

/** `[type, person, id, version, status]` of each entry; numbers as texts. */
export type StoredOutcome = readonly (readonly [type: string, person: string, id: string, version: number, status: string])[];

/** Looks up a publication's fingerprint and its reports' business identifiers, in one statement, each by primary key. */
export async function findEarlier(
  reader: Reader,
  institution: number,
  fingerprint: string,
  identifiers: readonly { readonly system: string; readonly value: string }[],
): Promise<Earlier> {
  const { rows } = await reader.$client.query({
    name: 'find-earlier',
    text: `select null as system, null as value, null::bigint as person, null::bigint as id, outcome, recorded_at as "recordedAt"
             from publication_contents where institution = $1 and fingerprint = $2
            union all
           select k.system, k.value, p.person, p.report, null, null
             from unnest($3::text[], $4::text[]) as k(system, value)
            cross join lateral (
              select person, report from publications where institution = $1 and system = k.system and value = k.value offset 0) p`,
    values: [institution, fingerprint, identifiers.map((it) => it.system), identifiers.map((it) => it.value)],
  });
  const known = rows.find((it) => it.outcome !== null);
  return {
    outcome: known?.outcome,
    recordedAt: known?.recordedAt,
    reports: rows.filter((it) => it.outcome === null).map((it) => ({ ...it, person: BigInt(it.person), id: BigInt(it.id) })),
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
  readonly category: Category | null;
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

/** Record separator. JSON holds no control character, so that texts joined by it need neither escaping on their way nor parsing. */
const BETWEEN_TEXTS = '\u001e';

/**
 * Writes all versions, their index rows, their identifiers and the publication's idempotence keys in one statement, however many they are.
 * `adopted` are resources stored earlier that now belong to a report.
 *
 * `false`: somebody else wrote one of them meanwhile; the transaction is to be given up and tried again from its first look.
 */
export async function insertVersions(
  tx: Transaction,
  institution: number,
  versions: readonly NewVersion[],
  adopted: readonly (ResourceKey & { readonly report: bigint })[],
  publication: NewPublication | undefined,
  now: Date,
): Promise<boolean> {
  const input = versions.map((it) => ({
    p: it.person.toString(),
    i: it.id.toString(),
    v: it.version,
    t: it.type,
    k: it.category,
    s: it.status,
    r: it.report?.toString() ?? null,
    f: it.from,
    u: it.until,
    h: it.tokens,
    n: it.ranges.length > 0 ? it.ranges : null,
    w: it.texts.length > 0 ? it.texts : null,
  }));
  const keyRows = (pick: (it: NewVersion) => readonly string[]) =>
    versions.flatMap((it) => pick(it).map((key) => ({ h: key, p: it.person.toString(), i: it.id.toString() })));
  const { rows } = await tx.$client.query({
    name: 'insert-versions',
    text: `with input as materialized (
             select * from rows from (
               json_to_recordset($1::json) as (
                 p bigint, i bigint, v integer, t text, k text, s text, r bigint, f timestamptz, u timestamptz, h bigint[], n numeric[], w text[]),
               unnest(string_to_array($10, E'\\x1e', ''))) as x(p, i, v, t, k, s, r, f, u, h, n, w, c)),
           versions as (
             insert into resource_versions (person, id, version, type, institution, recorded_at, content)
             select p, i, v, t, $2, $3, c from input),
           current as (
             insert into resources (
               person, id, type, version, institution, category, status, report, deleted, effective_from, effective_until, recorded_at,
               tokens, ranges, texts)
             select p, i, t, v, $2, k, s, r, c is null, f, u, $3, coalesce(h, '{}'), n, w from input
             on conflict (person, id) do update
               set version = excluded.version, category = excluded.category, status = excluded.status, report = excluded.report,
                   deleted = excluded.deleted, effective_from = excluded.effective_from, effective_until = excluded.effective_until,
                   recorded_at = excluded.recorded_at, tokens = excluded.tokens, ranges = excluded.ranges, texts = excluded.texts
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
             update resources set report = x.r from json_to_recordset($9::json) as x(p bigint, i bigint, r bigint)
             where person = x.p and id = x.i and report is null),
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
      JSON.stringify(adopted.map((it) => ({ p: it.person.toString(), i: it.id.toString(), r: it.report.toString() }))),
      versions.map((it) => it.content ?? '').join(BETWEEN_TEXTS),
    ],
  });
  return rows[0].written === versions.length + (publication ? 1 + publication.reports.length : 0);
}
