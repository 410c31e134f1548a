/** What names one patient, or one resource: whoever searches by it finds it through an index. */
const NARROW = new Set(['patient', 'subject', '_id', 'identifier', 'encounter', 'based-on', 'result', 'beneficiary']);
/**
 * Whether a search goes over many patients, so that it may take long: none of its parameters names a patient or a resource. A page that follows
 * goes with the former ones' words, which are sealed, and counts as one of many. `isShared`: of the directory, which is small.
 */
export function isBroadSearch(pairs, isShared) {
    return !isShared && !pairs.some(([name]) => NARROW.has(name.split(/[.:]/)[0] ?? ''));
}
