import { isObject } from '../element.ts';
import type { Json, JsonValue } from '../exact-json.ts';

/** Where the object stands that a rule is asked about. */
export interface Place {
  /** The resource it is part of: FHIRPath's `%resource`. */
  readonly resource: Json;
  /** The same, or the one that contains it: `%rootResource`. */
  readonly root: Json;
}

/** Whether an object keeps a rule. Objects are of their type but for what else is found wrong with them. */
export type Predicate = (it: Json, place: Place) => boolean;

/** Predicates by the key of their invariant. */
export interface Predicates {
  readonly [key: string]: Predicate;
}

/** Whether the element is there, be it with nothing but extensions. */
export function has(it: Json, name: string): boolean {
  return it[name] !== undefined || it[`_${name}`] !== undefined;
}

/** The same for an element that may have several types: `value` for `valueQuantity` and its like. */
export function hasChoice(it: Json, name: string): boolean {
  for (const key in it) {
    const at = key.startsWith('_') ? 1 : 0;
    if (key.startsWith(name, at) && /[A-Z]/.test(key.charAt(at + name.length)) && it[key] !== undefined) return true;
  }
  return false;
}

/** The values of an element, whether it may have one or several. */
export function listOf(value: JsonValue | undefined): readonly JsonValue[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? (value as readonly JsonValue[]) : [value as JsonValue];
}

/** The objects of an element. */
export function partsOf(value: JsonValue | undefined): readonly Json[] {
  return listOf(value).filter(isObject);
}

/** Whether a CodeableConcept, or one of several, has the coding. */
export function hasCoding(value: JsonValue | undefined, system: string, codes: readonly string[]): boolean {
  return partsOf(value)
    .flatMap((it) => partsOf(it['coding']))
    .some((it) => it['system'] === system && codes.includes(String(it['code'])));
}

/** Whether no value is there twice. */
export function areDistinct(values: readonly unknown[]): boolean {
  return new Set(values).size === values.length;
}

/** Where the one element is, the other is too. */
export function implied(name: string, other: string): Predicate {
  return (it) => !has(it, name) || has(it, other);
}

/** One of the elements is there, or several. */
export function either(...names: readonly string[]): Predicate {
  return (it) => names.some((name) => has(it, name));
}

/** One of the two elements is there, and not both. */
export function exactlyOne(name: string, other: string): Predicate {
  return (it) => has(it, name) !== has(it, other);
}

/** At most one of the two elements is there. */
export function notBoth(name: string, other: string): Predicate {
  return (it) => !has(it, name) || !has(it, other);
}
