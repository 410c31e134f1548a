import { transact } from '../../database/client.js';
import { entryLeftBehind, findLeftBehind, holdFollower, insertFollowerFailure, settleFailure, TRIES_MAX, } from './follow.queries.js';
import { isElsewhere } from './follow-log.js';
/**
 * Hands a follower the one entry it has left behind whose next attempt is due, alone; answers 0 where none is, or another process is at it.
 *
 * What the follower does with it and that it is settled are one transaction: both or neither, so that it has its effects once. It comes after
 * entries that it stood before; followers take them in any order. A failed attempt is written down and told, and the next one is further away;
 * after `TRIES_MAX` of them nobody tries again by himself. While the database is away nothing counts as an attempt.
 */
export async function retryLeftBehind(db, followers, now, failed = () => undefined) {
    const found = await findLeftBehind(db, followers.map((it) => it.name), now);
    const follower = followers.find((it) => it.name === found?.follower);
    if (!found || !follower)
        return 0;
    try {
        return await transact(db, async (tx) => {
            if (!(await holdFollower(tx, follower.name)))
                return 0;
            const entry = await entryLeftBehind(tx, found);
            if (entry === undefined)
                return 0;
            if (entry)
                await follower.handle(tx, [entry], now);
            await settleFailure(tx, found, now);
            return 1;
        });
    }
    catch (error) {
        if (isElsewhere(error))
            throw error;
        if (!(await writeDown(db, found, error, now)))
            return 0;
        failed({ follower: found.follower, leaf: found.leaf, isLeft: found.attempts + 1 >= TRIES_MAX }, error);
        return 1;
    }
}
/** Counts the attempt, unless another process is at it or has tried meanwhile; answers whether it did. */
async function writeDown(db, found, error, now) {
    return await transact(db, async (tx) => {
        if (!(await holdFollower(tx, found.follower)) || (await entryLeftBehind(tx, found)) === undefined)
            return false;
        await insertFollowerFailure(tx, found.follower, found.leaf, String(error.message).slice(0, 2_000), now);
        return true;
    });
}
