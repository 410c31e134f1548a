/**
 * How a local code relates to an item, read from the local code to the item (FHIR R4, ConceptMapEquivalence:
 * http://hl7.org/fhir/R4/valueset-concept-map-equivalence.html): `wider` says that the item is wider than the local code.
 */
export const EQUIVALENCES = [
    'relatedto',
    'equivalent',
    'equal',
    'wider',
    'subsumes',
    'narrower',
    'specializes',
    'inexact',
    'unmatched',
    'disjoint',
];
/**
 * With these a result of the local code is a result of the item: they mean the same, or everything the local code means is an instance of the
 * item (a low-dose chest CT is a chest CT). A local code that is wider than the item may have measured something else; `relatedto` and
 * `inexact` promise nothing.
 */
export const COUNTING = ['equivalent', 'equal', 'wider', 'subsumes'];
/**
 * With these an order of the local code asks for the item: where its results would count, and where the item is a part of what is ordered, as
 * the members of a local panel are.
 */
export const ASKING = [...COUNTING, 'narrower', 'specializes'];
/** These say that the local code does not mean the item, or means none: somebody has looked, so that the code is no gap. */
export const DENYING = ['unmatched', 'disjoint'];
/** With these R4 wants a comment (ConceptMap, invariant cmd-1): what of the one is not in the other. */
export const EXPLAINED = ['narrower', 'inexact'];
