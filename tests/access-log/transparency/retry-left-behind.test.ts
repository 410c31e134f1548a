import pg from 'pg';
import { expect, test } from 'vitest';
import { type Follower, type FollowerFailed, followLog } from '../../../src/access-log/transparency/follow-log.ts';
import { measureLog } from '../../../src/access-log/transparency/measure-log.ts';
import { retryLeftBehind } from '../../../src/access-log/transparency/retry-left-behind.ts';
import { useGateway } from '../../support/gateway.ts';
import { fillLog } from '../../support/log-entries.ts';

const gateway = useGateway();
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

let followers = 0;

/** A follower that has left one entry behind just now, and does what `mood` says of that entry; what it has done is in the database. */
async function leftBehind() {
  followers += 1;
  await fillLog(gateway.db, 3);
  await gateway.app.rounds.runAll();
  const { rows } = await gateway.db.$client.query<{ leaf: string }>('select max(index)::text as leaf from audit_log_leaves');
  const bad = BigInt(rows[0]?.leaf ?? 0);
  const mood = { isBad: true };
  const follower: Follower = {
    name: `test ${followers}`,
    async handle(tx, entries) {
      await tx.$client.query(
        "insert into log_followers (follower, next) select 'done ' || $1 || ' ' || it, 0 from unnest($2::text[]) as it",
        [follower.name, entries.map((it) => String(it.leaf))],
      );
      if (mood.isBad && entries.some((it) => it.leaf === bad)) throw new Error('not this one');
    },
  };
  const begun = new Date();
  const follow = async () => {
    for (let idle = 0; idle < 4; ) idle = (await followLog(gateway.db, follower, begun)) > 0 ? 0 : idle + 1;
  };
  await follow();
  const told: string[] = [];
  const failed: FollowerFailed = ({ leaf, isLeft }) => told.push(`${leaf === bad ? 'the bad one' : leaf}${isLeft ? ' for ever' : ''}`);
  return {
    follow,
    bad,
    mood,
    told,
    /** Tries again so long after it was left behind. */
    retryAfter: (ms: number) => retryLeftBehind(gateway.db, [follower], new Date(begun.getTime() + ms), failed),
    /** How often the entry has had its effect. */
    done: async () => {
      const name = `done ${follower.name} ${bad}`;
      return (await gateway.db.$client.query('select from log_followers where follower = $1', [name])).rowCount;
    },
    gauge: async () => (await measureLog(gateway.db)).failures.get(follower.name),
  };
}

test('an entry that was left behind is tried again after an hour, has its effect once, and the gauge falls', async () => {
  const { follow, mood, told, retryAfter, done, gauge } = await leftBehind();
  mood.isBad = false;
  expect([await done(), await gauge()]).toEqual([0, 1]);

  expect(await retryAfter(HOUR - MINUTE)).toBe(0);
  expect([await done(), await gauge()]).toEqual([0, 1]);
  expect(await Promise.all(Array.from({ length: 4 }, () => retryAfter(HOUR + MINUTE)))).toContain(1);
  expect(await retryAfter(48 * HOUR)).toBe(0);
  await follow();

  expect([await done(), await gauge(), told]).toEqual([1, 0, []]);
});

test('attempts come at growing distances, at most a day apart, and end', async () => {
  const { told, retryAfter, done, gauge, mood } = await leftBehind();
  let [at, attempts] = [0, 0];
  const distances: number[] = [];
  for (let waited = 0; waited <= 30; ) {
    at += HOUR;
    waited += 1;
    if ((await retryAfter(at + MINUTE * (attempts + 1))) === 0) continue;
    attempts += 1;
    distances.push(waited);
    waited = 0;
  }

  expect(distances.slice(0, 6)).toEqual([1, 2, 4, 8, 16, 24]);
  expect(distances.slice(6).every((it) => it === 24)).toBe(true);
  expect(distances).toHaveLength(35);
  expect(told).toEqual([...Array.from({ length: 34 }, () => 'the bad one'), 'the bad one for ever']);
  mood.isBad = false;
  expect([await retryAfter(at + 1_000 * HOUR), await done(), await gauge()]).toEqual([0, 0, 1]);
});

test('an attempt that fails leaves nothing behind it, and the next one may succeed', async () => {
  const { mood, told, retryAfter, done, gauge } = await leftBehind();
  expect(await retryAfter(HOUR + MINUTE)).toBe(1);
  expect([await done(), await gauge(), told]).toEqual([0, 1, ['the bad one']]);
  mood.isBad = false;

  expect(await retryAfter(3 * HOUR)).toBe(0);
  expect(await retryAfter(4 * HOUR)).toBe(1);

  expect([await done(), await gauge()]).toEqual([1, 0]);
});

test('where the entry has been pruned there is nothing to do, and it is settled', async () => {
  const { bad, retryAfter, done, gauge } = await leftBehind();
  const owner = new pg.Client({ connectionString: gateway.databaseUrl });
  await owner.connect();
  await owner.query(
    'delete from access_log as a using audit_log_leaves as l where l.index = $1 and a.recorded_at = l.recorded_at and a.id = l.entry',
    [String(bad)],
  );
  await owner.end();

  expect(await retryAfter(2 * HOUR)).toBe(1);

  expect([await done(), await gauge()]).toEqual([0, 0]);
});
