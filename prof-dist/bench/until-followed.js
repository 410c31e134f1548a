import { setTimeout as sleep } from 'node:timers/promises';
const PAUSE_MS = 100;
const PATIENCE_MS = 300_000;
/**
 * Resolves when the gateway has nothing left to do of what was asked of it before: every entry of the access log has its place in the tree, and
 * every follower has gone past it. What it still did by itself would slow down whoever is measured next, the
 * references too. Throws where that takes longer than five minutes.
 */
export async function untilFollowed(session) {
    const until = performance.now() + PATIENCE_MS;
    for (let left = await leftToDo(session); left > 0; left = await leftToDo(session)) {
        if (performance.now() > until)
            throw new Error(`the gateway still has ${left} entries of the access log to follow`);
        await sleep(PAUSE_MS);
    }
}
async function leftToDo(session) {
    const { rows } = await session.query(`
    with tree as (select coalesce(max(index) + 1, 0) as size from audit_log_leaves)
    select (select count(*) from access_log_pending)
         + (select coalesce(sum(tree.size - f.next), 0) from log_followers f, tree) as left`);
    return Number(rows[0]?.left ?? 0);
}
