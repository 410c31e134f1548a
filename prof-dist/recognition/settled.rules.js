import { judgeBeforehand, judgeItem } from './verdict.rules.js';
import { windowOf } from './window.rules.js';
/**
 * How many older results could be shown, where they cannot change the verdict on the item: the best of the newest ones may be recognised and is
 * newer than each of them; or there is none at all. `undefined`: they have to be looked at one by one. It is assumed that nobody recognises results of their own.
 */
export function countSettled(facts, newest, situation) {
    const full = { ...facts, candidates: newest.map((it) => it.candidate) };
    if (judgeBeforehand(full, situation))
        return 0;
    if (newest.length === 0 && !situation.hasOwn)
        return 0;
    const { item } = facts;
    const { verdict, best } = judgeItem(full, situation);
    // Whoever is issued later may have been taken earlier.
    if (!item || !best || verdict !== 'recognisable' || windowOf(item, situation.rules).basis === 'reported')
        return undefined;
    // A result with two codes of the item would be counted twice.
    if (new Set(newest.map((it) => it.candidate.institution)).size < newest.length)
        return undefined;
    const { performedAt } = best.candidate;
    const isOlder = ({ count, doubtful, lastAt, isMixed }) => !isMixed && doubtful === 0 && (count === 0 || (lastAt !== null && performedAt !== undefined && lastAt < performedAt));
    return newest.every((it) => isOlder(it.older)) ? newest.reduce((sum, it) => sum + it.older.count, 0) : undefined;
}
/**
 * The items that the newest results settle, each with the number of older results that could be shown. `asked` has one list for each question: one
 * item, or the members of a panel. A panel is answered from as few reports as possible, so that its members are settled together or not at all: all of
 * them have to be answered by one and the same report, which no other choice could do better.
 */
export function settleItems(asked, situation) {
    const further = new Map();
    const open = new Set();
    for (const facts of asked) {
        const counts = facts.map((it) => countSettled(it, it.newest, situation));
        const isSettled = counts.every((it) => it !== undefined) && (facts.length === 1 || isOfOneReport(facts, situation));
        facts.forEach((it, index) => {
            if (isSettled)
                further.set(it.code, counts[index] ?? 0);
            else
                open.add(it.code);
        });
    }
    for (const code of open)
        further.delete(code);
    return further;
}
function isOfOneReport(facts, situation) {
    const reports = facts.map((it) => {
        const { best } = judgeItem({ ...it, candidates: it.newest.map(({ candidate }) => candidate) }, situation);
        return best?.candidate.report;
    });
    return new Set(reports).size <= 1;
}
