import { byRank, judgeCandidate } from './candidate.rules.js';
import { inOrder } from './reason.rules.js';
import { answerWith, judgeBeforehand, judgeItem } from './verdict.rules.js';
import { windowOf } from './window.rules.js';
/** Every item and panel of a check, in the order given. The one function that checks, demonstrations and measurements call. */
export function judgeItems(asked, situation) {
    return asked.map((it) => ('members' in it ? judgePanel(it, situation) : judgeItem(it, situation)));
}
/**
 * A panel is answered by its members, from one report or from several: as few reports as possible, the one that answers most members first.
 * All members recognisable: the panel is. Some of them shown: to be read, and which ones are missing is said. None shown: nothing.
 */
export function judgePanel(facts, situation) {
    const { code, item } = facts;
    const closed = item && judgeBeforehand({ code, item, candidates: [] }, situation);
    if (closed)
        return { ...closed, members: [], missing: [] };
    const members = judgeMembers(facts.members, situation);
    const missing = members.filter((it) => it.verdict !== 'recognisable').map((it) => it.code);
    const best = mainOf(members);
    const answer = {
        code,
        item,
        window: item && windowOf(item, situation.rules),
        best,
        others: members.reduce((sum, it) => sum + it.others, 0),
        members,
        missing,
    };
    if (!best) {
        const isClosed = members.every((it) => it.verdict === 'consent-required');
        const isUnknown = members.every((it) => it.verdict === 'unknown-item');
        const reasons = inOrder(new Set(members.flatMap((it) => it.reasons)));
        return { ...answer, verdict: isUnknown ? 'unknown-item' : isClosed ? 'consent-required' : 'none', reasons };
    }
    const reasons = [];
    if (item && item.negative !== null)
        reasons.push('negative-list');
    if (missing.length > 0)
        reasons.push('panel-incomplete');
    return { ...answer, verdict: reasons.length === 0 ? 'recognisable' : 'reference-only', reasons };
}
function judgeMembers(members, situation) {
    const open = new Map(members.flatMap((it) => openMember(it, situation) ?? []).map((it) => [it.code, it]));
    const chosen = chooseReports([...open.values()]);
    return members.map((facts) => {
        const member = open.get(facts.code);
        const judged = chosen.get(facts.code);
        if (!member || !judged)
            return judgeItem(facts, situation);
        const { code, item, shown } = member;
        return answerWith(judged, { code, item, window: windowOf(item, situation.rules), others: shown.length - 1 + (facts.further ?? 0) });
    });
}
function openMember(facts, situation) {
    const { code, item } = facts;
    if (!item || judgeBeforehand(facts, situation))
        return undefined;
    const window = windowOf(item, situation.rules);
    return { code, item, shown: facts.candidates.map((it) => judgeCandidate(it, item, window, situation)).filter((it) => it.isShown) };
}
/**
 * A recognisable result for each member that has one, from as few reports as a simple choice gives: again and again the report that answers
 * most of what is still open; of those the one with the best result.
 */
function chooseReports(members) {
    const chosen = new Map();
    for (;;) {
        const offers = new Map();
        for (const { code, shown } of members) {
            if (chosen.has(code))
                continue;
            for (const judged of shown) {
                if (judged.reasons.length > 0)
                    continue;
                const offer = offers.get(judged.candidate.report) ?? new Map();
                offers.set(judged.candidate.report, offer);
                const other = offer.get(code);
                if (!other || byRank(judged, other) < 0)
                    offer.set(code, judged);
            }
        }
        const best = [...offers.values()].sort((a, b) => b.size - a.size || byRank(bestOf(a), bestOf(b)))[0];
        if (!best)
            return chosen;
        for (const [code, judged] of best)
            chosen.set(code, judged);
    }
}
function bestOf(offer) {
    return [...offer.values()].sort(byRank)[0];
}
/** The result that stands for the panel: of the report that most members are answered by. Of several the first in the order of members. */
function mainOf(members) {
    const answered = new Map();
    const weight = ({ verdict }) => (verdict === 'recognisable' ? members.length + 1 : 1);
    for (const it of members) {
        if (it.best)
            answered.set(it.best.candidate.report, (answered.get(it.best.candidate.report) ?? 0) + weight(it));
    }
    let main;
    for (const { best } of members) {
        if (best && (!main || (answered.get(best.candidate.report) ?? 0) > (answered.get(main.candidate.report) ?? 0)))
            main = best;
    }
    return main;
}
