import { MINUTE_MS } from './calendar.rules.js';
/** Steps of one person are at least so far apart, so that no two results are of the same moment. */
const STEP_MS = MINUTE_MS;
/** Goes on to that moment, or to the next one. */
export function nextMoment(life, at = 0) {
    life.now = Math.max(at, life.now + STEP_MS);
    return new Date(life.now);
}
