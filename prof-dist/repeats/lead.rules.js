export const LEAD_STATES = ['open', 'in-review', 'closed'];
/** What a reviewer closes a lead with: there was a good reason, there was none, or the data were wrong. */
export const REVIEW_OUTCOMES = ['justified', 'unjustified', 'data-error'];
/**
 * How a lead ends: as a reviewer says, or by facts that reached the exchange later: a lawful reason (`explained`), a recognition (`repeated`), the
 * report taken back (`withdrawn`), or corrected so that nothing was recognisable then (`unfounded`).
 */
export const LEAD_OUTCOMES = [...REVIEW_OUTCOMES, 'explained', 'repeated', 'withdrawn', 'unfounded'];
export const LEAD_EVENTS = ['opened', 'taken', 'closed', 'reopened'];
/**
 * What a finding means for its lead (`undefined`: there is none yet). A lead that a reviewer closed stays closed whatever is found later; one that the exchange
 * closed opens again when its ground is gone.
 */
export function settle(outcome, lead) {
    if (outcome === 'unexplained') {
        if (!lead)
            return { kind: 'opened' };
        return lead.state === 'closed' && !isOfReviewer(lead.outcome) ? { kind: 'reopened' } : undefined;
    }
    if (!lead || isOfReviewer(lead.outcome))
        return undefined;
    const ended = outcome === 'nothing' ? 'unfounded' : outcome;
    return lead.state === 'closed' && lead.outcome === ended ? undefined : { kind: 'closed', outcome: ended };
}
function isOfReviewer(outcome) {
    return REVIEW_OUTCOMES.some((it) => it === outcome);
}
/** Whether a reviewer may take a lead into review: an open one; the one who has it has it already. */
export function takes({ state, reviewer }, who) {
    if (state === 'open')
        return 'done';
    return state === 'in-review' && isSame(reviewer, who) ? 'same' : 'refused';
}
/** Whether a reviewer may close a lead: one that nobody or he himself has in review. The same outcome and text by the same reviewer again is the same. */
export function closes(lead, who, said) {
    if (lead.state === 'open')
        return 'done';
    if (!isSame(lead.reviewer, who))
        return 'refused';
    if (lead.state === 'in-review')
        return 'done';
    return lead.outcome === said.outcome && lead.text === said.text ? 'same' : 'refused';
}
/** Nobody judges an examination of their own. */
export function isOwn(doctor, who) {
    return doctor.value === who.value && doctor.system === who.system;
}
function isSame(a, b) {
    return a !== null && a.system === b.system && a.value === b.value;
}
