import { byRank, judgeCandidate } from './candidate.rules.js';
import { inOrder } from './reason.rules.js';
import { windowOf } from './window.rules.js';
/**
 * May the examination be spared? Decided from facts and time alone.
 *
 * A prior result is recognisable when it breaks none of the rules of `candidate.rules.ts`, the item is in the edition in force, the
 * patient's consent covers the kind of the item and, where the item is a sensitive one, names that kind of information, and nothing speaks
 * against the patient being the one who is meant.
 *
 * Of several results a recognisable one goes before others, then the newer, then that of the institution of the higher level.
 */
export function judgeItem(facts, situation) {
    const closed = judgeBeforehand(facts, situation);
    if (closed)
        return closed;
    const { code, item, candidates } = facts;
    const window = windowOf(item, situation.rules);
    let best;
    let shown = 0;
    const hiding = new Set();
    for (const candidate of candidates) {
        const judged = judgeCandidate(candidate, item, window, situation);
        if (judged.isShown) {
            shown++;
            if (!best || byRank(judged, best) < 0)
                best = judged;
        }
        else
            for (const reason of judged.reasons)
                hiding.add(reason);
    }
    if (best)
        return answerWith(best, { code, item, window, others: shown - 1 + (facts.further ?? 0) });
    const reasons = hiding.size === 0 ? ['no-result'] : inOrder(hiding);
    return { code, item, verdict: 'none', reasons, window, best: undefined, others: 0 };
}
/**
 * The answers that do not depend on what there is, and must not: an unknown item, no consent, a doubt about who the patient is where the
 * rules refuse then. `undefined`: the results have to be looked at.
 */
export function judgeBeforehand(facts, situation) {
    const { code, item } = facts;
    const nothing = { code, item, best: undefined, others: 0 };
    if (!item)
        return { ...nothing, verdict: 'unknown-item', reasons: ['unknown-item'], window: undefined };
    const { permission, identityDoubt, rules } = situation;
    const missing = [];
    if (!permission.categories.includes(item.kind))
        missing.push('consent-required');
    if (item.sensitivity !== null && !permission.sensitivities.includes(item.sensitivity))
        missing.push('sensitive-not-consented');
    const window = windowOf(item, rules);
    if (missing.length > 0)
        return { ...nothing, verdict: 'consent-required', reasons: missing, window };
    if (identityDoubt && rules.refuseOnIdentityDoubt)
        return { ...nothing, verdict: 'none', reasons: ['identity-doubt'], window };
    return undefined;
}
/** The verdict that a result gives its item. */
export function answerWith({ candidate, reasons, validUntil }, { code, item, window, others }) {
    return {
        code,
        item,
        verdict: reasons.length === 0 ? 'recognisable' : 'reference-only',
        reasons,
        window,
        best: { candidate, reasons, validUntil: validUntil === undefined ? undefined : new Date(validUntil) },
        others,
    };
}
