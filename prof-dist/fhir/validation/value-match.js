import { isObject } from '../element.js';
/** FHIR's equality of values: the same members with the same values, in any order (`fixed[x]`, FHIRPath `=`). */
export function isSame(one, other) {
    if (Array.isArray(one) && Array.isArray(other)) {
        return one.length === other.length && one.every((it, at) => isSame(it, other[at]));
    }
    if (!isObject(one) || !isObject(other))
        return one === other;
    const names = Object.keys(one);
    return names.length === Object.keys(other).length && names.every((name) => isSame(one[name], other[name]));
}
/** Whether a value has everything a pattern has; it may have more (`pattern[x]`, R4 ElementDefinition). */
export function isLike(value, pattern) {
    if (Array.isArray(pattern)) {
        const values = Array.isArray(value) ? value : [];
        return pattern.every((it) => values.some((one) => isLike(one, it)));
    }
    if (!isObject(pattern))
        return value === pattern;
    return isObject(value) && Object.entries(pattern).every(([name, it]) => isLike(value[name], it));
}
/** A text that is the same for values that are the same. */
export function keyOf(value) {
    if (Array.isArray(value))
        return `[${value.map(keyOf).join()}]`;
    if (!isObject(value))
        return JSON.stringify(value) ?? '';
    const names = Object.keys(value).sort();
    return `{${names.map((name) => `${JSON.stringify(name)}:${keyOf(value[name])}`).join()}}`;
}
