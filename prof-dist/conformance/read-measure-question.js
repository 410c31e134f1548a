import { readDate } from '../fhir/date.js';
import { EVALUATE_MEASURE } from './evaluate-measure-operation.js';
import { invalid, readOperationInput } from './operation-input.js';
/** The kinds of report (R4: individual, subject-list, summary) that are made here, by the words of the operation and of the report. */
const REPORT_TYPES = ['summary', 'population'];
const REPORTER_LENGTH_MAX = 256;
/**
 * Reads a call of `$evaluate-measure`. Throws `parameter-invalid` for a period that is none or ends before it begins and for other kinds of report, and what
 * `readOperationInput` throws.
 */
export function readMeasureQuestion(query, body) {
    const input = readOperationInput(EVALUATE_MEASURE.parameters, query, body);
    const [start, end] = [daysOf(input, 'periodStart'), daysOf(input, 'periodEnd')];
    if (end.until <= start.from)
        throw invalid('periodEnd', 'lies before periodStart', '早于 periodStart');
    const type = input.text('reportType') ?? 'summary';
    if (!REPORT_TYPES.includes(type))
        throw invalid('reportType', 'takes summary or population', '应为 summary 或 population');
    const reporter = input.text('reporter') ?? referenceIn(input);
    if (reporter !== undefined && reporter.length > REPORTER_LENGTH_MAX)
        throw invalid('reporter', 'is too long', '过长');
    const last = new Date(end.until.getTime() - 1);
    return { period: { start: dayOf(start.from), end: dayOf(last), until: dayOf(end.until) }, reporter };
}
function referenceIn(input) {
    const reference = input.object('reporter')?.['reference'];
    return typeof reference === 'string' ? reference : undefined;
}
/** The days that a date covers, as moments of UTC. */
function daysOf(input, name) {
    const text = input.text(name);
    if (text === undefined)
        throw missing(name);
    const range = /^\d{4}(-\d{2}){0,2}$/.test(text) ? readDate(text) : undefined;
    if (range)
        return range;
    throw invalid(name, 'takes a date: a day, a month or a year', '应为日期（年、年月或年月日）');
}
function missing(name) {
    return invalid(name, 'is needed', '不能缺少');
}
function dayOf(moment) {
    return moment.toISOString().slice(0, 10);
}
