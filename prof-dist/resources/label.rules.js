import { codingsOf, objectsOf, textOf } from '../fhir/element.js';
import { SENSITIVITY_SYSTEM } from './sensitivity.js';
/** Marks of confidentiality (HL7 v3-Confidentiality), from the lowest to the highest: what carries none counts as N, normal. */
export const CONFIDENTIALITIES = ['U', 'L', 'M', 'N', 'R', 'V'];
export const CONFIDENTIALITY_SYSTEM = 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality';
/** Codes that mean other codes as well (v3-ActCode): substance use is use of alcohol and use of opioids. */
const NARROWER = new Map([['ETH', ['ETHUD', 'OPIOIDUD']]]);
export function isConfidentiality(code) {
    return CONFIDENTIALITIES.some((it) => it === code);
}
/** The marks above this one. */
export function marksAbove(mark) {
    return CONFIDENTIALITIES.slice(CONFIDENTIALITIES.indexOf(mark) + 1);
}
/** This mark and those below it. */
export function marksUpTo(mark) {
    return CONFIDENTIALITIES.slice(0, CONFIDENTIALITIES.indexOf(mark) + 1);
}
/** Whether data without a mark, which is normal, is of this confidentiality or below it. */
export function coversUnmarked(mark) {
    return marksUpTo(mark).includes('N');
}
/** Marks that open more than having none does. */
export const BELOW_NORMAL = marksUpTo('M');
/**
 * What the labels of one resource say of another that goes with it (its report, its part, its next version): all but marks below normal, which
 * would open what was never marked so.
 */
export function carriedOn(labels) {
    if (labels.length === 0)
        return NO_LABELS;
    return labels.filter((it) => !BELOW_NORMAL.some((mark) => mark === it));
}
/** These sensitivity codes, and those that they mean as well, in order and each once. */
export function withNarrower(codes) {
    return [...new Set(codes.flatMap((it) => [it, ...(NARROWER.get(it) ?? [])]))].sort();
}
/**
 * The labels of a resource, in order and each once: the marks of confidentiality and the sensitivity codes of `meta.security`, and what the
 * codes of a result, a report or an order say by the catalogue; of what it contains as well, since that comes with it. A sensitivity code that
 * nobody here knows is kept: no permit will name it by mistake.
 */
export function labelsOf(resource, sensitive) {
    const contained = objectsOf(resource['contained']).map((it) => carriedOn(labelsOfOne(it, sensitive)));
    return joinLabels(labelsOfOne(resource, sensitive), ...contained);
}
function labelsOfOne(resource, sensitive) {
    const meta = objectsOf(resource['meta']).flatMap((it) => objectsOf(it['security']));
    const stated = meta.flatMap((it) => {
        const code = textOf(it['code']) ?? '';
        if (it['system'] === CONFIDENTIALITY_SYSTEM)
            return isConfidentiality(code) ? [code] : [];
        // A code of one letter would be taken for a mark of confidentiality; the code system has none.
        return it['system'] === SENSITIVITY_SYSTEM && code.length > 1 ? [code] : [];
    });
    return joinLabels(stated, CODED.includes(String(resource['resourceType'])) ? labelsOfCodes(resource, sensitive) : []);
}
/** The labels of several, in order and each once: a report carries those of its parts. */
export function joinLabels(...labels) {
    if (labels.every((it) => it.length === 0))
        return NO_LABELS;
    return [...new Set(labels.flat())].sort();
}
/** As most resources have it. */
const NO_LABELS = [];
/** Types whose codes say what was examined, or is to be. */
const CODED = ['Observation', 'DiagnosticReport', 'ServiceRequest'];
/** Whether the codes of a resource, or of what it contains, say what was or is to be examined. */
export function saysExamination(resource) {
    return [resource, ...objectsOf(resource['contained'])].some((it) => CODED.includes(String(it['resourceType'])));
}
function labelsOfCodes(resource, sensitive) {
    if (sensitive.size === 0)
        return [];
    const codings = [resource['code'], ...objectsOf(resource['component']).map((it) => it['code'])].flatMap(codingsOf);
    return codings.flatMap((it) => sensitive.get(`${textOf(it['system']) ?? ''}|${textOf(it['code']) ?? ''}`) ?? []);
}
