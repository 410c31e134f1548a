import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';

const PAUSE_MS = 100;
const PATIENCE_MS = 300_000;

/** As the sequencer takes it (`access-log/transparency/sequence.queries.ts`). */
const SEQUENCE = "hashtextextended('audit log sequence', 0)";
const HELD = "exists (select from pg_locks where locktype = 'advisory' and pid = pg_backend_pid())";

/** Keeps entries from getting their places, and whoever follows the log from having something to do, until `letSequence`. */
export async function holdSequence(session: pg.Client): Promise<void> {
  await session.query(`select pg_advisory_lock(${SEQUENCE})`);
}

/** Lets entries get their places again; nothing where they were not kept from it. */
export async function letSequence(session: pg.Client): Promise<void> {
  await session.query(`select pg_advisory_unlock(${SEQUENCE}) where ${HELD}`);
}

/**
 * Resolves when the gateway has nothing left to do of what was asked of it before: every entry of the access log has its place in the tree, and every
 * follower has gone past it. What it still did by itself would slow down whoever is measured next, the references too. While the session holds the
 * sequence there is nothing to wait for. Throws where it takes longer than five minutes.
 */
export async function untilFollowed(session: pg.Client): Promise<void> {
  const until = performance.now() + PATIENCE_MS;
  for (let left = await leftToDo(session); left > 0; left = await leftToDo(session)) {
    if (performance.now() > until) throw new Error(`the gateway still has ${left} entries of the access log to follow`);
    await sleep(PAUSE_MS);
  }
}

async function leftToDo(session: pg.Client): Promise<number> {
  const { rows } = await session.query<{ left: string }>(`
    with tree as (select coalesce(max(index) + 1, 0) as size from audit_log_leaves)
    select case when ${HELD} then 0
                else (select count(*) from access_log_pending)
                   + (select coalesce(sum(tree.size - f.next), 0) from log_followers f, tree) end as left`);
  return Number(rows[0]?.left ?? 0);
}
