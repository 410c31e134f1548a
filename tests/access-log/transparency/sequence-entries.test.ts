import { expect, test } from 'vitest';
import type { Follower } from '../../../src/access-log/transparency/follow-log.ts';
import { followLog } from '../../../src/access-log/transparency/follow-log.ts';
import { LogSigner } from '../../../src/access-log/transparency/log-signer.ts';
import { sequenceEntries } from '../../../src/access-log/transparency/sequence-entries.ts';
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

  while ((await followLog(gateway.db, follower, new Date())) > 0);

  expect(met).toEqual(all.filter((it) => it !== 2));
  const { rows } = await gateway.db.$client.query('select leaf::int, error from follower_failures');
  expect(rows).toEqual([{ leaf: 2, error: 'not this one' }]);
});
