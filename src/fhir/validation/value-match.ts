import { isObject } from '../element.ts';
import type { JsonValue } from '../exact-json.ts';

/** FHIR's equality of values: the same members with the same values, in any order (`fixed[x]`, FHIRPath `=`). */
export function isSame(one: JsonValue | undefined, other: JsonValue | undefined): boolean {
  if (Array.isArray(one) && Array.isArray(other)) {
    return one.length === other.length && one.every((it: JsonValue, at) => isSame(it, (other as readonly JsonValue[])[at]));
  }
  if (!isObject(one) || !isObject(other)) return one === other;
  const names = Object.keys(one);
  return names.length === Object.keys(other).length && names.every((name) => isSame(one[name], other[name]));
}

/** Whether a value has everything a pattern has; it may have more (`pattern[x]`, R4 ElementDefinition). */
export function isLike(value: JsonValue | undefined, pattern: JsonValue): boolean {
  if (Array.isArray(pattern)) {
    const values = Array.isArray(value) ? (value as readonly JsonValue[]) : [];
    return (pattern as readonly JsonValue[]).every((it) => values.some((one) => isLike(one, it)));
  }
  if (!isObject(pattern)) return value === pattern;
  return isObject(value) && Object.entries(pattern).every(([name, it]) => isLike(value[name], it as JsonValue));
}

/** A text that is the same for values that are the same. */
export function keyOf(value: JsonValue | undefined): string {
  if (Array.isArray(value)) return `[${(value as readonly JsonValue[]).map(keyOf).join()}]`;
  if (!isObject(value)) return JSON.stringify(value) ?? '';
  const names = Object.keys(value).sort();
  return `{${names.map((name) => `${JSON.stringify(name)}:${keyOf(value[name])}`).join()}}`;
}
