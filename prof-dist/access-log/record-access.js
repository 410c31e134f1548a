import { afterCommit } from '../database/client.js';
import { insertAccessRows } from './access-log.queries.js';
import { rowsOf } from './access-rows.js';
import { markLogged } from './logged-callers.js';
/**
 * Writes down what the caller did with whose data, in the transaction that does it: both are kept, or neither. One statement, however
 * many the accesses (at least one: an empty result is an access as well).
 *
 * The answer may leave once the transaction has committed.
 */
export async function recordAccess(tx, caller, accesses, now) {
    await insertAccessRows(tx.$client, rowsOf(caller, accesses, now));
    if (accesses.length > 0)
        afterCommit(tx, () => markLogged(caller));
}
