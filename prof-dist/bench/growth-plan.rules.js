export const CHECK_REPORTS = 95;
export const LOOKUP_REPORTS = 20;
/** One person in so many reports has a history of this kind. */
const CHECK_EVERY = 1_000;
const LOOKUP_EVERY = 200;
/** Originals from which the others of their kind are copied: enough of them to differ, few enough to be published one by one. */
const ORIGINALS_MAX = { check: 10, lookup: 50, single: 100, bare: 2_000 };
/**
 * Who lives in a region of so many reports (from 1,000 on), with twice as many persons: a tenth of the reports is about persons with long
 * histories, a tenth about persons with some, and of each other person there is one or none.
 */
export function populationOf(reports) {
    const check = Math.floor(reports / CHECK_EVERY);
    const lookup = Math.floor(reports / LOOKUP_EVERY);
    const single = reports - check * CHECK_REPORTS - lookup * LOOKUP_REPORTS;
    return { check, lookup, single, bare: 2 * reports - check - lookup - single };
}
/** Who is published one by one, in a region whose smallest size this is. */
export function originalsOf({ check, lookup, single, bare }) {
    return {
        check: Math.min(check, ORIGINALS_MAX.check),
        lookup: Math.min(lookup, ORIGINALS_MAX.lookup),
        single: Math.min(single, ORIGINALS_MAX.single),
        bare: Math.min(bare, ORIGINALS_MAX.bare),
    };
}
