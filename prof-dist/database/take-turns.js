/**
 * Lets those who change the same thing take turns until the end of the transaction: what one reads, no other changes before it has written.
 * `what` names the thing, such as `prices 12`; two names that fell on one lock would only wait for each other.
 */
export async function takeTurns(tx, what) {
    await tx.$client.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [what]);
}
