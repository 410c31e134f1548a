/** Reading parsed resources without trusting their form: each answers `undefined` (or nothing) where the element is not what it should be. */
export function isObject(value) {
    return typeof value === 'object' && value !== null && !Array.isArray(value);
}
/** A string that says something. */
export function textOf(value) {
    return typeof value === 'string' && value.trim() !== '' ? value : undefined;
}
export function objectOf(value) {
    return isObject(value) ? value : undefined;
}
/** The objects of an array; a single object counts as one. */
export function objectsOf(value) {
    if (Array.isArray(value))
        return value.filter(isObject);
    return isObject(value) ? [value] : [];
}
/** The codings of a CodeableConcept or of several. */
export function codingsOf(value) {
    const concepts = objectsOf(value);
    const [only] = concepts;
    return only && concepts.length === 1 ? objectsOf(only['coding']) : concepts.flatMap((it) => objectsOf(it['coding']));
}
/** Whether a CodeableConcept (or one of several) has a coding of the system and one of the codes. */
export function hasCode(value, system, codes) {
    return codingsOf(value).some((coding) => coding['system'] === system && codes.includes(String(coding['code'])));
}
export function identifiersOf(resource) {
    const identifiers = [];
    for (const it of objectsOf(resource['identifier'])) {
        const value = textOf(it['value']);
        if (value)
            identifiers.push({ system: textOf(it['system']) ?? '', value });
    }
    return identifiers;
}
/** The literal reference of a Reference element. */
export function referenceOf(value) {
    return isObject(value) ? textOf(value['reference']) : undefined;
}
/** The references of a list of Reference elements. */
export function referencesOf(value) {
    return objectsOf(value).flatMap((it) => referenceOf(it) ?? []);
}
