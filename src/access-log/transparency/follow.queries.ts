import type { Reader, Transaction } from '../../database/client.ts';
import type { AccessRow } from '../access-log.queries.ts';
import { ACCESS_COLUMNS_SQL, withKeys } from '../access-search.queries.ts';
import type { Follower } from './follow-log.ts';

/** A leaf with the entry it stands for; a leaf whose entry has been pruned is not met. */
export type FollowedRow = AccessRow & { readonly leaf: bigint };

/** Lets one of this name in until the end of the transaction; `false` where another process is at it. */
export async function holdFollower(tx: Transaction, follower: string): Promise<boolean> {
  const { rows } = await tx.$client.query<{ held: boolean }>({
    name: 'hold-follower',
    text: 'select pg_try_advisory_xact_lock(hashtextextended($1, 0)) as held',
    values: [`log follower ${follower}`],
  });
  return rows[0]?.held ?? false;
}

/**
 * The next entries for the follower, in the order of the tree, those that it wants, and the leaf after the last one that was looked at. Most
 * entries are look-ups, which most followers have no use for: what is not wanted is not read into the process.
 */
export async function nextEntries(
  tx: Transaction,
  { name, wants = {} }: Pick<Follower, 'name' | 'wants'>,
  max: number,
): Promise<{ readonly rows: readonly FollowedRow[]; readonly next: bigint; readonly seen: number }> {
  const { rows: leaves } = await tx.$client.query<{ index: string; at: Date; entry: string }>({
    name: 'next-leaves',
    text: `select index::text, recorded_at as at, entry::text from audit_log_leaves
            where index >= coalesce((select next from log_followers where follower = $1), 0) order by audit_log_leaves.index limit $2`,
    values: [name, max],
  });
  if (leaves.length === 0) return { rows: [], next: 0n, seen: 0 };
  const { rows } = await tx.$client.query<AccessRow & { person: string; id: string; leaf: string }>({
    name: 'next-entries',
    text: `
      select e.*, l.leaf::text
        from unnest($1::bigint[], $2::timestamptz[], $3::bigint[]) as l (leaf, recorded_at, id) cross join lateral (
         select ${ACCESS_COLUMNS_SQL} from access_log as a where a.recorded_at = l.recorded_at and a.id = l.id limit 1) as e
      where ($4::text[] is null or e.action = any($4)) and ($5::text[] is null or e.interaction = any($5))
      order by l.leaf`,
    values: [
      leaves.map((it) => it.index),
      leaves.map((it) => it.at.toISOString()),
      leaves.map((it) => it.entry),
      wants.actions,
      wants.interactions,
    ],
  });
  return {
    rows: rows.map((row) => ({ ...withKeys(row), leaf: BigInt(row.leaf) })),
    next: BigInt(leaves.at(-1)?.index ?? 0) + 1n,
    seen: leaves.length,
  };
}

/** Writes down how far the follower has come. */
export async function advanceFollower(tx: Transaction, follower: string, next: bigint): Promise<void> {
  await tx.$client.query({
    name: 'advance-follower',
    text: 'insert into log_followers (follower, next) values ($1, $2) on conflict (follower) do update set next = excluded.next',
    values: [follower, String(next)],
  });
}

/** Writes down that the follower could not deal with the entry of this leaf; answers how often it could not. */
export async function insertFollowerFailure(tx: Transaction, follower: string, leaf: bigint, error: string, now: Date): Promise<number> {
  const { rows } = await tx.$client.query<{ attempts: number }>(
    `insert into follower_failures (follower, leaf, error, attempts, failed_at) values ($1, $2, $3, 1, $4)
     on conflict (follower, leaf) do update
       set attempts = case when follower_failures.settled_at is null then follower_failures.attempts + 1 else 1 end,
           error = excluded.error, failed_at = excluded.failed_at, settled_at = null
     returning attempts`,
    [follower, String(leaf), error, now],
  );
  return rows[0]?.attempts ?? 1;
}

/** An entry that a follower has left behind, as it was when it was found. */
export interface LeftBehind {
  readonly follower: string;
  readonly leaf: bigint;
  readonly attempts: number;
}

/** How often an entry is tried at all: three times at once, five times at growing distances, then daily for a month. */
export const TRIES_MAX = 38;

/**
 * The entry of any of these followers whose next attempt has been due for longest: an hour after the third one, then after two, four, eight and
 * sixteen hours, then daily. One statement.
 */
export async function findLeftBehind(reader: Reader, followers: readonly string[], now: Date): Promise<LeftBehind | undefined> {
  const { rows } = await reader.$client.query<Omit<LeftBehind, 'leaf'> & { leaf: string }>({
    name: 'find-left-behind',
    text: `
      select follower, leaf::text, attempts
        from (select *, failed_at + least(interval '1 hour' * 2 ^ least(attempts - 3, 5), interval '1 day') as due
                from follower_failures
               where follower = any ($1::text[]) and settled_at is null and attempts between 3 and ${TRIES_MAX} - 1) as left_behind
       where due <= $2::timestamptz order by due, follower, leaf limit 1`,
    values: [followers, now],
  });
  const [row] = rows;
  return row && { ...row, leaf: BigInt(row.leaf) };
}

/**
 * The entry, if nobody has tried it since it was found (else `undefined`); none (`null`) where it has been pruned meanwhile.
 */
export async function entryLeftBehind(tx: Transaction, { follower, leaf, attempts }: LeftBehind): Promise<FollowedRow | null | undefined> {
  const { rows } = await tx.$client.query<AccessRow & { person: string; id: string | null }>(
    `select e.*
       from follower_failures as f join audit_log_leaves as l on l.index = f.leaf left join lateral (
         select ${ACCESS_COLUMNS_SQL} from access_log as a where a.recorded_at = l.recorded_at and a.id = l.entry limit 1) as e on true
      where f.follower = $1 and f.leaf = $2 and f.attempts = $3 and f.settled_at is null`,
    [follower, String(leaf), attempts],
  );
  const [row] = rows;
  if (!row) return undefined;
  const { id, ...columns } = row;
  return id === null ? null : { ...withKeys({ ...columns, id }), leaf };
}

/** Writes down that the entry is dealt with after all. */
export async function settleFailure(tx: Transaction, { follower, leaf }: LeftBehind, now: Date): Promise<void> {
  await tx.$client.query('update follower_failures set settled_at = $3 where follower = $1 and leaf = $2', [follower, String(leaf), now]);
}
