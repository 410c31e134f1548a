import { monthOf, monthsAfter } from '../../beijing-time.js';
import { Failure } from '../../failure.js';
/** Every month before this one may be pruned: its last entry is as many whole months old as entries are kept. */
export function prunableBefore(now, retentionMonths) {
    return monthsAfter(monthOf(now), -retentionMonths);
}
/** Throws `rule-violated` where months before this one are to go whose entries have to be kept still. */
export function requireRetained(before, now, retentionMonths) {
    const limit = prunableBefore(now, retentionMonths);
    if (before <= limit)
        return;
    throw new Failure('rule-violated', {
        path: 'before',
        en: `is later than ${limit}: entries are kept for ${retentionMonths} months (ACCESS_LOG_RETENTION_MONTHS; by law no fewer than 6)`,
        zh: `晚于 ${limit}：访问记录须保存 ${retentionMonths} 个月（ACCESS_LOG_RETENTION_MONTHS；依法不少于 6 个月）`,
    });
}
/** Adds a leaf to ranges that are in order, behind all of them. */
export function withLeaf(ranges, leaf) {
    const last = ranges.at(-1);
    if (last && last.to === leaf - 1)
        ranges[ranges.length - 1] = { from: last.from, to: leaf };
    else
        ranges.push({ from: leaf, to: leaf });
}
/** The leaves of both, in order, neighbours joined. */
export function unionOf(one, other) {
    const union = [];
    for (const range of [...one, ...other].toSorted((a, b) => a.from - b.from)) {
        const last = union.at(-1);
        if (last && range.from <= last.to + 1)
            union[union.length - 1] = { from: last.from, to: Math.max(last.to, range.to) };
        else
            union.push(range);
    }
    return union;
}
const MONTH_NAME = 'AccessLogMonth/';
const LEAVES_NAME = 'AuditLogLeaves/';
/** What the entry of a pruning names: the month, and every leaf that has no entry any more, those of earlier prunings among them. */
export function prunedNames(month, leaves) {
    return [`${MONTH_NAME}${month}`, ...leaves.map((it) => `${LEAVES_NAME}${it.from}-${it.to}`)];
}
/** The month that was pruned, by the names in the entry of the pruning; `undefined` where none of them is one. */
export function prunedMonth(names) {
    return names.find((it) => it.startsWith(MONTH_NAME) && /^\d{4}-\d{2}$/.test(it.slice(MONTH_NAME.length)))?.slice(MONTH_NAME.length);
}
/** The leaves without an entry, by the names in the entry of a pruning. */
export function prunedLeaves(names) {
    return names
        .filter((it) => it.startsWith(LEAVES_NAME))
        .map((it) => it.slice(LEAVES_NAME.length).split('-').map(Number))
        .map(([from = 0, to = 0]) => ({ from, to }));
}
