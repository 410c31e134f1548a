import { type Database, type Transaction, transact } from '../database/client.ts';
import { DAYS_MAX, firstBatch } from './batch-days.ts';
import { type InstitutionDay, postponeDay, takeDueDay, takeDueDays } from './day.queries.ts';
import { gatherDays } from './gather-days.ts';
import { replaceDays } from './kept-days.queries.ts';

/** A day that goes on is not counted more often. */
const REST_MS = 60_000;
/**
 * How much of a process's time goes into counting beside the requests, at most. A day is counted as a whole each time, so that what it costs grows
 * with what happened on it; in a region where that is much the figures are older instead of the answers slower.
 */
export const COUNTING_SHARE = 0.05;

/**
 * Counts a batch of the days that are due anew, those that have been due the longest, from their events, and puts the result in the place of what
 * was kept; answers how many were counted, 0 where none is due. A day counted less than a minute ago rests first, unless `restMs` says otherwise.
 *
 * Counting a day twice changes nothing, so what is kept is what a recomputation gives. Any number of processes may do it at once: a day is
 * held while it is counted, and what happens meanwhile makes it due again. Where a batch fails, for whatever reason, its days are counted one by
 * one, up to the first that cannot be counted: that one goes behind the others, and the error is thrown.
 */
export async function countDueDays(db: Database, now: Date, restMs = REST_MS): Promise<number> {
  let taken: readonly InstitutionDay[] = [];
  try {
    return await transact(db, async (tx) => {
      taken = await takeDueDays(tx, new Date(now.getTime() - restMs), now, DAYS_MAX);
      taken = await firstBatch(tx, taken);
      await countAnew(tx, taken, now);
      return taken.length;
    });
  } catch (error) {
    if (taken.length > 1) return await countOneByOne(db, taken, now);
    for (const day of taken) await postpone(db, day, now);
    throw error;
  }
}

/** Counts days that are held, whether or not they are due. */
export async function countAnew(tx: Transaction, days: readonly InstitutionDay[], now: Date): Promise<void> {
  if (days.length === 0) return;
  await replaceDays(tx, days, await gatherDays(tx, days), now);
}

/** Counts those of the days that are still due, each by itself, and answers how many; throws the error of the first that cannot be counted. */
async function countOneByOne(db: Database, days: readonly InstitutionDay[], now: Date): Promise<number> {
  let counted = 0;
  for (const day of days) counted += await countOne(db, day, now);
  return counted;
}

async function countOne(db: Database, day: InstitutionDay, now: Date): Promise<number> {
  try {
    return await transact(db, async (tx) => {
      if (!(await takeDueDay(tx, day))) return 0;
      await countAnew(tx, [day], now);
      return 1;
    });
  } catch (error) {
    await postpone(db, day, now);
    throw error;
  }
}

/**
 * A day may be too much for the database each time, and would hold up all others if it stayed among the first. A database that is away refuses
 * this as well, and what it said first is what is thrown.
 */
async function postpone(db: Database, day: InstitutionDay, now: Date): Promise<void> {
  await transact(db, (tx) => postponeDay(tx, day, now)).catch(() => undefined);
}
