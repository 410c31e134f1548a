import { BEIJING_OFFSET_MS } from '../beijing-time.js';
import { readDate } from '../fhir/date.js';
import { CONFIDENTIALITIES, isConfidentiality, withNarrower } from '../resources/label.rules.js';
/**
 * The rows a permit is about. Confidentiality is a high-water mark: what it names and all below it. What carries a sensitivity label must have
 * every one of them named; a permit that names such labels alone is about nothing else.
 */
export function rowPermit({ categories, labels, dataPeriod, data }) {
    const [marks, sensitivities] = parted(labels);
    return {
        categories,
        period: periodOf(dataPeriod),
        data: data && data.map(rowData),
        highest: marks.at(-1) ?? null,
        sensitivities: withNarrower(sensitivities),
        onlySensitive: marks.length === 0 && sensitivities.length > 0,
    };
}
/** The rows a denial is about: the confidentiality it names and all above it, and every label it names. */
export function rowDenial({ categories, labels, dataPeriod, data }, except) {
    const [marks, sensitivities] = parted(labels);
    return {
        categories,
        period: periodOf(dataPeriod),
        data: data && data.map(rowData),
        atLeast: marks[0] ?? null,
        sensitivities: withNarrower(sensitivities),
        except,
    };
}
/** The instants of a `dataPeriod`; a date without a time is a day, month or year in Beijing. */
export function periodOf(period) {
    if (!period)
        return null;
    return { from: boundOf(period.start, 'from'), until: boundOf(period.end, 'until') };
}
function boundOf(text, end) {
    const range = text === undefined ? undefined : readDate(text);
    if (text === undefined || !range)
        return null;
    return text.includes('T') ? range[end] : new Date(range[end].getTime() - BEIJING_OFFSET_MS);
}
function rowData({ kind, target, institution }) {
    return { kind, type: target?.type ?? '', id: target?.id ?? '', ...(institution === undefined ? {} : { institution }) };
}
/** Marks of confidentiality from the lowest to the highest, and the sensitivities. */
function parted(labels) {
    return [CONFIDENTIALITIES.filter((it) => labels.includes(it)), labels.filter((it) => !isConfidentiality(it))];
}
