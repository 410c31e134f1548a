import { Failure } from '../failure.js';
/** Of the places a class may fill, those that order entry has for itself are left out. */
const SHARE = { 'order-entry': 1, publication: 0.75, report: 0.25 };
/**
 * How many requests are worked on at once. What comes beyond waits in line, each class in its own; a line that is full, or too slow, is said to
 * be so: who is told in time can ask elsewhere, or again, and what nobody waits for any more is not done.
 *
 * A place that comes free goes to the class that has the least of its share, so that none of them is held up by another.
 */
export class Admission {
    #limits;
    #inside = { 'order-entry': 0, publication: 0, report: 0 };
    #lines = { 'order-entry': [], publication: [], report: [] };
    constructor(limits) {
        this.#limits = limits;
    }
    /** Requests of a class that are worked on, and that wait. */
    count(work) {
        return { inside: this.#inside[work], waiting: this.#lines[work].length };
    }
    /** Throws `overloaded` where one more could not even wait. */
    refuseWhenFull(work) {
        if (this.#lines[work].length >= this.#limits.waiting)
            throw overloaded();
    }
    /** Resolves when it may be worked on; until `leave` it is. Throws `overloaded` where it has to wait too long, or cannot even wait. */
    async enter(work) {
        const line = this.#lines[work];
        if (line.length === 0 && this.#hasRoom(work)) {
            this.#inside[work] += 1;
            return;
        }
        this.refuseWhenFull(work);
        await new Promise((resolve, reject) => {
            const overdue = setTimeout(() => waiting.giveUp(), this.#limits.waitMs);
            const waiting = {
                enter: () => {
                    clearTimeout(overdue);
                    resolve();
                },
                giveUp: () => {
                    line.splice(line.indexOf(waiting), 1);
                    reject(overloaded());
                },
            };
            line.push(waiting);
        });
    }
    /** It is done; who waits may go on. */
    leave(work) {
        this.#inside[work] -= 1;
        for (let next = this.#next(); next; next = this.#next()) {
            this.#inside[next] += 1;
            this.#lines[next].shift()?.enter();
        }
    }
    /** The class that has the least of its share, of those that wait and may have more. */
    #next() {
        let best;
        for (const work of CLASSES) {
            if (this.#lines[work].length === 0 || !this.#hasRoom(work))
                continue;
            if (!best || this.#inside[work] / SHARE[work] < this.#inside[best] / SHARE[best])
                best = work;
        }
        return best;
    }
    #hasRoom(work) {
        const { atOnce, reportsAtOnce } = this.#limits;
        const inside = this.#inside['order-entry'] + this.#inside.publication + this.#inside.report;
        const most = work === 'report' ? reportsAtOnce : Math.ceil(atOnce * SHARE[work]);
        return inside < atOnce && this.#inside[work] < most;
    }
}
export const CLASSES = ['order-entry', 'publication', 'report'];
function overloaded() {
    return new Failure('overloaded', { en: 'more is asked for than can be done now; ask again', zh: '系统繁忙，请稍后重试' }, { retryAfterSeconds: 1 });
}
