import type { Reader } from '../database/client.ts';
import { pathNumber, tokenAt } from '../fhir/search-hash.ts';
import type { Permission } from '../resources/custody.ts';
import { isPreparable, permittedSql } from '../resources/permission-sql.ts';
import { FOUND_COLUMNS, type FoundText, foundText } from '../resources/resource.queries.ts';
import type { ResourceKey } from '../resources/resource-id.ts';
import type { Bind } from '../resources/visible-sql.ts';
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
  const values: unknown[] = [];
  const bind: Bind = (it) => `$${values.push(it)}`;
  const own = bind(caller.institution);
  const seen = (alias: string): string => `(${alias}.institution = ${own} or ${permittedSql({ alias }, permission, bind)})`;
  const kind = `${bind(query.kind ?? null)}::text`;
  const since = `${bind(query.since ?? null)}::timestamptz`;
  const codes = `${bind(query.codes?.map((it) => tokenAt(pathNumber('code'), it)) ?? null)}::bigint[]`;
  const time = `${bind(query.after?.time ?? null)}::timestamptz`;
  const { rows } = await reader.$client.query({
    ...(isPreparable(permission) ? { name: 'find-reports' } : {}),
    text: `select ${FOUND_COLUMNS}, coalesce(r.effective_from, '-infinity'::timestamptz)::text as time
             from resources r join resource_versions v on v.person = r.person and v.id = r.id and v.version = r.version
            where r.person = any(${bind(persons)}::bigint[]) and r.type = 'DiagnosticReport' and not r.deleted
              and r.status not in ('entered-in-error', 'cancelled')
              and ${seen('r')}
              and (${kind} is null or r.category = ${kind})
              and (${since} is null or r.effective_from >= ${since})
              -- What may not be seen leads to no report either.
              and (${codes} is null or r.tokens && ${codes} or exists (
                    select 1 from resources o where o.person = r.person and o.report = r.id and o.tokens && ${codes} and not o.deleted
                       and ${seen('o')}))
              and (${time} is null or (coalesce(r.effective_from, '-infinity'::timestamptz), r.id) < (${time}, ${bind(query.after?.id ?? null)}::bigint))
            order by coalesce(r.effective_from, '-infinity'::timestamptz) desc, r.id desc
            limit ${bind(query.count + 1)}`,
    values,
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
  const values: unknown[] = [];
  const bind: Bind = (it) => `$${values.push(it)}`;
  const { rows } = await reader.$client.query({
    ...(isPreparable(permission) ? { name: 'find-parts' } : {}),
    text: `select ${FOUND_COLUMNS}
             from unnest(${bind(reports.map((it) => it.person))}::bigint[], ${bind(reports.map((it) => it.id))}::bigint[]) as k(person, report)
            cross join lateral (
              select person, id, type, version from resources r
               where r.person = k.person and r.report = k.report and not r.deleted and r.type in ('Observation', 'ImagingStudy')
                 and (r.institution = ${bind(caller.institution)} or ${permittedSql({ alias: 'r' }, permission, bind)}) offset 0) r
            cross join lateral (
              select content from resource_versions v where v.person = r.person and v.id = r.id and v.version = r.version offset 0) v
            order by r.person, r.id`,
    values,
  });
  return rows.map((it) => foundText(it));
}
