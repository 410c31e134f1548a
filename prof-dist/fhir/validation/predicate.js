import { isObject } from '../element.js';
/** Whether the element is there, be it with nothing but extensions. */
export function has(it, name) {
    return it[name] !== undefined || it[`_${name}`] !== undefined;
}
/** The same for an element that may have several types: `value` for `valueQuantity` and its like. */
export function hasChoice(it, name) {
    for (const key in it) {
        const at = key.startsWith('_') ? 1 : 0;
        if (key.startsWith(name, at) && /[A-Z]/.test(key.charAt(at + name.length)) && it[key] !== undefined)
            return true;
    }
    return false;
}
/** The values of an element, whether it may have one or several. */
export function listOf(value) {
    if (value === undefined)
        return [];
    return Array.isArray(value) ? value : [value];
}
/** The objects of an element. */
export function partsOf(value) {
    return listOf(value).filter(isObject);
}
/** Whether a CodeableConcept, or one of several, has the coding. */
export function hasCoding(value, system, codes) {
    return partsOf(value)
        .flatMap((it) => partsOf(it['coding']))
        .some((it) => it['system'] === system && codes.includes(String(it['code'])));
}
/** Whether no value is there twice. */
export function areDistinct(values) {
    return new Set(values).size === values.length;
}
/** Where the one element is, the other is too. */
export function implied(name, other) {
    return (it) => !has(it, name) || has(it, other);
}
/** One of the elements is there, or several. */
export function either(...names) {
    return (it) => names.some((name) => has(it, name));
}
/** One of the two elements is there, and not both. */
export function exactlyOne(name, other) {
    return (it) => has(it, name) !== has(it, other);
}
/** At most one of the two elements is there. */
export function notBoth(name, other) {
    return (it) => !has(it, name) || !has(it, other);
}
