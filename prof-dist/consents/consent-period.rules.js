import { BEIJING_OFFSET_MS } from '../beijing-time.js';
import { readDate } from '../fhir/date.js';
import { objectOf, textOf } from '../fhir/element.js';
/**
 * Reads `provision.period`. A date without a time is a day (month, year) in Beijing: "until 2026-03-01" holds until the last millisecond of
 * that day there. An end written to the second covers that second.
 */
export function readConsentPeriod(period, path, issues) {
    const start = readBound(objectOf(period)?.['start'], 'from', `${path}.start`, issues);
    const end = readBound(objectOf(period)?.['end'], 'until', `${path}.end`, issues);
    if (start && end && end < start) {
        issues.push({ path: `${path}.end`, en: 'lies before the start', zh: '结束时间早于开始时间' });
    }
    return { validFrom: start, validUntil: end };
}
/** What begins before the first year that can be written begins with it. */
const FIRST_MS = Date.parse('0001-01-01T00:00:00Z');
function readBound(value, end, path, issues) {
    if (value === undefined)
        return null;
    const text = textOf(value) ?? '';
    const range = readDate(text);
    if (!range) {
        issues.push({ path, en: 'is not a FHIR dateTime that exists', zh: '不是有效的 FHIR 日期时间' });
        return null;
    }
    const shift = text.includes('T') ? 0 : BEIJING_OFFSET_MS;
    return new Date(Math.max(range[end].getTime() - shift - (end === 'until' ? 1 : 0), FIRST_MS));
}
