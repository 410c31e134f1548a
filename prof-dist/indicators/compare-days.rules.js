/** What differs between what is kept of a day and what its events give, one line each, the first ones; empty: nothing. */
export function differencesOf(kept, found, linesMax = 10) {
    const [before, after] = [kept, found].map((it) => new Map([
        ...it.itemTimes.map((row) => [nameOf(row), JSON.stringify(membersOf(row))]),
        ...it.examinations.map((row) => [`examinations of ${row.item || 'all items'}, ${row.source}`, JSON.stringify(countsOf(row))]),
    ]));
    const names = [...new Set([...(before?.keys() ?? []), ...(after?.keys() ?? [])])];
    const lines = [
        ...(kept.asked === found.asked ? [] : [`items asked for: kept ${kept.asked}, by the events ${found.asked}`]),
        ...names
            .filter((it) => before?.get(it) !== after?.get(it))
            .map((it) => `${it}: kept ${before?.get(it) ?? 'nothing'}, by the events ${after?.get(it) ?? 'nothing'}`),
    ];
    const more = lines.length - linesMax;
    return more <= 0 ? lines : [...lines.slice(0, linesMax), `and ${more} more`];
}
function nameOf({ visit, item, source }) {
    return `visit ${visit}, ${item || 'whatever there is'}, from ${source}`;
}
/** In one order, so that two rows that say the same are the same text. */
function membersOf({ isMain, department, doctor, doctorName, isReminded, isEligible, outcome, reason, decidedMs }) {
    return [isMain, department, doctor, doctorName, isReminded, isEligible, outcome, reason, decidedMs];
}
function countsOf({ examinations, repeats, patients, repeatedPatients }) {
    return [examinations, repeats, patients, repeatedPatients];
}
