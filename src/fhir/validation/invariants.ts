import type { Invariant } from '../definitions/structures.ts';
import { isObject } from '../element.ts';
import type { JsonValue } from '../exact-json.ts';
import { DATA_TYPE_INVARIANTS } from './data-type-invariants.ts';
import { DEFINITION_INVARIANTS } from './definition-invariants.ts';
import { holdsByExpression } from './fhirpath.ts';
import type { Place, Predicate } from './predicate.ts';
import { RESOURCE_INVARIANTS } from './resource-invariants.ts';

/** What the walk itself sees to, with more words than an invariant has: contained resources, references, narratives. */
const SEEN_TO: ReadonlySet<string> = new Set(['ref-1', 'txt-1', 'txt-2']);

const PREDICATES: ReadonlyMap<string, Predicate> = new Map(
  Object.entries({ ...DATA_TYPE_INVARIANTS, ...DEFINITION_INVARIANTS, ...RESOURCE_INVARIANTS }),
);

/**
 * Whether a value keeps an invariant of base R4; `undefined` when nobody here can tell (`ctm-1` asks what a reference leads to). Those that
 * occur with every publication are checked by hand, the others by their FHIRPath.
 */
export function holdsInvariant(invariant: Invariant, value: JsonValue, type: string, place: Place): boolean | undefined {
  if (SEEN_TO.has(invariant.key)) return true;
  const predicate = PREDICATES.get(invariant.key);
  if (predicate && isObject(value)) return predicate(value, place);
  return holdsByExpression(invariant.expression, value, type, place);
}

/** Whether an invariant is checked by hand, which costs next to nothing. */
export function isCheap(key: string): boolean {
  return PREDICATES.has(key) || SEEN_TO.has(key);
}
