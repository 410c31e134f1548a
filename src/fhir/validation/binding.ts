import type { Json } from '../exact-json.ts';
import { has, listOf, partsOf } from './predicate.ts';

/** The codes of a value set, by system. */
type Codes = ReadonlyMap<string, ReadonlySet<string>>;

/**
 * Whether a Coding, CodeableConcept or Quantity has a code of the set (R4, 4.1.6.1, required). A concept needs one coding of it among its
 * codings; one that says by an extension why it has none is let through.
 */
export function isBound(it: Json, codes: Codes): boolean {
  if (has(it, 'coding')) return partsOf(it['coding']).some((coding) => isMember(coding, codes));
  if (has(it, 'code')) return isMember(it, codes);
  return listOf(it['extension']).length > 0;
}

function isMember(coding: Json, codes: Codes): boolean {
  return codes.get(String(coding['system']))?.has(String(coding['code'])) ?? false;
}
