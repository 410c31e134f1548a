import { afterCommit, sendOff, type Transaction } from '../database/client.ts';
import type { Access } from '../resources/custody.ts';
import type { Caller } from '../security/caller.ts';
import { insertionOf } from './access-log.queries.ts';
import { rowsOf } from './access-rows.ts';
import { markLogged } from './logged-callers.ts';

/**
 * Writes down what the caller did with whose data, in the transaction that does it: both are kept, or neither. One statement, however
 * many the accesses (at least one: an empty result is an access as well).
 *
 * The answer may leave once the transaction has committed.
 */
export async function recordAccess(tx: Transaction, caller: Caller, accesses: readonly Access[], now: Date): Promise<void> {
  await sendOff(tx, insertionOf(rowsOf(caller, accesses, now)));
  if (accesses.length > 0) afterCommit(tx, () => markLogged(caller));
}
