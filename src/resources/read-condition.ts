import { Failure } from '../failure.ts';
import { RESOURCE_TYPES } from '../fhir/resource-types.ts';
import type { Condition } from '../fhir/search-condition.ts';
import { readCriteria } from '../fhir/search-query.ts';
import type { Caller } from '../security/caller.ts';
import { requireScope } from '../security/require-scope.ts';
import { typesAskedBy } from './condition-sql.ts';
import { type Criteria, nameOf } from './criteria.ts';
import type { Expand } from './expand-once.ts';

/**
 * What criteria say. Throws `parameter-invalid` and `not-supported`, with the place where they stand, for what is no search, and
 * `scope-insufficient` for a chain through a type that the token does not cover.
 */
export async function readConditionOf(expand: Expand, caller: Caller, criteria: Criteria, base: string, now: Date): Promise<Condition> {
  const condition = await read(criteria, { base, handling: 'strict', isKnownType: (type) => RESOURCE_TYPES.has(type), expand, now });
  for (const type of typesAskedBy(condition)) requireScope(caller, `system/${type}.s`);
  return condition;
}

async function read(criteria: Criteria, context: Parameters<typeof readCriteria>[2]): Promise<Condition> {
  try {
    return await readCriteria(criteria.type, criteria.text, context);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    const said = error.issues.map((it) => ({
      ...it,
      path: criteria.path,
      en: `${nameOf(criteria)}: ${it.en}`,
      zh: `${nameOf(criteria)}：${it.zh}`,
    }));
    throw new Failure(error.code, said);
  }
}
