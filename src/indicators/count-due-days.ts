import { type Database, type Transaction, transact } from '../database/client.ts';
import { type InstitutionDay, postponeDay, replaceDay, takeDueDay } from './day.queries.ts';
import { gatherDay } from './gather-day.ts';

/** A day that goes on is not counted more often. */
const REST_MS = 60_000;

/**
 * Counts one day that is due anew, from its events, and puts the result in the place of what was kept; answers how many were counted, 0 where
 * none is due. A day counted less than a minute ago rests first, unless `restMs` says otherwise.
 *
 * Counting a day twice changes nothing, so what is kept is what a recomputation gives. Any number of processes may do it at once: a day is
 * held while it is counted, and what happens meanwhile makes it due again. A day that cannot be counted, for whatever reason, goes behind
 * the others, and the error is thrown.
 */
export async function countDueDay(db: Database, now: Date, restMs = REST_MS): Promise<number> {
  let taken: InstitutionDay | undefined;
  try {
    return await transact(db, async (tx) => {
      taken = await takeDueDay(tx, new Date(now.getTime() - restMs), now);
      if (!taken) return 0;
      await countAnew(tx, taken, now);
      return 1;
    });
  } catch (error) {
    const day = taken;
    // A day may be too much for the database each time, and would hold up all others if it stayed the first. A database that is away refuses
    // this as well, and what it said first is what is thrown.
    if (day) await transact(db, (tx) => postponeDay(tx, day, now)).catch(() => undefined);
    throw error;
  }
}

/** Counts a day that is held, whether or not it is due. */
export async function countAnew(tx: Transaction, day: InstitutionDay, now: Date): Promise<void> {
  await replaceDay(tx, day, await gatherDay(tx, day), now);
}
