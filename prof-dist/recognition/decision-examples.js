import { CATEGORIES } from '../resources/category.js';
import { SENSITIVITIES } from '../resources/sensitivity.js';
/** The moment at which every example is judged. */
const NOW = new Date('2026-03-10T04:00:00.000Z');
/** So many minutes before that moment, and seconds on top. */
export const minutesAgo = (minutes, seconds = 0) => new Date(NOW.getTime() - minutes * 60_000 - seconds * 1_000);
export const hoursAgo = (hours, seconds = 0) => minutesAgo(hours * 60, seconds);
export const daysAgo = (days, seconds = 0) => hoursAgo(days * 24, seconds);
/** A blood count item with the window of six hours that a published list names. */
export const LEUKOCYTES = {
    code: 'WBC',
    kind: 'laboratory',
    nameZh: '白细胞计数(WBC)',
    nameEn: 'Leukocytes',
    loinc: '6690-2',
    unit: '10*9/L',
    specimenOrBodyPart: '全血',
    modality: null,
    windowMinutes: 360,
    windowBasis: 'sampled',
    windowWithoutTreatment: false,
    negative: null,
    originalsRequired: false,
    sensitivity: null,
    panels: [],
};
export const HAEMOGLOBIN = { ...LEUKOCYTES, code: 'HGB', nameZh: '血红蛋白(HGB)', nameEn: 'Haemoglobin', loinc: '718-7' };
export const BLOOD_COUNT = {
    ...LEUKOCYTES,
    code: 'CBC',
    nameZh: '血常规',
    nameEn: 'Blood count',
    loinc: '58410-2',
    unit: null,
};
/** An item of the general laboratory that no edition names a window for. */
export const ALT = { ...LEUKOCYTES, code: 'ALT', nameZh: '丙氨酸氨基转移酶(ALT)', nameEn: 'ALT', windowMinutes: null };
export const POTASSIUM = { ...ALT, code: 'K', nameZh: '钾(K)', nameEn: 'Potassium' };
export const CHEST_CT = {
    ...LEUKOCYTES,
    code: 'CT-CHEST-PLAIN',
    kind: 'imaging',
    nameZh: '胸部CT平扫',
    nameEn: 'CT chest without contrast',
    unit: null,
    windowMinutes: null,
    windowBasis: 'examined',
};
export const HIV_ANTIBODY = {
    ...ALT,
    code: 'HIV-AB',
    nameZh: 'HIV抗体',
    nameEn: 'HIV antibody',
    unit: null,
    sensitivity: 'HIV',
};
/** Numbers of the asking hospital and of another one. */
export const ASKING = 1;
const ANOTHER = 2;
const CERTIFICATE = {
    id: 'example',
    institution: ANOTHER,
    item: 'WBC',
    scheme: '全国室间质量评价',
    scope: { kind: 'nation', code: '' },
    mark: '全国HR',
    score: 96,
    validFrom: daysAgo(60),
    validUntil: daysAgo(-300),
    withdrawnFrom: null,
};
/** A final result of a blood sample of an hour ago, from another hospital of the same level, with a valid mark. */
export const RESULT = {
    reference: 'Observation/1',
    report: 'DiagnosticReport/1',
    institution: ANOTHER,
    level: 3,
    alliances: [],
    statuses: ['final', 'final'],
    hasValue: true,
    performedAt: hoursAgo(1),
    reportedAt: minutesAgo(30),
    mark: { certificate: CERTIFICATE },
    unit: 'comparable',
    originals: 'not-needed',
    treatedSince: 'unknown',
};
/** A hospital of level 3, the whole consent, nobody in doubt. */
export function situationOf(rules, more = {}) {
    return {
        now: NOW,
        rules,
        receiver: { institution: ASKING, level: 3, alliances: [] },
        permission: { categories: CATEGORIES, sensitivities: SENSITIVITIES },
        identityDoubt: false,
        ...more,
    };
}
