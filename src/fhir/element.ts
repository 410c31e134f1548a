import type { Json, JsonValue } from './exact-json.ts';

/** Reading parsed resources without trusting their form: each answers `undefined` (or nothing) where the element is not what it should be. */

export function isObject(value: JsonValue | undefined): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A string that says something. */
export function textOf(value: JsonValue | undefined): string | undefined {
  return typeof value === 'string' && value.trim() !== '' ? value : undefined;
}

export function objectOf(value: JsonValue | undefined): Json | undefined {
  return isObject(value) ? value : undefined;
}

/** The objects of an array; a single object counts as one. */
export function objectsOf(value: JsonValue | undefined): readonly Json[] {
  if (Array.isArray(value)) return (value as readonly JsonValue[]).filter(isObject);
  return isObject(value) ? [value] : [];
}

/** The codings of a CodeableConcept or of several. */
export function codingsOf(value: JsonValue | undefined): readonly Json[] {
  const concepts = objectsOf(value);
  const [only] = concepts;
  return only && concepts.length === 1 ? objectsOf(only['coding']) : concepts.flatMap((it) => objectsOf(it['coding']));
}

/** Whether a CodeableConcept (or one of several) has a coding of the system and one of the codes. */
export function hasCode(value: JsonValue | undefined, system: string, codes: readonly string[]): boolean {
  return codingsOf(value).some((coding) => coding['system'] === system && codes.includes(String(coding['code'])));
}

/** A business identifier with both of its halves; `system` may be empty. */
export interface Identifier {
  readonly system: string;
  readonly value: string;
}

export function identifiersOf(resource: Json): readonly Identifier[] {
  const identifiers: Identifier[] = [];
  for (const it of objectsOf(resource['identifier'])) {
    const value = textOf(it['value']);
    if (value) identifiers.push({ system: textOf(it['system']) ?? '', value });
  }
  return identifiers;
}

/** The literal reference of a Reference element. */
export function referenceOf(value: JsonValue | undefined): string | undefined {
  return isObject(value) ? textOf(value['reference']) : undefined;
}

/** The references of a list of Reference elements. */
export function referencesOf(value: JsonValue | undefined): readonly string[] {
  return objectsOf(value).flatMap((it) => referenceOf(it) ?? []);
}
