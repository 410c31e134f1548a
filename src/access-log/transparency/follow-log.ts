import { type Database, type Transaction, transact } from '../../database/client.ts';
import { mayLieInRow } from '../../database/outage.ts';
import type { AccessRow } from '../access-log.queries.ts';
import { advanceFollower, type FollowedRow, holdFollower, insertFollowerFailure, nextEntries } from './follow.queries.ts';

/** An entry of the access log with its place in the tree. */
export type FollowedEntry = AccessRow & { readonly leaf: bigint };

/**
 * What goes through the access log entry by entry, each once, in the order of the tree: everything that happened in the exchange stands in it,
 * committed together with what happened. That makes the log the outbox of the exchange.
 */
export interface Follower {
  /** For ever: how far it has come is kept under it. */
  readonly name: string;
  /** What it does with the next entries, in the transaction that also keeps how far it has come: both or neither. */
  handle(tx: Transaction, entries: readonly FollowedEntry[], now: Date): Promise<void>;
}

/** Entries handed over at once. */
const BATCH_MAX = 200;

/**
 * Hands the follower its next entries; answers how many leaves it went past, 0 where there are none or another process is at it.
 *
 * An entry that it cannot deal with is tried alone, written down as a failure (`follower_failures`) and left behind; in an outage nothing is
 * left behind, and the next round begins where this one did.
 */
export async function followLog(db: Database, follower: Follower, now: Date, batchMax = BATCH_MAX): Promise<number> {
  let rows: readonly FollowedRow[] = [];
  try {
    return await transact(db, async (tx) => {
      if (!(await holdFollower(tx, follower.name))) return 0;
      const found = await nextEntries(tx, follower.name, batchMax);
      rows = found.rows;
      if (found.seen === 0) return 0;
      if (rows.length > 0) await follower.handle(tx, rows, now);
      await advanceFollower(tx, follower.name, found.next);
      return found.seen;
    });
  } catch (error) {
    if (!mayLieInRow(error)) throw error;
    if (batchMax > 1) return await followLog(db, follower, now, 1);
    const [bad] = rows;
    if (!bad) throw error;
    await transact(db, async (tx) => {
      if (!(await holdFollower(tx, follower.name))) return;
      await insertFollowerFailure(tx, follower.name, bad.leaf, String((error as Error).message).slice(0, 2_000), now);
      await advanceFollower(tx, follower.name, bad.leaf + 1n);
    });
    return 1;
  }
}
