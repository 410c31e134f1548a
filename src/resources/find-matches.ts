import type { Reader } from '../database/client.ts';
import type { Caller } from '../security/caller.ts';
import type { Permission } from './custody.ts';
import { hashToken } from './hash.ts';
import { FOUND_COLUMNS, type FoundText, foundText } from './resource.queries.ts';
import { decodeId, FIRST_PERSON } from './resource-id.ts';
import type { SearchQuery, TimeBound } from './search-query.ts';
import { KEPT_TYPES, SHARED_TYPES } from './shared-types.ts';

/** Where a page ended: the last row's time and key. */
export interface Cursor {
  readonly time: string;
  readonly person: string;
  readonly id: string;
}

/**
 * One page of matches, newest first (or oldest first), one row more than asked for where there are more.
 *
 * Institution and consent are conditions of the statement itself, before its limit: own resources, the shared directory, and, for the
 * persons given, what the permission covers. Served by `resources_by_person_and_time` where persons are given, else by
 * `resources_by_institution`.
 */
export async function findMatches(
  reader: Reader,
  caller: Caller,
  type: string,
  query: SearchQuery,
  persons: readonly bigint[] | undefined,
  permission: Permission,
  after: Cursor | undefined,
): Promise<readonly (FoundText & { readonly time: string })[]> {
  const values: unknown[] = [];
  const value = (it: unknown): string => `$${values.push(it)}`;
  const shared = SHARED_TYPES.includes(type);
  const order = query.descending ? 'desc' : 'asc';
  // Rows without a clinical time stand where the time they were recorded puts them.
  const time = `coalesce(r.effective_from, '-infinity'::timestamptz)`;

  const conditions = [`r.type = ${value(type)}`, 'not r.deleted'];
  if (persons) {
    conditions.push(`r.person = any(${value(persons)}::bigint[])`);
    const visible = [`r.institution = ${value(caller.institution)}`];
    if (!KEPT_TYPES.includes(type)) visible.push(`r.category = any(${value(permission.categories)}::text[])`);
    if (!KEPT_TYPES.includes(type) && permission.uncategorised) visible.push('r.category is null');
    if (type === 'Patient' && permission.basis !== 'none') visible.push('true');
    conditions.push(`(${visible.join(' or ')})`);
  } else if (!shared) conditions.push(`r.institution = ${value(caller.institution)}`);
  else conditions.push(`(r.institution = ${value(caller.institution)} or r.person < ${value(FIRST_PERSON)})`);
  for (const alternatives of query.tokens) conditions.push(`r.tokens && ${value(alternatives.map(hashToken))}::bigint[]`);
  if (query.ids) {
    const keys = query.ids.flatMap((it) => decodeId(it) ?? []);
    conditions.push(
      `(r.person, r.id) in (select * from unnest(${value(keys.map((it) => it.person))}::bigint[], ${value(keys.map((it) => it.id))}::bigint[]))`,
    );
  }
  for (const bound of query.times) conditions.push(timeCondition(bound, value));
  if (after) {
    const sign = query.descending ? '<' : '>';
    conditions.push(
      `(${time}, r.person, r.id) ${sign} (${value(after.time)}::timestamptz, ${value(after.person)}::bigint, ${value(after.id)}::bigint)`,
    );
  }

  const { rows } = await reader.$client.query({
    text: `select ${FOUND_COLUMNS}, ${time}::text as time
             from resources r join resource_versions v on v.person = r.person and v.id = r.id and v.version = r.version
            where ${conditions.join('\n              and ')}
            order by ${time} ${order}, r.person ${order}, r.id ${order}
            limit ${value(query.count + 1)}`,
    values,
  });
  return rows.map((it) => foundText<{ readonly time: string }>(it));
}

/**
 * A bound on the clinical time (R4, 3.1.1.4.5): `eq` asks that the search range holds all of the resource's time, the others that some of it
 * lies before or after. A period without an end goes on for ever, one without a start always was; without either there is no time.
 */
function timeCondition({ kind, from, until }: TimeBound, value: (it: unknown) => string): string {
  const at = (date: Date): string => `${value(date)}::timestamptz`;
  const before = (date: Date): string => `(r.effective_from < ${at(date)} or (r.effective_from is null and r.effective_until is not null))`;
  const after = (date: Date): string => `(r.effective_until > ${at(date)} or (r.effective_until is null and r.effective_from is not null))`;
  switch (kind) {
    case 'eq':
      return `r.effective_from >= ${at(from)} and r.effective_until <= ${at(until)}`;
    case 'lt':
      return before(from);
    case 'le':
      return before(until);
    case 'gt':
      return after(until);
    case 'ge':
      return after(from);
  }
}
