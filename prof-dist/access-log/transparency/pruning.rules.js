import { monthBegins, monthsAfter } from '../../beijing-time.js';
import { prunedLeaves, prunedMonth } from './retention.rules.js';
/** operationId of what takes a month out of the log. */
const PRUNE = 'pruneAccessLog';
/** What an entry of the log says of a pruning; `undefined` where it is about something else. */
export function readPruning({ id, interaction, outcome, recordedAt, entities }, leaf) {
    if (interaction !== PRUNE || outcome !== 0)
        return undefined;
    const month = prunedMonth(entities);
    if (month === undefined)
        return undefined;
    const monthEnds = monthBegins(monthsAfter(month, 1)).getTime();
    return { leaf, entry: id, at: Date.parse(recordedAt), month, monthEnds, leaves: prunedLeaves(entities) };
}
/** Entries get their places in another order than their moments have by as much as this. */
const DISORDER_MS = 60 * 60 * 1_000;
/** Network logs are kept for six months at least (Cybersecurity Law, article 21): no pruning explains that a younger entry is gone. */
const KEPT_MS = 180 * 24 * 60 * 60 * 1_000;
/**
 * Whether a pruning on record explains that an entry is gone: it names the leaf, it was done when the month had been over for the legal time,
 * and the leaf does not stand behind entries of a later month. A pruning written to cover something up fails one of these.
 */
export function isPruned({ leaf, moment = 0, newestBefore }, prunings) {
    return prunings.some((it) => leaf < it.leaf &&
        it.leaves.some(({ from, to }) => leaf >= from && leaf <= to) &&
        it.at >= it.monthEnds + KEPT_MS &&
        newestBefore < it.monthEnds + DISORDER_MS &&
        moment < it.monthEnds);
}
/** An entry may be committed so much later than the moment it carries. */
const COMMITTED_MS = 60 * 1_000;
/**
 * Whether the entry of a place ought to be in an export, or may have come after it: everything under the auditor's checkpoint ought to, and
 * whatever is older than the export as far as moments or neighbours show it.
 */
export function isInReach({ leaf, moment, newestBefore }, { anchored, last, until }) {
    const settled = until ? until.getTime() - COMMITTED_MS : Number.POSITIVE_INFINITY;
    if (leaf < anchored)
        return true;
    return moment === undefined ? leaf < last && newestBefore < settled : moment < settled;
}
