import type { Reader } from '../database/client.ts';
import { pathNumber, tokenAt } from '../fhir/search-hash.ts';
import type { Permission } from '../resources/custody.ts';
import { FOUND_COLUMNS, type FoundText, foundText } from '../resources/resource.queries.ts';
import type { ResourceKey } from '../resources/resource-id.ts';
import type { Caller } from '../security/caller.ts';

/** Which prior results are asked for. */
export interface PriorResultsQuery {
  /** Codes (`system|code`) of the wanted item, on the report or on one of its results; all reports where absent. */
  readonly codes: readonly string[] | undefined;
  readonly kind: string | undefined;
  readonly since: Date | undefined;
  readonly count: number;
  readonly after: { readonly time: string; readonly id: bigint } | undefined;
}

/**
 * One page of the persons' reports, newest first, one more than asked for where there are more. Served by `resources_by_person_and_time`.
 */
export async function findReports(
  reader: Reader,
  persons: readonly bigint[],
  query: PriorResultsQuery,
  permission: Permission,
  caller: Caller,
): Promise<readonly (FoundText & { readonly time: string })[]> {
  const { rows } = await reader.$client.query({
    name: 'find-reports',
    text: `select ${FOUND_COLUMNS}, coalesce(r.effective_from, '-infinity'::timestamptz)::text as time
             from resources r join resource_versions v on v.person = r.person and v.id = r.id and v.version = r.version
            where r.person = any($1::bigint[]) and r.type = 'DiagnosticReport' and not r.deleted
              and r.status not in ('entered-in-error', 'cancelled')
              and (r.institution = $2 or r.category = any($3::text[]) or (r.category is null and $4))
              and ($5::text is null or r.category = $5)
              and ($6::timestamptz is null or r.effective_from >= $6)
              and ($7::bigint[] is null or r.tokens && $7 or exists (
                    select 1 from resources o where o.person = r.person and o.report = r.id and o.tokens && $7 and not o.deleted))
              and ($8::timestamptz is null or (coalesce(r.effective_from, '-infinity'::timestamptz), r.id) < ($8, $9::bigint))
            order by coalesce(r.effective_from, '-infinity'::timestamptz) desc, r.id desc
            limit $10`,
    values: [
      persons,
      caller.institution,
      permission.categories,
      permission.uncategorised,
      query.kind ?? null,
      query.since ?? null,
      query.codes?.map((it) => tokenAt(pathNumber('code'), it)) ?? null,
      query.after?.time ?? null,
      query.after?.id ?? null,
      query.count + 1,
    ],
  });
  return rows.map((it) => foundText<{ readonly time: string }>(it));
}

/**
 * The Observations and ImagingStudies of the reports, as far as the permission covers them too: a report of one kind may have parts of
 * another. Served by `resources_by_report`; the planner is not left to join in another way, as it would on tables never analyzed.
 */
export async function findParts(
  reader: Reader,
  reports: readonly ResourceKey[],
  permission: Permission,
  caller: Caller,
): Promise<readonly FoundText[]> {
  const { rows } = await reader.$client.query({
    name: 'find-parts',
    text: `select ${FOUND_COLUMNS}
             from unnest($1::bigint[], $2::bigint[]) as k(person, report)
            cross join lateral (
              select person, id, type, version from resources r
               where r.person = k.person and r.report = k.report and not r.deleted and r.type in ('Observation', 'ImagingStudy')
                 and (r.institution = $3 or r.category = any($4::text[]) or (r.category is null and $5)) offset 0) r
            cross join lateral (
              select content from resource_versions v where v.person = r.person and v.id = r.id and v.version = r.version offset 0) v
            order by r.person, r.id`,
    values: [
      reports.map((it) => it.person),
      reports.map((it) => it.id),
      caller.institution,
      permission.categories,
      permission.uncategorised,
    ],
  });
  return rows.map((it) => foundText(it));
}
