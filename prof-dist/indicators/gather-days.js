import { findLookUps } from '../access-log/find-look-ups.js';
import { findAskedItems } from '../recognition/find-asked-items.js';
import { countRepeats } from '../repeats/count-repeats.js';
import { findReportSources } from '../reports/find-report-sources.js';
import { decodeId } from '../resources/resource-id.js';
import { periodOf } from './batch-days.js';
import { countDay } from './item-times.rules.js';
/**
 * Counts each of these days from the events themselves: checks, decisions, revocations, look-ups, and what became of its examinations; in their
 * order. Four statements, however many days, whatever happened.
 */
export async function gatherDays(reader, days) {
    if (days.length === 0)
        return [];
    const periods = days.map(periodOf);
    const asked = await findAskedItems(reader, periods);
    const lookUps = await findLookUps(reader, periods);
    const keys = new Map(lookUps.flat().flatMap((it) => it.reports.flatMap((report) => keyOf(report))));
    const sources = await findReportSources(reader, [...keys.values()]);
    const examinations = await countRepeats(reader, periods);
    return days.map(({ institution }, index) => ({
        ...countDay(asked[index] ?? [], (lookUps[index] ?? []).map((it) => sourcedLookUp(it, institution, sources))),
        examinations: examinations[index] ?? [],
    }));
}
function sourcedLookUp(lookUp, institution, sources) {
    const from = lookUp.reports.flatMap((it) => keyOf(it)).flatMap(([id]) => sources.get(id) ?? []);
    return { ...lookUp, item: itemOf(lookUp.query), sources: [...new Set(from)].filter((it) => it !== institution) };
}
function keyOf(report) {
    const id = /^DiagnosticReport\/([^/]+)/.exec(report)?.[1];
    const key = id === undefined ? undefined : decodeId(id);
    return id === undefined || key === undefined ? [] : [[id, key]];
}
/** The item that a look-up asked for: `GET /fhir/Patient/…/$prior-results?item=WBC`. */
function itemOf(query) {
    const parameters = query.slice(query.indexOf('?') + 1);
    return query.includes('?') ? (new URLSearchParams(parameters).get('item') ?? '') : '';
}
