/** What the entry of a decision on a person's consent is called: no door, but what some of them ask. */
export const DECIDE_CONSENT = 'decideConsent';
/** What a decision rests on where no consent is on file: nothing is seen but in an emergency (IHE PCF, implicit policies). */
export const IMPLICIT_POLICY = 'https://profiles.ihe.net/ITI/PCF/Policy-break-glass-only';
const QUERY_LENGTH_MAX = 8_000;
/**
 * A text that the log can hold whatever a caller sent: PostgreSQL takes neither NUL nor half a surrogate pair, and an entry that cannot be
 * written would cost the caller the answer. What is replaced shows as U+FFFD.
 */
export function loggable(text, lengthMax = QUERY_LENGTH_MAX) {
    const shortened = text.length > lengthMax ? `${text.slice(0, lengthMax)}…` : text;
    return shortened.replace(/\0|\p{Cs}/gu, '\uFFFD');
}
const ACTIONS = [
    [/^(read|show)/, 'R'],
    [/^(create|record|register|process|decide)/, 'C'],
    [/^(update|patch|set|withdraw|revoke|cite|acknowledge)/, 'U'],
    [/^(delete|remove)/, 'D'],
];
/** What a request that was not served would have done, by the verb its door is named after. */
export function actionOf(interaction) {
    return ACTIONS.find(([verbs]) => verbs.test(interaction))?.[1] ?? 'E';
}
/** Whether a look at data is to be gone over afterwards: every one that was made under an emergency purpose. */
export function isReviewDue(action, emergency) {
    return emergency && (action === 'R' || action === 'E');
}
