import { BEIJING_OFFSET_MS } from '../beijing-time.js';
import { ITEM_SYSTEM, LOINC_SYSTEM } from '../catalogue/items/find-items.js';
import { USCC_SYSTEM } from '../institutions/uscc.rules.js';
import { ID_CARD_SYSTEM } from '../persons/id-card.rules.js';
import { HOUR_MS, MINUTE_MS } from './calendar.rules.js';
import { rangeOf } from './ranges.js';
const REPORT_SYSTEMS = { laboratory: 'urn:oid:2.16.156.10011.1.33', imaging: 'urn:oid:2.16.156.10011.1.32' };
const SECTION = 'http://terminology.hl7.org/CodeSystem/v2-0074';
const PATIENT_URL = 'urn:uuid:00000000-0000-4000-8000-000000000000';
/** What an institution publishes of one visit, as one transaction: the patient, where it is new there, comes first. */
export function visitBundle(person, patient, reports) {
    const subject = { reference: patient === undefined ? PATIENT_URL : `Patient/${patient}` };
    const known = patient === undefined ? [patientEntry(person)] : [];
    return {
        resourceType: 'Bundle',
        type: 'transaction',
        entry: [...known, ...reports.flatMap((it, index) => entriesOf(it, index, subject))],
    };
}
/** The patient by itself, as a hospital registers it. */
export function registrationBundle(person) {
    return visitBundle(person, undefined, []);
}
function patientEntry({ idCard, name, gender, birthDate }) {
    const resource = {
        resourceType: 'Patient',
        identifier: [{ use: 'official', system: ID_CARD_SYSTEM, value: idCard }],
        name: [{ use: 'official', text: name }],
        gender,
        birthDate,
    };
    return {
        fullUrl: PATIENT_URL,
        resource,
        request: { method: 'POST', url: 'Patient', ifNoneExist: `identifier=${ID_CARD_SYSTEM}|${idCard}` },
    };
}
function entriesOf(facts, index, subject) {
    const urlOf = (part) => `urn:uuid:00000000-0000-4000-8000-${String(index + 1).padStart(4, '0')}${String(part).padStart(8, '0')}`;
    const frame = { subject, effectiveDateTime: beijingTime(facts.takenAt) };
    const parts = facts.kind === 'laboratory' ? measurements(facts, frame) : [study(facts, subject)];
    const entries = parts.map((resource, part) => ({
        fullUrl: urlOf(part),
        resource,
        request: { method: 'POST', url: String(resource.resourceType) },
    }));
    const references = entries.map(({ fullUrl }) => ({ reference: fullUrl }));
    const [first] = facts.items;
    const report = {
        resourceType: 'DiagnosticReport',
        identifier: [{ use: 'official', system: REPORT_SYSTEMS[facts.kind], value: facts.number }],
        status: facts.status,
        category: [{ coding: [{ system: SECTION, code: facts.kind === 'laboratory' ? 'LAB' : 'RAD' }] }],
        code: facts.kind === 'imaging' && first ? codeOf(first) : { text: '检验报告' },
        ...frame,
        issued: beijingTime(facts.issuedAt),
        performer: [organisation(facts.performer)],
        resultsInterpreter: [organisation(facts.interpreter)],
        ...(facts.kind === 'laboratory'
            ? { result: references }
            : { imagingStudy: references, conclusion: (facts.places[0] ?? 0) < 0.7 ? '未见明显异常。' : '可见异常改变，请结合临床。' }),
    };
    return [...entries, { resource: report, request: { method: 'POST', url: 'DiagnosticReport' } }];
}
function measurements({ items, places, status }, frame) {
    return items.map((item, index) => ({
        resourceType: 'Observation',
        status,
        category: [{ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/observation-category', code: 'laboratory' }] }],
        code: codeOf(item),
        ...frame,
        ...valueOf(item, places[index] ?? 0.5),
    }));
}
function valueOf({ code, unit }, place) {
    const range = rangeOf(code);
    if (!range || unit === null)
        return { valueString: place < 0.95 ? '阴性' : '阳性' };
    const [low, high] = range;
    const quantity = (value) => ({ value: Number(value.toPrecision(3)), unit, system: 'http://unitsofmeasure.org', code: unit });
    return {
        valueQuantity: quantity(low + (high - low) * (place * 1.3 - 0.15)),
        referenceRange: [{ low: quantity(low), high: quantity(high) }],
    };
}
function study({ items, takenAt, status, archive, number }, subject) {
    const modality = { system: 'http://dicom.nema.org/resources/ontology/DCM', code: items[0]?.modality ?? 'OT' };
    return {
        resourceType: 'ImagingStudy',
        identifier: [{ system: 'urn:oid:2.16.156.10011.1.24', value: `${number}-A` }],
        status: status === 'entered-in-error' ? status : 'available',
        subject,
        started: beijingTime(takenAt),
        modality: [modality],
        ...(archive === undefined ? {} : { endpoint: [{ reference: archive }] }),
        numberOfSeries: 1,
        numberOfInstances: 24,
    };
}
function codeOf({ code, loinc, nameZh }) {
    return {
        coding: [{ system: ITEM_SYSTEM, code, display: nameZh }, ...(loinc === null ? [] : [{ system: LOINC_SYSTEM, code: loinc }])],
        text: nameZh,
    };
}
function organisation({ uscc, name }) {
    return { identifier: { system: USCC_SYSTEM, value: uscc }, display: name };
}
/** An instant with Beijing's offset, as hospital systems write it. */
function beijingTime(ms) {
    return new Date(ms + BEIJING_OFFSET_MS).toISOString().replace(/\.\d{3}Z$/, '+08:00');
}
/** When a report is issued, and published: after the examination as long as such reports take. */
export function issueOf(kind, takenAt) {
    return takenAt + (kind === 'laboratory' ? HOUR_MS : 30 * MINUTE_MS);
}
