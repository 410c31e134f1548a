import type { Transaction } from '../database/client.ts';
import { Failure } from '../failure.ts';
import type { Condition } from '../fhir/search-condition.ts';
import type { Caller } from '../security/caller.ts';
import { type Criteria, nameOf } from './criteria.ts';
import type { Custody } from './custody.ts';
import { expandOnce } from './expand-once.ts';
import { findByCondition } from './find-by-condition.ts';
import { hashIdentifier } from './hash.ts';
import { readConditionOf } from './read-condition.ts';
import { findByIdentifiers, findResources, type ResourceRow, type ResourceText } from './resource.queries.ts';
import type { ResourceKey } from './resource-id.ts';

/** Whose resources criteria may meet: those of the caller's institution, or also the shared directory. */
export type CriteriaReach = 'own' | 'own-and-shared';

/** What a request asks the store for, before anything of it is stored. */
export interface Questions {
  readonly criteria: readonly { readonly criteria: Criteria; readonly reach: CriteriaReach }[];
  readonly keys: readonly ResourceKey[];
}

/** What the store answered. */
export interface Answers {
  readonly byKey: ReadonlyMap<string, ResourceText>;
  /** What criteria met: the institution's own, or else the one of the shared directory. */
  meeting(criteria: Criteria, reach: CriteriaReach): readonly ResourceRow[];
  /** What criteria say, for those that are more than an identifier. */
  conditionOf(criteria: Criteria): Condition | undefined;
}

/** A key as a map key. */
export const keyText = (key: ResourceKey): string => `${key.person}/${key.id}`;

/** So many different searches, each a statement of its own, may one request be conditional on; identifiers are not among them. */
const SEARCHES_MAX = 100;
/** One, several, or many: more is not told. */
const MATCHES_MAX = 6;

/**
 * Asks the store everything at once: all identifiers in one statement, all keys in another, every other search in one of its own. Throws
 * `parameter-invalid` and `not-supported` for criteria that are no search, and `too-large` for too many of them.
 */
export async function lookUp(
  tx: Transaction,
  custody: Custody,
  caller: Caller,
  questions: Questions,
  base: string,
  now: Date,
): Promise<Answers> {
  const identifiers = new Set<string>();
  const searches = new Map<string, Questions['criteria'][number]>();
  for (const question of questions.criteria) {
    const { criteria, reach } = question;
    if (criteria.identifier) identifiers.add(hashIdentifier(criteria.type, criteria.identifier));
    else searches.set(`${reach} ${nameOf(criteria)}`, question);
  }
  if (searches.size > SEARCHES_MAX) {
    throw new Failure('too-large', {
      en: `a request may be conditional on ${SEARCHES_MAX} different searches; identifier=system|value is not counted`,
      zh: `单个请求最多可使用 ${SEARCHES_MAX} 个不同的检索条件（identifier=system|value 不计入）`,
    });
  }
  const hits = identifiers.size > 0 ? await findByIdentifiers(tx, caller.institution, [...identifiers]) : [];
  const rows = questions.keys.length > 0 ? await findResources(tx, questions.keys) : [];
  const expand = expandOnce(tx, custody, caller);
  const conditions = new Map<string, Condition>();
  const met = new Map<string, readonly ResourceRow[]>();
  for (const [name, { criteria, reach }] of searches) {
    const condition = conditions.get(nameOf(criteria)) ?? (await readConditionOf(expand, caller, criteria, base, now));
    conditions.set(nameOf(criteria), condition);
    met.set(name, await findByCondition(tx, caller, criteria.type, condition, reach, MATCHES_MAX));
  }

  const byKey = new Map(rows.map((it) => [keyText(it), it]));
  const byIdentifier = new Map<string, ResourceRow[]>();
  for (const hit of hits) {
    const list = byIdentifier.get(hit.key);
    if (list) list.push(hit);
    else byIdentifier.set(hit.key, [hit]);
  }
  const meeting = (criteria: Criteria, reach: CriteriaReach): readonly ResourceRow[] => {
    const found = criteria.identifier
      ? (byIdentifier.get(hashIdentifier(criteria.type, criteria.identifier)) ?? [])
      : (met.get(`${reach} ${nameOf(criteria)}`) ?? []);
    const own = found.filter((it) => it.institution === caller.institution);
    if (own.length > 0 || reach === 'own') return own;
    // Several hospitals may know a doctor: an institution's own entry of the directory goes before others', and of those the one that has
    // been there the longest; else anybody could make everybody's references ambiguous by another entry. A search that is no identifier
    // says less, so that several stay several.
    return criteria.identifier ? found.slice(0, 1) : found;
  };
  // What is to be changed is met without its text.
  const changed = questions.criteria.flatMap(({ criteria, reach }) => (reach === 'own' ? meeting(criteria, reach) : []));
  const missing = changed.filter((it) => !byKey.has(keyText(it)));
  if (missing.length > 0) for (const row of await findResources(tx, missing)) byKey.set(keyText(row), row);
  return { byKey, meeting, conditionOf: (criteria) => conditions.get(nameOf(criteria)) };
}
