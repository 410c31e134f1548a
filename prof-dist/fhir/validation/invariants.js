import { isObject } from '../element.js';
import { DATA_TYPE_INVARIANTS } from './data-type-invariants.js';
import { DEFINITION_INVARIANTS } from './definition-invariants.js';
import { holdsByExpression } from './fhirpath.js';
import { RESOURCE_INVARIANTS } from './resource-invariants.js';
/** What the walk itself sees to, with more words than an invariant has: contained resources, references, narratives. */
const SEEN_TO = new Set(['ref-1', 'txt-1', 'txt-2']);
const PREDICATES = new Map(Object.entries({ ...DATA_TYPE_INVARIANTS, ...DEFINITION_INVARIANTS, ...RESOURCE_INVARIANTS }));
/**
 * Whether a value keeps an invariant of base R4; `undefined` when nobody here can tell (`ctm-1` asks what a reference leads to). Those that
 * occur with every publication are checked by hand, the others by their FHIRPath.
 */
export function holdsInvariant(invariant, value, type, place) {
    if (SEEN_TO.has(invariant.key))
        return true;
    const predicate = PREDICATES.get(invariant.key);
    if (predicate && isObject(value))
        return predicate(value, place);
    return holdsByExpression(invariant.expression, value, type, place);
}
/** Whether an invariant is checked by hand, which costs next to nothing. */
export function isCheap(key) {
    return PREDICATES.has(key) || SEEN_TO.has(key);
}
