import { NATIONAL_2022 } from '../catalogue/rules/find-rule-set.js';
import { judgeItems } from '../recognition/panel.rules.js';
export const ITEMS = 20;
export const CANDIDATES = 50;
const NOW = new Date('2026-06-01T00:00:00Z');
const HOUR_MS = 3_600_000;
const RECEIVER = 1;
/** A hospital of level 3 under the national rule, with the whole consent. */
const SITUATION = {
    now: NOW,
    rules: NATIONAL_2022,
    receiver: { institution: RECEIVER, level: 3, alliances: [] },
    permission: { categories: ['laboratory', 'imaging', 'ecg', 'pathology'], sensitivities: [] },
    identityDoubt: false,
};
/** A question about twenty items with fifty prior results each; the same number gives the same question. */
export function questionOf(number) {
    return Array.from({ length: ITEMS }, (_, index) => ({
        code: `ITEM-${index}`,
        item: itemOf(index),
        candidates: Array.from({ length: CANDIDATES }, (_unused, place) => candidateOf(number * 7_919 + index * 104_729 + place * 31)),
    }));
}
/** Judges every item of a question; how many results could be shown, so that the work is not for nothing. */
export function judgeQuestion(question) {
    return judgeItems(question, SITUATION).reduce((shown, it) => shown + it.others, 0);
}
/** The least that a judgement does: puts the same results in the order of their time. */
export function sortQuestion(question) {
    return question.reduce((length, { candidates }) => length + candidates.toSorted(byTime).length, 0);
}
const CERTIFICATE = {
    id: 'hr-0',
    institution: 2,
    item: 'ITEM-0',
    scheme: 'Bench',
    scope: { kind: 'nation', code: '' },
    mark: '全国HR',
    score: null,
    validFrom: new Date(0),
    validUntil: NOW,
    withdrawnFrom: null,
};
function byTime(a, b) {
    return (b.performedAt?.getTime() ?? 0) - (a.performedAt?.getTime() ?? 0);
}
function itemOf(index) {
    return {
        code: `ITEM-${index}`,
        kind: index % 4 === 3 ? 'imaging' : 'laboratory',
        nameZh: `项目${index}`,
        nameEn: `Item ${index}`,
        loinc: null,
        unit: null,
        specimenOrBodyPart: null,
        modality: null,
        windowMinutes: [360, 10_080, 43_200, null][index % 4] ?? null,
        windowBasis: index % 5 === 4 ? 'reported' : 'sampled',
        windowWithoutTreatment: false,
        negative: null,
        originalsRequired: false,
        sensitivity: null,
        panels: [],
    };
}
/** Of a dozen institutions and all kinds of status, one in eight its own; an hour to two months old. */
function candidateOf(seed) {
    const performedAt = new Date(NOW.getTime() - (1 + (seed % 1_440)) * HOUR_MS);
    const status = ['final', 'final', 'final', 'corrected', 'final', 'preliminary', 'final', 'entered-in-error'][seed % 8] ?? 'final';
    return {
        reference: `Observation/${seed}`,
        report: `DiagnosticReport/${seed >> 3}`,
        institution: seed % 8 === 4 ? RECEIVER : 2 + (seed % 12),
        level: 1 + (seed % 3),
        alliances: [],
        statuses: [status, status],
        hasValue: seed % 16 !== 2,
        performedAt,
        reportedAt: new Date(performedAt.getTime() + HOUR_MS),
        mark: seed % 5 === 3 ? { reason: 'certificate-lapsed' } : { certificate: CERTIFICATE },
        unit: 'comparable',
        originals: 'not-needed',
        treatedSince: 'unknown',
    };
}
