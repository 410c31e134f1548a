import { readMoment } from '../beijing-time.js';
import { compareUnit } from '../catalogue/units/convert-unit.js';
import { readDate } from '../fhir/date.js';
import { objectOf, objectsOf, textOf } from '../fhir/element.js';
/** Reads from a result of the exchange what the rules of recognition ask for, as a result of the item. */
export function readCandidate(result, item, about) {
    const { content, report } = result;
    const isPart = result.reference !== report.reference;
    const at = performedAt(content) ?? performedAt(report.content);
    return {
        result,
        reference: result.reference,
        report: report.reference,
        institution: result.institution,
        level: about.source?.level ?? null,
        alliances: about.source?.alliances ?? [],
        statuses: isPart ? [report.status, textOf(content['status']) ?? 'unknown'] : [report.status],
        // A report that is a result itself (imaging, ECG, pathology) says it with its images and its text.
        hasValue: !isPart || hasValue(content),
        performedAt: at,
        reportedAt: momentOf(textOf(report.content['issued'])),
        mark: about.markOf(at),
        unit: unitOf(content, item),
        originals: originalsOf(result, item, about.retrievable),
        treatedSince: treatedSince(at, about.treatment),
    };
}
/** Observation.value[x], or that of a component, or members that have their own. */
function hasValue(observation) {
    const says = (it) => Object.keys(it).some((name) => /^value[A-Z]/.test(name));
    return says(observation) || objectsOf(observation['component']).some(says) || objectsOf(observation['hasMember']).length > 0;
}
/** effective[x]: of a period its start, since nothing in it is older. */
function performedAt(resource) {
    const period = objectOf(resource['effectivePeriod']);
    return momentOf(textOf(resource['effectiveDateTime']) ?? textOf(resource['effectiveInstant']) ?? (period && textOf(period['start'])));
}
/** The earliest moment a FHIR date can mean; a year, month or day begins in Beijing. */
function momentOf(text) {
    if (text === undefined)
        return undefined;
    return text.includes('T') ? readDate(text)?.from : readMoment(`${text}-01-01`.slice(0, 10));
}
const UCUM = 'http://unitsofmeasure.org';
/** The unit of a quantity: its UCUM code, else its words. */
export function measuredUnit(quantity) {
    const code = quantity['system'] === UCUM ? textOf(quantity['code']) : undefined;
    return { unit: code ?? textOf(quantity['unit']) ?? textOf(quantity['code']), isUcum: code !== undefined };
}
/** Only a quantity of an item that has a unit can be compared. */
function unitOf(observation, item) {
    const quantity = objectOf(observation['valueQuantity']);
    if (!quantity || item.unit === null || quantity['value'] === undefined)
        return 'none';
    const measured = { value: String(quantity['value']), ...measuredUnit(quantity) };
    if (measured.isUcum && measured.unit === item.unit)
        return 'comparable';
    const comparison = compareUnit(measured, item.unit);
    if (!comparison.comparable)
        return 'not-comparable';
    return measured.unit === item.unit ? 'comparable' : 'converted';
}
function originalsOf({ report }, item, retrievable) {
    if (report.studies.some((it) => retrievable.has(it)))
        return 'retrievable';
    const has = item.originalsRequired || item.kind === 'imaging' || item.kind === 'ecg' || report.studies.length > 0;
    return has ? 'missing' : 'not-needed';
}
function treatedSince(performed, { at, isTold }) {
    if (!performed)
        return 'unknown';
    if (at && at > performed)
        return 'yes';
    return isTold ? 'no' : 'unknown';
}
