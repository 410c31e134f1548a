import { BundleDraft, beijingTime, organizationReference } from './bundles.js';
import { SYSTEMS } from './code-systems.js';
export const EXAMINATIONS = [
    {
        item: 'CT-CHEST-PLAIN',
        loinc: '24627-2',
        nameZh: '胸部CT平扫',
        nameEn: 'CT chest without contrast',
        modality: 'CT',
        series: 3,
        imagesPerSeries: 62,
        conclusions: ['两肺未见明显异常。', '右肺上叶磨玻璃结节，直径约5 mm，建议年度复查。', '两肺下叶少许条索影，考虑陈旧性改变。'],
    },
    {
        item: 'CT-HEAD-PLAIN',
        loinc: '24725-4',
        nameZh: '头颅CT平扫',
        nameEn: 'CT head without contrast',
        modality: 'CT',
        series: 2,
        imagesPerSeries: 32,
        conclusions: ['颅脑CT平扫未见明显异常。', '双侧基底节区腔隙性梗死灶。'],
    },
    {
        item: 'MR-HEAD-PLAIN',
        loinc: '24590-2',
        nameZh: '头颅MRI平扫',
        nameEn: 'MRI brain without contrast',
        modality: 'MR',
        series: 6,
        imagesPerSeries: 22,
        conclusions: ['头颅MRI平扫未见明显异常。', '双侧额叶少许缺血灶。'],
    },
    {
        item: 'MR-LSPINE-PLAIN',
        nameZh: '腰椎MRI平扫',
        nameEn: 'MRI lumbar spine without contrast',
        modality: 'MR',
        series: 5,
        imagesPerSeries: 15,
        conclusions: ['腰4/5椎间盘膨出，硬膜囊轻度受压。', '腰椎退行性改变。'],
    },
];
/** The examination of a catalogue item; it must be one of those above. */
export function examinationOf(item) {
    const examination = EXAMINATIONS.find((it) => it.item === item);
    if (!examination)
        throw new RangeError(`no hospital of the demo region examines ${item}`);
    return examination;
}
/** A report of the examination with fresh UIDs and one of its conclusions. */
export function inventImaging(random, examination) {
    return {
        examination,
        conclusion: random.pick(examination.conclusions),
        studyUid: inventUid(random),
        seriesUids: Array.from({ length: examination.series }, () => inventUid(random)),
    };
}
function inventUid(random) {
    return `2.25.${BigInt(`0x${random.uuid().replaceAll('-', '')}`)}`;
}
/** The report as a FHIR transaction: patient, order, ImagingStudy with its series, report. `random` gives the entries' names and order. */
export function imagingPublication(random, report) {
    const { hospital, examination } = report;
    const draft = new BundleDraft(random);
    const subject = draft.addPatient(report.person, hospital);
    const radiologist = draft.addPractitioner(hospital.radiology);
    const modality = { system: SYSTEMS.modality, code: examination.modality };
    const code = {
        coding: [
            ...(examination.loinc ? [{ system: SYSTEMS.loinc, code: examination.loinc, display: examination.nameEn }] : []),
            { system: SYSTEMS.item, code: examination.item, display: examination.nameZh },
        ],
        text: examination.nameZh,
    };
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
    const study = draft.add({
        resourceType: 'ImagingStudy',
        identifier: [
            { system: SYSTEMS.dicomUid, value: `urn:oid:${report.studyUid}` },
            { type: { coding: [{ system: SYSTEMS.identifierType, code: 'ACSN' }] }, system: SYSTEMS.order, value: `${report.number}-A` },
        ],
        status: report.status === 'entered-in-error' ? 'entered-in-error' : 'available',
        modality: [modality],
        subject,
        started: beijingTime(report.takenAt),
        basedOn: [order],
        endpoint: [draft.addArchive(hospital)],
        numberOfSeries: report.seriesUids.length,
        numberOfInstances: report.seriesUids.length * examination.imagesPerSeries,
        procedureCode: [code],
        series: report.seriesUids.map((uid, index) => ({
            uid,
            number: index + 1,
            modality,
            numberOfInstances: examination.imagesPerSeries,
        })),
    });
    draft.add({
        resourceType: 'DiagnosticReport',
        identifier: [{ use: 'official', system: SYSTEMS.examinationReport, value: report.number }],
        basedOn: [order],
        status: report.status,
        category: [
            { coding: [{ system: SYSTEMS.section, code: 'RAD', display: 'Radiology' }] },
            { coding: [{ system: SYSTEMS.section, ...SECTIONS[examination.modality] }] },
        ],
        code,
        subject,
        effectiveDateTime: beijingTime(report.takenAt),
        issued: beijingTime(report.issuedAt),
        performer: [radiologist, organizationReference(hospital)],
        resultsInterpreter: [radiologist],
        imagingStudy: [study],
        conclusion: report.conclusion,
    });
    return draft.publication(report, SYSTEMS.examinationReport);
}
/** Sections of the department (HL7 v2-0074). */
const SECTIONS = {
    CT: { code: 'CT', display: 'CAT Scan' },
    MR: { code: 'NMR', display: 'Nuclear Magnetic Resonance' },
};
