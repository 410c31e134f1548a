const DAY_MS = 86_400_000;
/** Four eyes: whoever looked does not judge whether it was right. Where nobody was named as having looked, anybody may. */
export function mayReview(looked, reviewer) {
    return looked.practitionerValue !== reviewer.value || (looked.practitionerSystem ?? '') !== reviewer.system;
}
/** Whether a review says again what was said: the same outcome, in the same words, by the same person. */
export function isSameJudgement(one, other) {
    return (one.outcome === other.outcome &&
        one.text === other.text &&
        one.reviewer.system === other.reviewer.system &&
        one.reviewer.value === other.reviewer.value);
}
/** Whole days that an access has been waiting for its review; 0 on the first. */
export function daysWaiting(since, now) {
    return Math.max(0, Math.floor((now.getTime() - since.getTime()) / DAY_MS));
}
