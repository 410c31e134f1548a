/**
 * Why an item is not recognisable; a recognisable item has no reason. In the order in which they are given.
 *
 * What each of them says, where it comes from and what would have to change: `reason-texts.ts`.
 */
export const REASON_CODES = [
    'unknown-item',
    'consent-required',
    'sensitive-not-consented',
    'identity-doubt',
    'no-result',
    'own-hospital',
    'withdrawn',
    'no-value',
    'not-final',
    'time-unknown',
    'stale',
    'intervention-since',
    'no-hr-mark',
    'scope-mismatch',
    'certificate-lapsed',
    'level-rule',
    'negative-list',
    'unit-not-comparable',
    'originals-missing',
    'panel-incomplete',
];
/** Each reason once, in their order. */
export function inOrder(reasons) {
    return REASON_CODES.filter((it) => reasons.has(it));
}
