import { ANALYTES } from './analytes.js';
import { PATIENT_NUMBER, patientNumber } from './people.js';
/** Results of the laboratory report that is measured; the Bundle then has some 26.8 kB. */
export const RESULTS = 20;
/** Publishing hospitals of the bench; a person's reports come from one of them. */
export const HOSPITALS = 5;
export const REPORT_NUMBER = 'http://bench.example/report-number';
const FIRST_DAY = Date.UTC(2023, 0, 1);
const DAYS = 1_000;
const DAY_MS = 86_400_000;
/** A laboratory report about a person: `results` Observations and their DiagnosticReport, the patient by conditional reference. */
export function laboratoryReport(number, person, results = RESULTS) {
    const random = randomOf(number);
    const { common, hospital, reportNumber } = frameOf(number, person, random);
    const observations = Array.from({ length: results }, (_, index) => {
        const analyte = ANALYTES[index % ANALYTES.length];
        return entryOf(number, index, 'Observation', {
            resourceType: 'Observation',
            identifier: [{ system: REPORT_NUMBER, value: `${reportNumber}.${index}` }],
            status: 'final',
            category: [coded('http://terminology.hl7.org/CodeSystem/observation-category', 'laboratory', 'Laboratory')],
            ...measured(analyte, random),
            ...common,
        });
    });
    const report = entryOf(number, results, 'DiagnosticReport', {
        resourceType: 'DiagnosticReport',
        identifier: [{ system: REPORT_NUMBER, value: reportNumber }],
        status: 'final',
        category: [coded('http://terminology.hl7.org/CodeSystem/v2-0074', 'LAB', 'Laboratory')],
        code: { ...coded('http://loinc.org', '11502-2', 'Laboratory report'), text: 'Laboratory report' },
        ...common,
        result: observations.map(({ fullUrl }) => ({ reference: fullUrl })),
        conclusion: 'Values as reported; see the observations.',
    });
    return { number, person, hospital, entries: [...observations, report] };
}
/** An imaging report about a person: a DiagnosticReport and its ImagingStudy of 24 slices. */
export function imagingReport(number, person) {
    const { common, hospital, reportNumber } = frameOf(number, person, randomOf(number));
    const uid = `2.25.${10_000_000 + number}`;
    const modality = { system: 'http://dicom.nema.org/resources/ontology/DCM', code: 'CT' };
    const study = entryOf(number, 0, 'ImagingStudy', {
        resourceType: 'ImagingStudy',
        identifier: [{ system: 'urn:dicom:uid', value: `urn:oid:${uid}` }],
        status: 'available',
        subject: common.subject,
        started: common.effectiveDateTime,
        modality: [modality],
        numberOfSeries: 1,
        numberOfInstances: 24,
        series: [{ uid: `${uid}.1`, number: 1, modality, numberOfInstances: 24, bodySite: { display: 'Chest' } }],
    });
    const report = entryOf(number, 1, 'DiagnosticReport', {
        resourceType: 'DiagnosticReport',
        identifier: [{ system: REPORT_NUMBER, value: reportNumber }],
        status: 'final',
        category: [coded('http://terminology.hl7.org/CodeSystem/v2-0074', 'RAD', 'Radiology')],
        code: { ...coded('http://loinc.org', '24627-2', 'CT Chest'), text: 'CT Chest' },
        ...common,
        imagingStudy: [{ reference: study.fullUrl }],
        conclusion: 'No focal opacity, no effusion; heart and great vessels of normal size. Images as stored.',
    });
    return { number, person, hospital, entries: [study, report] };
}
/** The publication as a FHIR transaction, in the text that goes over the wire. */
export function bundleText({ entries }) {
    return JSON.stringify({ resourceType: 'Bundle', type: 'transaction', entry: entries });
}
/** Numbers from 0 to 1 that are the same for the same seed. */
function randomOf(seed) {
    let state = (seed + 1) * 2_654_435_761;
    return () => {
        state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
        return state / 4_294_967_296;
    };
}
/** What every resource of a report says about patient, time and place. */
function frameOf(number, person, random) {
    const hospital = person % HOSPITALS;
    const taken = FIRST_DAY + Math.floor(random() * DAYS) * DAY_MS + Math.floor(random() * DAY_MS);
    const common = {
        subject: { reference: `Patient?identifier=${PATIENT_NUMBER}|${patientNumber(person)}` },
        effectiveDateTime: new Date(taken).toISOString().replace(/\.\d+Z$/, 'Z'),
        issued: new Date(taken + 7_200_000).toISOString(),
        performer: [{ display: `Hospital ${hospital}, central laboratory` }],
    };
    return { common, hospital, reportNumber: `hospital-${String(hospital).padStart(3, '0')}/R${String(number).padStart(9, '0')}` };
}
function entryOf(number, index, type, resource) {
    const [high, low] = [number.toString(16).padStart(8, '0'), index.toString(16).padStart(12, '0')];
    return { fullUrl: `urn:uuid:${high}-5e1f-4c3a-a7d2-${low}`, resource, request: { method: 'POST', url: type } };
}
function measured([code, name, unit, low, high], random) {
    const value = Math.round((low + (high - low) * (random() * 1.3 - 0.15)) * 100) / 100;
    const quantity = (amount) => ({ value: amount, unit, system: 'http://unitsofmeasure.org', code: unit });
    const flag = value < low ? 'L' : value > high ? 'H' : 'N';
    return {
        code: { ...coded('http://loinc.org', code, name), text: name },
        valueQuantity: quantity(value),
        interpretation: [{ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation', code: flag }] }],
        referenceRange: [{ low: quantity(low), high: quantity(high) }],
    };
}
function coded(system, code, display) {
    return { coding: [{ system, code, display }] };
}
