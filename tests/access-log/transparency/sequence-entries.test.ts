import pg from 'pg';
import { expect, test } from 'vitest';
import type { Follower, FollowerFailed } from '../../../src/access-log/transparency/follow-log.ts';
import { followLog } from '../../../src/access-log/transparency/follow-log.ts';
import { LogSigner } from '../../../src/access-log/transparency/log-signer.ts';
import { takePending } from '../../../src/access-log/transparency/sequence.queries.ts';
import { sequenceEntries } from '../../../src/access-log/transparency/sequence-entries.ts';
import { transact } from '../../../src/database/client.ts';
import { PUBLIC_URL, useGateway } from '../../support/gateway.ts';

const gateway = useGateway();
const signer = new LogSigner({ publicUrl: PUBLIC_URL });

const leaves = async () => (await gateway.db.$client.query('select index::int, entry::text from audit_log_leaves order by index')).rows;

test('every committed entry gets one place, without gaps, also from sequencers at once', async () => {
  const his = await gateway.register();
  await Promise.all(Array.from({ length: 30 }, () => his.get('/fhir/Organization')));
  await Promise.all(Array.from({ length: 4 }, () => sequenceEntries(gateway.db, signer, new Date())));
  await gateway.app.rounds.runAll();

  const { rows } = await gateway.db.$client.query('select id::text from access_log');
  const placed = await leaves();
  expect(placed.map((it) => it.index)).toEqual(placed.map((_, at) => at));
  expect(placed.map((it) => it.entry).toSorted()).toEqual(rows.map((it) => it.id).toSorted());
  expect((await gateway.db.$client.query('select from access_log_pending')).rowCount).toBe(0);
});

test('a follower meets every entry once, and an entry it cannot deal with is left behind', async () => {
  const his = await gateway.register();
  await Promise.all(Array.from({ length: 5 }, () => his.get('/fhir/Organization')));
  await gateway.app.rounds.runAll();
  const all = (await leaves()).map((it) => it.index);
  const met: number[] = [];
  const follower: Follower = {
    name: 'test',
    async handle(tx, entries) {
      await tx.$client.query('select 1');
      if (entries.some((it) => it.leaf === 2n)) throw new Error('not this one');
      met.push(...entries.map((it) => Number(it.leaf)));
    },
  };

  const told: string[] = [];
  const failed: FollowerFailed = ({ leaf, isLeft }) => told.push(`${leaf} ${isLeft ? 'left' : 'again'}`);
  for (let idle = 0; idle < 2; ) idle = (await followLog(gateway.db, follower, new Date(), failed)) > 0 ? 0 : idle + 1;
  while ((await followLog(gateway.db, follower, new Date(), failed)) > 0);

  expect(told).toEqual(['2 again', '2 again', '2 left']);
  expect(met).toEqual(all.filter((it) => it !== 2));
  const { rows } = await gateway.db.$client.query('select leaf::int, error from follower_failures');
  expect(rows).toEqual([{ leaf: 2, error: 'not this one' }]);
});

test('a follower is handed what it wants, and goes past everything', async () => {
  const his = await gateway.register();
  await his.get('/fhir/Organization');
  await his.get('/fhir/Practitioner');
  await his.get(`/fhir/Organization/${'0'.repeat(32)}`);
  await gateway.app.rounds.runAll();
  const met: string[] = [];
  const follower: Follower = {
    name: 'wants searches',
    wants: { actions: ['E'], interactions: ['searchResources', 'readResource'] },
    handle: async (_tx, entries) => void met.push(...entries.map((it) => `${it.action} ${it.interaction}`)),
  };

  while ((await followLog(gateway.db, follower, new Date())) > 0);

  expect(met.length).toBeGreaterThanOrEqual(2);
  expect(new Set(met)).toEqual(new Set(['E searchResources']));
  const { rows } = await gateway.db.$client.query("select next::int from log_followers where follower = 'wants searches'");
  expect(rows).toEqual([{ next: (await leaves()).length }]);
});

test('what waits for long is not overtaken, wherever the table puts what comes in', async () => {
  const his = await gateway.register();
  await gateway.app.rounds.runAll();
  for (let entry = 0; entry < 40; entry += 1) await his.get('/fhir/Organization');
  const owner = new pg.Client({ connectionString: gateway.databaseUrl });
  await owner.connect();
  // Room at the beginning of the table, which the next entries take.
  await owner.query('delete from access_log_pending where ctid in (select ctid from access_log_pending order by ctid limit 20)');
  await owner.query('vacuum access_log_pending');
  await his.get('/fhir/Organization');
  const { rows: first } = await owner.query('select id::text from access_log_pending order by ctid limit 1');
  const { rows: newest } = await owner.query('select id::text from access_log_pending order by recorded_at desc, id desc limit 1');
  await owner.end();
  expect(first).toEqual(newest);

  let taken: readonly string[] = [];
  const look = transact(gateway.db, async (tx) => {
    taken = (await takePending(tx, 5)).map((it) => String(it.id));
    throw new Error('only looked at');
  });
  await expect(look).rejects.toThrow('only looked at');
  expect(taken).toHaveLength(5);
  expect(taken).not.toContain(newest[0].id);
});
