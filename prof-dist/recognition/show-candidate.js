import { compareUnit } from '../catalogue/units/convert-unit.js';
import { objectOf, textOf } from '../fhir/element.js';
import { parseExactJson } from '../fhir/exact-json.js';
import { measuredUnit } from './read-candidate.js';
import { exactMember, showResult } from './show-result.js';
/** Everything a clinician, and later an auditor, is shown of a result: version, source, times, value, unit, originals, mark. */
export function showCandidate({ candidate, validUntil }, item, institutions) {
    const { performedAt, reportedAt, result } = candidate;
    const performed = isSampled(item) ? 'sampledAt' : 'examinedAt';
    const converted = candidate.unit === 'converted' ? convert(result.text, item) : undefined;
    return {
        ...showReport(candidate, institutions),
        result: result.reference,
        ...(performedAt ? { [performed]: performedAt.toISOString() } : {}),
        ...(reportedAt ? { reportedAt: reportedAt.toISOString() } : {}),
        ...(validUntil ? { validUntil: validUntil.toISOString() } : {}),
        ...measuredOf(candidate),
        ...(converted ? { converted } : {}),
        originals: candidate.originals,
        ...showMark(candidate.mark),
    };
}
/** The report a result belongs to, and who issued it. */
export function showReport({ result: { report }, institution }, institutions) {
    const source = institutions.get(institution);
    return {
        report: report.reference,
        reportVersion: report.version,
        result: report.reference,
        reportStatus: report.status,
        source: { uscc: source?.uscc ?? '', name: source?.name ?? '', level: source?.level ?? null },
        ...(report.studies.length > 0 ? { studies: [...report.studies] } : {}),
    };
}
/** Read once for the answer and once for the record. */
const shown = new WeakMap();
/** What was measured, in the words of the source; nothing for a report that is a result itself. */
export function measuredOf({ result }) {
    if (result.reference === result.report.reference)
        return {};
    const known = shown.get(result);
    if (known)
        return known;
    const measured = showResult(result.text);
    shown.set(result, measured);
    return measured;
}
/** Whether its time is that of a sampling, not of an examination. */
export function isSampled({ kind }) {
    return kind === 'laboratory' || kind === 'pathology';
}
function showMark(mark) {
    if ('reason' in mark)
        return {};
    const { id, mark: label, scope, scheme, score, validUntil } = mark.certificate;
    return { mark: { label, scope: { ...scope }, certificate: id, scheme, score, validUntil: validUntil.toISOString() } };
}
/** The value in the unit of the item, made from the digits of the source; a comparator (`<`) stays. */
function convert(text, { unit }) {
    const document = parseExactJson(text);
    const quantity = objectOf(document.value['valueQuantity']);
    const value = quantity && exactMember(document, quantity, 'value');
    if (value === undefined || unit === null)
        return undefined;
    const comparison = compareUnit({ value, ...measuredUnit(quantity) }, unit);
    if (!comparison.comparable)
        return undefined;
    return { value: `${textOf(quantity['comparator']) ?? ''}${comparison.value}`, unit: comparison.unit };
}
