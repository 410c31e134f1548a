import { beijingDay } from '../beijing-time.js';
/** The most that a page holds. */
const ENTRIES_AT_ONCE = '100';
const FAULTS_MAX = 20;
/** Every way in which the summary is grouped here. */
const GROUPINGS = [
    ['institution'],
    ['item'],
    ['month'],
    ['district'],
    ['source'],
    ['institution', 'month'],
    ['item', 'district'],
    ['month', 'district', 'source'],
];
/** Reads every entry page by page and adds them up by each grouping; then holds the summaries against the sums. */
export async function compareSavings(auditor) {
    const sums = GROUPINGS.map(() => new Map());
    const total = { amountFen: 0, entries: 0 };
    for (let cursor = ''; cursor !== undefined;) {
        const query = { limit: ENTRIES_AT_ONCE, ...(cursor === '' ? {} : { cursor }) };
        const page = await auditor.read('/v1/savings/entries', query);
        for (const entry of page.entries) {
            total.amountFen += entry.amountFen;
            total.entries += 1;
            for (const [index, by] of GROUPINGS.entries())
                add(sums[index], keyOfEntry(entry, by), entry.amountFen);
        }
        cursor = page.next;
    }
    const faults = [];
    for (const [index, by] of GROUPINGS.entries()) {
        const summary = await auditor.read('/v1/savings/summary', { by: by.join(',') });
        faults.push(...differences(summary, by, total, sums[index]));
    }
    return faults.slice(0, FAULTS_MAX);
}
function differences({ total, groups }, by, read, sums) {
    const words = `by ${by.join(', ')}`;
    const faults = [];
    if (total.amountFen !== read.amountFen)
        faults.push(`${words}: ${total.amountFen} fen in total, the entries come to ${read.amountFen}`);
    const entries = total.savings + total.reversals;
    if (entries !== read.entries)
        faults.push(`${words}: of ${entries} entries, ${read.entries} were listed`);
    const said = new Map(groups.map((it) => [keyOfGroup(it, by), it.amountFen]));
    for (const key of new Set([...said.keys(), ...sums.keys()])) {
        if (said.get(key) === sums.get(key))
            continue;
        faults.push(`${words}: ${key} is ${said.get(key) ?? 'missing'}, its entries come to ${sums.get(key) ?? 'nothing'}`);
    }
    return faults;
}
function add(sums, key, amount) {
    sums.set(key, (sums.get(key) ?? 0) + amount);
}
function keyOfEntry(entry, by) {
    const values = {
        institution: entry.institution.uscc,
        item: entry.item,
        month: beijingDay(new Date(entry.postedAt)).slice(0, 7),
        district: entry.district,
        source: entry.source.uscc,
    };
    return by.map((it) => values[it]).join(' ');
}
function keyOfGroup(group, by) {
    const values = { ...group, institution: group.institution?.uscc, source: group.source?.uscc };
    return by.map((it) => values[it] ?? '').join(' ');
}
