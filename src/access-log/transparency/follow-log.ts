import { type Database, type Transaction, transact } from '../../database/client.ts';
import { causeOf, databaseFailure } from '../../database/outage.ts';
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
  /** What it goes past without being handed it; everything is handed over unless given. */
  readonly wants?: WantedEntries;
  /** What it does with the next entries, in the transaction that also keeps how far it has come: both or neither. */
  handle(tx: Transaction, entries: readonly FollowedEntry[], now: Date): Promise<void>;
}

/** Entries a follower has a use for; those that fulfil every one of the conditions given. */
export interface WantedEntries {
  /** C, R, U, D or E. */
  readonly actions?: readonly string[];
  readonly interactions?: readonly string[];
}

/** Entries handed over at once. */
export const FOLLOW_BATCH = 200;

/** How often an entry that cannot be dealt with is tried before it is left behind. */
const ATTEMPTS_MAX = 3;

/** Told of every attempt that failed with an entry handed over alone; `isLeft` when it was the last one. */
export type FollowerFailed = (
  failure: { readonly follower: string; readonly leaf: bigint; readonly isLeft: boolean },
  error: unknown,
) => void;

/**
 * Hands the follower its next entries; answers how many leaves it went past, 0 where there are none or another process is at it.
 *
 * An entry that it cannot deal with is tried alone, and three times; then it is written down as a failure (`follower_failures`), told to `failed`
 * and left behind, so that the others go on (`retryLeftBehind` comes back to it). While the database is away nothing is left behind, and the next round begins where this one did.
 */
export async function followLog(
  db: Database,
  follower: Follower,
  now: Date,
  failed: FollowerFailed = () => undefined,
  batchMax = FOLLOW_BATCH,
): Promise<number> {
  let rows: readonly FollowedRow[] = [];
  try {
    return await transact(db, async (tx) => {
      if (!(await holdFollower(tx, follower.name))) return 0;
      const found = await nextEntries(tx, follower, batchMax);
      rows = found.rows;
      if (found.seen === 0) return 0;
      if (rows.length > 0) await follower.handle(tx, rows, now);
      await advanceFollower(tx, follower.name, found.next);
      return found.seen;
    });
  } catch (error) {
    // What takes too long, or is too much, may do so with a single entry of the batch alone.
    if (isElsewhere(error)) throw error;
    if (batchMax > 1) return await followLog(db, follower, now, failed, 1);
    const [bad] = rows;
    if (!bad) throw error;
    const isLeft = await giveUp(db, follower, bad.leaf, error, now);
    failed({ follower: follower.name, leaf: bad.leaf, isLeft }, error);
    return isLeft ? 1 : 0;
  }
}

/** Whether nothing is wrong with the entries: the database cannot be reached or is taken by others, or no statement of the kind can succeed. */
export function isElsewhere(error: unknown): boolean {
  const sqlState = String((causeOf(error) as { readonly code?: unknown } | undefined)?.code);
  // A statement that is too large to be sent says so as an error of the connection.
  if (sqlState === '08P01') return false;
  const failure = databaseFailure(error)?.code;
  return failure === 'database-unavailable' || failure === 'busy' || /^42\w{3}$/.test(sqlState);
}

/** Writes the failure down, and goes past the entry after the last attempt; answers whether it did. */
async function giveUp(db: Database, follower: Follower, leaf: bigint, error: unknown, now: Date): Promise<boolean> {
  return await transact(db, async (tx) => {
    if (!(await holdFollower(tx, follower.name))) return false;
    const attempts = await insertFollowerFailure(tx, follower.name, leaf, String((error as Error).message).slice(0, 2_000), now);
    if (attempts < ATTEMPTS_MAX) return false;
    await advanceFollower(tx, follower.name, leaf + 1n);
    return true;
  });
}
