import { transact } from '../../database/client.js';
import { causeOf, databaseFailure } from '../../database/outage.js';
import { advanceFollower, holdFollower, insertFollowerFailure, nextEntries } from './follow.queries.js';
/** Entries handed over at once. */
export const FOLLOW_BATCH = 200;
/** How often an entry that cannot be dealt with is tried before it is left behind. */
const ATTEMPTS_MAX = 3;
/**
 * Hands the follower its next entries; answers how many leaves it went past, 0 where there are none or another process is at it.
 *
 * An entry that it cannot deal with is tried alone, and three times; then it is written down as a failure (`follower_failures`), told to `failed`
 * and left behind, so that the others go on (`retryLeftBehind` comes back to it). While the database is away nothing is left behind, and the next round begins where this one did.
 */
export async function followLog(db, follower, now, failed = () => undefined, batchMax = FOLLOW_BATCH) {
    let rows = [];
    try {
        return await transact(db, async (tx) => {
            if (!(await holdFollower(tx, follower.name)))
                return 0;
            const found = await nextEntries(tx, follower, batchMax);
            rows = found.rows;
            if (found.seen === 0)
                return 0;
            if (rows.length > 0)
                await follower.handle(tx, rows, now);
            await advanceFollower(tx, follower.name, found.next);
            return found.seen;
        });
    }
    catch (error) {
        // What takes too long, or is too much, may do so with a single entry of the batch alone.
        if (isElsewhere(error))
            throw error;
        if (batchMax > 1)
            return await followLog(db, follower, now, failed, 1);
        const [bad] = rows;
        if (!bad)
            throw error;
        const isLeft = await giveUp(db, follower, bad.leaf, error, now);
        failed({ follower: follower.name, leaf: bad.leaf, isLeft }, error);
        return isLeft ? 1 : 0;
    }
}
/** Whether nothing is wrong with the entries: the database cannot be reached or is taken by others, or no statement of the kind can succeed. */
export function isElsewhere(error) {
    const sqlState = String(causeOf(error)?.code);
    // A statement that is too large to be sent says so as an error of the connection.
    if (sqlState === '08P01')
        return false;
    const failure = databaseFailure(error)?.code;
    return failure === 'database-unavailable' || failure === 'busy' || /^42\w{3}$/.test(sqlState);
}
/** Writes the failure down, and goes past the entry after the last attempt; answers whether it did. */
async function giveUp(db, follower, leaf, error, now) {
    return await transact(db, async (tx) => {
        if (!(await holdFollower(tx, follower.name)))
            return false;
        const attempts = await insertFollowerFailure(tx, follower.name, leaf, String(error.message).slice(0, 2_000), now);
        if (attempts < ATTEMPTS_MAX)
            return false;
        await advanceFollower(tx, follower.name, leaf + 1n);
        return true;
    });
}
