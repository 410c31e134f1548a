import { has, listOf, partsOf } from './predicate.js';
/**
 * Whether a Coding, CodeableConcept or Quantity has a code of the set (R4, 4.1.6.1, required). A concept needs one coding of it among its
 * codings; one that says by an extension why it has none is let through.
 */
export function isBound(it, codes) {
    if (has(it, 'coding'))
        return partsOf(it['coding']).some((coding) => isMember(coding, codes));
    if (has(it, 'code'))
        return isMember(it, codes);
    return listOf(it['extension']).length > 0;
}
function isMember(coding, codes) {
    return codes.get(String(coding['system']))?.has(String(coding['code'])) ?? false;
}
