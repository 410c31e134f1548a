import { indexResource } from '../fhir/index-resource.js';
import { findingKeys } from './finding-keys.js';
import { carriedOn, joinLabels, labelsOf } from './label.rules.js';
import { keyText } from './look-up.js';
import { countIndexed, selectIndexed, updateIndex } from './reindex.queries.js';
import { findOfReports } from './resource.queries.js';
/** Rows of one statement, and characters of text held at a time, but for a single resource. */
const BATCH_ROWS = 500;
const BATCH_BYTES = 16 * 1024 * 1024;
/**
 * Makes the index rows of stored resources anew from their texts, in the order of their keys, and says after every batch how far it has come.
 *
 * Safe while gateways run: a row that gets a new version meanwhile has been indexed with it and is left alone.
 */
export async function* reindex(db, type, after, sensitiveCodes) {
    let place = after ?? { person: -1n, id: -1n };
    let done = 0;
    const known = new Map();
    const codesOf = async (institution) => {
        const codes = known.get(institution) ?? (await sensitiveCodes(institution));
        known.set(institution, codes);
        return codes;
    };
    for (;;) {
        const rows = await selectIndexed(db, type, place, BATCH_ROWS, BATCH_BYTES);
        const last = rows.at(-1);
        if (!last)
            return;
        const labels = await labelsAnew(db, rows, codesOf);
        await updateIndex(db, rows.flatMap((it) => (it.content === null ? [] : indexed(it, it.content, labels(it)))));
        done += rows.length;
        place = last;
        yield { done, last };
    }
}
function indexed({ person, id, type, version }, content, labels) {
    const resource = JSON.parse(content);
    const { tokens, ranges, texts, time, status } = indexResource(resource);
    return [
        { person, id, version, tokens, ranges, texts, status, labels, from: time.from, until: time.until, keys: findingKeys(type, resource) },
    ];
}
/** The labels of each row, and those that a report and its parts have of each other, wherever these are in the order of keys. */
async function labelsAnew(db, rows, codesOf) {
    const codes = new Map();
    for (const institution of new Set(rows.map((it) => it.institution)))
        codes.set(institution, await codesOf(institution));
    const own = (row) => row.content === null ? [] : labelsOf(JSON.parse(row.content), codes.get(row.institution) ?? new Map());
    const reportKey = ({ person, report }) => keyText({ person, id: report ?? 0n });
    const reports = new Map(rows.flatMap((it) => (it.report === null ? [] : [[reportKey(it), { person: it.person, id: it.report }]])));
    const stated = new Map();
    const ofAll = new Map();
    for (const member of reports.size > 0 ? await findOfReports(db, [...reports.values()]) : []) {
        const report = reportKey(member);
        if (member.id === member.report)
            stated.set(report, carriedOn(own(member)));
        ofAll.set(report, joinLabels(ofAll.get(report) ?? [], carriedOn(own(member))));
    }
    return (row) => joinLabels(own(row), (row.type === 'Observation' ? stated : ofAll).get(reportKey(row)) ?? []);
}
/** How many resources a renewal has to look at. */
export function resourcesToIndex(db, type) {
    return countIndexed(db, type);
}
