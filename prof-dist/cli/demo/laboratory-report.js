import { flagOf } from './analytes.js';
import { BundleDraft, beijingTime, organizationReference } from './bundles.js';
import { SYSTEMS } from './code-systems.js';
import { Decimal } from './json-text.js';
/** The report as a FHIR transaction: patient, order, specimen, one Observation a value, report. `random` gives the entries' names and order. */
export function laboratoryPublication(random, report) {
    const { hospital, panel } = report;
    const draft = new BundleDraft(random);
    const subject = draft.addPatient(report.person, hospital);
    const performer = [draft.addPractitioner(hospital.laboratory), organizationReference(hospital)];
    const code = { coding: [{ system: SYSTEMS.loinc, code: panel.loinc, display: panel.nameEn }], text: panel.nameZh };
    const order = draft.add({
        resourceType: 'ServiceRequest',
        identifier: [{ system: SYSTEMS.order, value: `${report.number}-O` }],
        status: 'completed',
        intent: 'order',
        code,
        subject,
        authoredOn: beijingTime(report.takenAt),
        requester: draft.addPractitioner(hospital.doctor),
    });
    const specimen = draft.add({
        resourceType: 'Specimen',
        identifier: [{ system: SYSTEMS.specimen, value: `${report.number}-S` }],
        status: 'available',
        type: {
            coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v2-0487', code: panel.specimen.code, display: panel.specimen.name }],
            text: panel.specimen.zh,
        },
        subject,
        collection: { collectedDateTime: beijingTime(report.takenAt) },
    });
    const result = report.measurements.map((measurement) => draft.add({
        resourceType: 'Observation',
        identifier: [{ system: `https://${hospital.key}.demo.example/result`, value: `${report.number}-${measurement.analyte.code}` }],
        status: report.status === 'corrected' && !measurement.corrected ? 'final' : report.status,
        category: [{ coding: [{ system: SYSTEMS.observationCategory, code: 'laboratory' }] }],
        ...valueOf(measurement, hospital.key),
        subject,
        effectiveDateTime: beijingTime(report.takenAt),
        issued: beijingTime(report.issuedAt),
        performer,
        method: { text: panel.method },
        specimen,
    }));
    draft.add({
        resourceType: 'DiagnosticReport',
        identifier: [{ use: 'official', system: SYSTEMS.laboratoryReport, value: report.number }],
        basedOn: [order],
        status: report.status,
        category: [
            { coding: [{ system: SYSTEMS.section, code: 'LAB', display: 'Laboratory' }] },
            { coding: [{ system: SYSTEMS.section, code: panel.section.code, display: panel.section.name }] },
        ],
        code,
        subject,
        effectiveDateTime: beijingTime(report.takenAt),
        issued: beijingTime(report.issuedAt),
        performer,
        specimen: [specimen],
        result,
    });
    return draft.publication(report, SYSTEMS.laboratoryReport);
}
function valueOf(measurement, hospital) {
    const { analyte } = measurement;
    const quantity = (digits) => ({
        value: new Decimal(digits),
        unit: analyte.unitPrinted,
        system: SYSTEMS.ucum,
        code: analyte.unit,
    });
    const flag = flagOf(measurement);
    const low = analyte.low.toFixed(analyte.places);
    const high = analyte.high.toFixed(analyte.places);
    return {
        code: {
            coding: [
                { system: SYSTEMS.loinc, code: analyte.loinc, display: analyte.nameEn },
                { system: `https://${hospital}.demo.example/laboratory-item`, code: analyte.code, display: analyte.nameZh },
            ],
            text: analyte.nameZh,
        },
        valueQuantity: quantity(measurement.digits),
        interpretation: [{ coding: [{ system: SYSTEMS.interpretation, code: flag.code, display: flag.name }] }],
        referenceRange: [{ low: quantity(low), high: quantity(high), text: `${low}-${high}` }],
    };
}
