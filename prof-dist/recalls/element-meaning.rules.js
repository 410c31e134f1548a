import { readDate } from '../fhir/date.js';
import { codingsOf, isObject, objectsOf, referenceOf, textOf } from '../fhir/element.js';
/**
 * What elements say, so that two versions can be compared: two that differ in their writing alone mean the same. Each answers a value whose
 * JSON is the same for the same meaning, `undefined` where the element says nothing.
 */
/** Names of objects that never change what is meant: what programs hang on, and how a code is shown. */
const SAYS_NOTHING = new Set(['id', 'extension', 'display', 'userSelected']);
/** Everything that is said, member by member in the order of their names; numbers as numbers, so that 6.10 is 6.1. */
export function meaningOf(value) {
    if (Array.isArray(value)) {
        const said = value.flatMap((it) => meaningOf(it) ?? []);
        return said.length > 0 ? said : undefined;
    }
    if (!isObject(value))
        return typeof value === 'string' ? value.trim() || undefined : (value ?? undefined);
    const members = Object.keys(value)
        .filter((it) => !SAYS_NOTHING.has(it) && !it.startsWith('_'))
        .toSorted()
        .flatMap((it) => {
        const said = meaningOf(value[it]);
        return said === undefined ? [] : [[it, said]];
    });
    return members.length > 0 ? Object.fromEntries(members) : undefined;
}
/** One or several CodeableConcepts: their codes in whatever order; the words count only of one that has no code. */
export function meaningOfConcepts(value) {
    const concepts = objectsOf(value).flatMap((it) => {
        const codes = codesOf(it);
        const words = textOf(it['text'])?.trim();
        if (codes.length > 0)
            return [codes];
        return words === undefined ? [] : [[words]];
    });
    return concepts.length > 0 ? concepts : undefined;
}
function codesOf(concept) {
    return codesAmong(codingsOf(concept));
}
/** Codings by themselves (ImagingStudy.modality). */
export function meaningOfCodings(value) {
    const codes = codesAmong(objectsOf(value));
    return codes.length > 0 ? codes : undefined;
}
function codesAmong(codings) {
    return codings
        .flatMap((it) => {
        const code = textOf(it['code']);
        return code === undefined ? [] : `${textOf(it['system']) ?? ''}|${code}`;
    })
        .toSorted();
}
/** One or several References: what they point at, else what they call it by. */
export function meaningOfReferences(value) {
    const targets = objectsOf(value).flatMap((it) => referenceOf(it) ?? meaningOf(it['identifier']) ?? []);
    return targets.length > 0 ? targets : undefined;
}
/** A dateTime or a Period: the same moment in another offset is the same; a day is not the same as its midnight. */
export function meaningOfTime(value) {
    if (typeof value === 'string') {
        const range = readDate(value);
        return range ? [range.from.getTime(), range.until.getTime()] : value;
    }
    if (!isObject(value))
        return undefined;
    const ends = ['start', 'end'].map((it) => meaningOfTime(value[it]) ?? null);
    return ends.some((it) => it !== null) ? ends : meaningOf(value);
}
/** A value: of a concept its words count beside its codes, since they may be all that a reader has seen. */
export function meaningOfValue(value) {
    if (!isObject(value) || value['coding'] === undefined)
        return typeof value === 'string' && readDate(value) ? meaningOfTime(value) : meaningOf(value);
    return [codesOf(value), textOf(value['text'])?.trim() ?? ''];
}
/** Series of images: which there are, of what and with which images; not where they lie. */
export function meaningOfSeries(value) {
    const series = objectsOf(value).map((it) => [
        textOf(it['uid']) ?? '',
        meaningOfCodings(it['modality']) ?? null,
        meaningOfCodings(it['bodySite']) ?? null,
        meaningOfCodings(it['laterality']) ?? null,
        objectsOf(it['instance'])
            .flatMap((one) => textOf(one['uid']) ?? [])
            .toSorted(),
    ]);
    return series.length > 0 ? series : undefined;
}
/** Documents of a report: what is in them, or where they are found where they are not sent along. */
export function meaningOfForms(value) {
    const forms = objectsOf(value).map((it) => [
        textOf(it['contentType']) ?? '',
        textOf(it['data']) ?? textOf(it['hash']) ?? textOf(it['url']) ?? '',
    ]);
    return forms.length > 0 ? forms : undefined;
}
