import { countAccesses } from '../access-log/count-accesses.js';
import { beijingDayBounds } from '../beijing-time.js';
/** Days that are counted or compared at once: a dozen statements for all of them, and nobody who marks one waits long. */
export const DAYS_MAX = 50;
/** Accesses of the days that are counted at once: what happens is an access each time, so the rows of many quiet days are as many as of a busy one. */
const ACCESSES_MAX = 5_000;
/**
 * As many of the first of these days as are dealt with at once, one at least: no more than `DAYS_MAX`, and fewer where much happened on them. One
 * statement.
 */
export async function firstBatch(reader, days) {
    const first = days.slice(0, DAYS_MAX);
    if (first.length <= 1)
        return first;
    let left = ACCESSES_MAX;
    const sizes = await countAccesses(reader, first.map(periodOf), ACCESSES_MAX);
    const tooMany = sizes.findIndex((accesses, index) => {
        left -= accesses;
        return left < 0 && index > 0;
    });
    return tooMany < 0 ? first : first.slice(0, tooMany);
}
/** From midnight to midnight, in Beijing. */
export function periodOf({ institution, day }) {
    return { institution, ...beijingDayBounds(day) };
}
