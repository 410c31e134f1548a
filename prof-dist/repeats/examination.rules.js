import { BEIJING_OFFSET_MS } from '../beijing-time.js';
import { readDate } from '../fhir/date.js';
import { codingsOf, identifiersOf, objectOf, objectsOf, referenceOf, referencesOf, textOf } from '../fhir/element.js';
/** Reports and measurements that were taken back, or never came about (R4 DiagnosticReport.status, Observation.status). */
const TAKEN_BACK = ['entered-in-error', 'cancelled'];
/** Whether the report says that nothing was examined after all. */
export function isTakenBack({ report }) {
    return TAKEN_BACK.includes(String(report['status']));
}
/** Whether it is known so far only that an examination is to come. */
export function isToCome({ report }) {
    return report['status'] === 'registered';
}
/** By which codes (`system|code`) the report says what was examined: first its measurements, then itself where it is a result. */
export function codingsOfExamination({ report, parts, isLaboratory }) {
    const made = parts.filter((it) => ![...TAKEN_BACK, 'registered'].includes(String(it['status'])));
    return { ofParts: [...new Set(made.flatMap(codesOf))], ofReport: isLaboratory ? [] : codesOf(report) };
}
function codesOf(resource) {
    return codingsOf(resource['code']).map((it) => `${textOf(it['system'])}|${textOf(it['code'])}`);
}
/**
 * When it was examined or sampled, as exactly as the report says: of a period its start; without a time of its own that of its earliest
 * measurement, then that of its issue, and at last when it was published.
 */
export function performedOf({ report, parts, recordedAt }) {
    const ofParts = parts.flatMap((it) => effectiveOf(it) ?? []).sort((a, b) => a.from.getTime() - b.from.getTime());
    const issued = textOf(report['issued']);
    return effectiveOf(report) ?? ofParts[0] ?? (issued === undefined ? undefined : rangeOf(issued)) ?? { from: recordedAt, to: recordedAt };
}
function effectiveOf(resource) {
    const period = objectOf(resource['effectivePeriod']);
    const text = textOf(resource['effectiveDateTime']) ?? textOf(resource['effectiveInstant']) ?? (period && textOf(period['start']));
    return text === undefined ? undefined : rangeOf(text);
}
/** A year, month or day without a time is one of Beijing. */
function rangeOf(text) {
    const range = readDate(text);
    if (!range)
        return undefined;
    const shift = text.includes('T') ? 0 : BEIJING_OFFSET_MS;
    return { from: new Date(range.from.getTime() - shift), to: new Date(range.until.getTime() - shift - 1) };
}
/** References by which a report names its order and its visit. */
export function contextOf(report) {
    return [...referencesOf(report['basedOn']), ...referencesOf(report['encounter'])];
}
/**
 * The last moment at which the clinician who ordered could know of something: when it was ordered, where an order of the report says so, else
 * when it was examined. An order that is dated after the examination is none.
 */
export function decidedToExamine(performed, orders) {
    const times = orders.flatMap((it) => readDate(textOf(it['authoredOn']) ?? '')?.from ?? []).map((it) => it.getTime());
    return new Date(Math.min(performed.from.getTime(), ...times));
}
/** The numbers of a visit, as callers give them with a check. */
export function numbersOfVisit(encounter) {
    return identifiersOf(encounter).map((it) => it.value.normalize('NFKC').trim());
}
/** Whom a report, and before it an order, names as the clinician behind the examination: Reference elements, the likeliest first. */
export function cliniciansOf(report, orders) {
    return [
        ...orders.flatMap((it) => objectsOf(it['requester'])),
        ...objectsOf(report['resultsInterpreter']),
        ...objectsOf(report['performer']),
    ];
}
/** What a Reference says of a clinician by itself; `undefined` where it names an institution or nobody. */
export function clinicianByReference(reference) {
    const identifier = objectOf(reference['identifier']);
    const value = identifier && textOf(identifier['value']);
    const type = textOf(reference['type']) ?? referenceOf(reference) ?? '';
    if (value === undefined || !type.startsWith('Practitioner'))
        return undefined;
    return { system: textOf(identifier?.['system']) ?? '', value, name: textOf(reference['display']) ?? null };
}
/** Who a Practitioner is. */
export function clinicianByResource(practitioner) {
    const [identifier] = identifiersOf(practitioner);
    const [name] = objectsOf(practitioner['name']);
    const parts = name ? [textOf(name['family']), ...[name['given']].flat().map((it) => (typeof it === 'string' ? it : undefined))] : [];
    const said = (name && textOf(name['text'])) ?? (parts.filter((it) => it !== undefined).join('') || null);
    if (!identifier && said === null)
        return undefined;
    return { system: identifier?.system ?? null, value: identifier?.value ?? null, name: said };
}
