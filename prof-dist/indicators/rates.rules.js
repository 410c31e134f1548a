/** The formulas (`definitions.rules.ts`). */
export function ratesOf({ recognised, reminders, lookUps, eligibleRecognised, eligible }) {
    return {
        ofReminders: share(recognised, reminders),
        ofLookUps: share(recognised, lookUps),
        ofEligible: share(eligibleRecognised, eligible),
    };
}
/** `others`: the reasons of the kind "other", by list and code. */
export function concentrationOf(reasons, others) {
    const counts = Object.entries(reasons).toSorted(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
    const refusals = counts.reduce((sum, [, count]) => sum + count, 0);
    const [mostUsed] = counts;
    const ofOther = counts.reduce((sum, [reason, count]) => sum + (others.has(reason) ? count : 0), 0);
    const squares = counts.reduce((sum, [, count]) => sum + count * count, 0);
    return {
        refusals,
        mostUsed: mostUsed?.[0] ?? null,
        mostUsedShare: share(mostUsed?.[1] ?? 0, refusals),
        otherShare: share(ofOther, refusals),
        herfindahl: share(squares, refusals * refusals),
    };
}
/** Part of a whole with four decimals, half of the last one up; `null` of nothing. */
export function share(part, whole) {
    return whole === 0 ? null : Math.round((part / whole) * 10_000) / 10_000;
}
