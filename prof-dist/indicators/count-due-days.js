import { transact } from '../database/client.js';
import { DAYS_MAX, firstBatch } from './batch-days.js';
import { postponeDay, takeDueDay, takeDueDays } from './day.queries.js';
import { gatherDays } from './gather-days.js';
import { replaceDays } from './kept-days.queries.js';
/** A day that goes on is not counted more often. */
const REST_MS = 60_000;
/**
 * Counts a batch of the days that are due anew, those that have been due the longest, from their events, and puts the result in the place of what
 * was kept; answers how many were counted, 0 where none is due. A day counted less than a minute ago rests first, unless `restMs` says otherwise.
 *
 * Counting a day twice changes nothing, so what is kept is what a recomputation gives. Any number of processes may do it at once: a day is
 * held while it is counted, and what happens meanwhile makes it due again. Where a batch fails, for whatever reason, its days are counted one by
 * one, up to the first that cannot be counted: that one goes behind the others, and the error is thrown.
 */
export async function countDueDays(db, now, restMs = REST_MS) {
    let taken = [];
    try {
        return await transact(db, async (tx) => {
            taken = await takeDueDays(tx, new Date(now.getTime() - restMs), now, DAYS_MAX);
            taken = await firstBatch(tx, taken);
            await countAnew(tx, taken, now);
            return taken.length;
        });
    }
    catch (error) {
        if (taken.length > 1)
            return await countOneByOne(db, taken, now);
        for (const day of taken)
            await postpone(db, day, now);
        throw error;
    }
}
/** Counts days that are held, whether or not they are due. */
export async function countAnew(tx, days, now) {
    if (days.length === 0)
        return;
    await replaceDays(tx, days, await gatherDays(tx, days), now);
}
/** Counts those of the days that are still due, each by itself, and answers how many; throws the error of the first that cannot be counted. */
async function countOneByOne(db, days, now) {
    let counted = 0;
    for (const day of days)
        counted += await countOne(db, day, now);
    return counted;
}
async function countOne(db, day, now) {
    try {
        return await transact(db, async (tx) => {
            if (!(await takeDueDay(tx, day)))
                return 0;
            await countAnew(tx, [day], now);
            return 1;
        });
    }
    catch (error) {
        await postpone(db, day, now);
        throw error;
    }
}
/**
 * A day may be too much for the database each time, and would hold up all others if it stayed among the first. A database that is away refuses
 * this as well, and what it said first is what is thrown.
 */
async function postpone(db, day, now) {
    await transact(db, (tx) => postponeDay(tx, day, now)).catch(() => undefined);
}
