import fc from 'fast-check';
import { expect, test } from 'vitest';
import { insertAccessRows } from '../../../src/access-log/access-log.queries.ts';
import { type Follower, followLog } from '../../../src/access-log/transparency/follow-log.ts';
import { LogSigner } from '../../../src/access-log/transparency/log-signer.ts';
import { sequenceEntries } from '../../../src/access-log/transparency/sequence-entries.ts';
import { lookUps } from '../../support/audited-log.ts';
import { type CallingSystem, PUBLIC_URL, useGateway } from '../../support/gateway.ts';

const gateway = useGateway();
const signer = new LogSigner({ publicUrl: PUBLIC_URL });
const WANTED = 'decide';

let followers = 0;
let registered: Promise<CallingSystem> | undefined;
const caller = () => (registered ??= gateway.register());

/** A follower of what is entered from now on, and what it was handed. */
async function follower(wants?: Follower['wants']) {
  followers += 1;
  const name = `test ${followers}`;
  const handed: string[][] = [];
  const follower: Follower = {
    name,
    ...(wants && { wants }),
    handle: async (_tx, entries) => void handed.push(entries.map((it) => it.requestId)),
  };
  await gateway.db.$client.query(
    'insert into log_followers (follower, next) select $1, coalesce(max(index) + 1, 0) from audit_log_leaves',
    [name],
  );
  return { follower, handed };
}

/** Entries of these interactions, one after another, each with its place; answers their numbers. */
async function enter(interactions: readonly string[]): Promise<readonly string[]> {
  const rows = lookUps(await caller(), interactions.length).map((it, index) => ({ ...it, interaction: interactions[index] ?? '' }));
  if (rows.length > 0) await insertAccessRows(gateway.db.$client, rows);
  while ((await sequenceEntries(gateway.db, signer, new Date())) > 0);
  return rows.map((it) => it.requestId);
}

test.each<[what: string, entered: string, max: number, handed: string, seen: number[]]>([
  ['nothing was entered', '', 2, '', [0]],
  ['none is wanted', '...', 2, '', [3, 0]],
  ['as many are wanted as are handed over at once', '.w.w', 2, '13', [4, 0]],
  ['the last of a batch is not the last leaf', '.w.w..', 2, '13', [4, 2, 0]],
  ['one more than a batch', 'w.ww', 2, '02 3', [3, 1, 0]],
  ['one at a time', '.ww.', 1, '1 2', [2, 1, 1, 0]],
])('%s', async (_, entered, max, handedOver, seen) => {
  const it = await follower({ interactions: [WANTED] });
  const ids = await enter([...entered].map((kind) => (kind === 'w' ? WANTED : 'read')));

  const gone = [];
  for (let more = 1; more > 0; ) gone.push((more = await followLog(gateway.db, it.follower, new Date(), undefined, max)));

  const places = it.handed.map((batch) => batch.map((id) => ids.indexOf(id)).join('')).join(' ');
  expect([places, gone]).toEqual([handedOver, seen]);
});

test('whatever is entered, each wanted entry is handed over once, in order, and every leaf is gone past', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.boolean(), { maxLength: 30 }),
      fc.integer({ min: 1, max: 7 }),
      fc.boolean(),
      async (kinds, max, isPicky) => {
        const it = await follower(isPicky ? { interactions: [WANTED] } : undefined);
        const ids = await enter(kinds.map((isWanted) => (isWanted ? WANTED : 'read')));

        let seen = 0;
        for (let more = 1; more > 0; seen += more) more = await followLog(gateway.db, it.follower, new Date(), undefined, max);

        expect(seen).toBe(kinds.length);
        expect(it.handed.flat()).toEqual(ids.filter((_, index) => !isPicky || kinds[index]));
        expect(it.handed.every((batch) => batch.length > 0 && batch.length <= max)).toBe(true);
      },
    ),
    { numRuns: 30 },
  );
});

test('many leaves that nobody wants are gone past two thousand at a time', async () => {
  const it = await follower({ interactions: [WANTED] });
  const ids = await enter([...Array.from({ length: 2_000 }, () => 'read'), WANTED, 'read']);

  const gone = [await followLog(gateway.db, it.follower, new Date()), await followLog(gateway.db, it.follower, new Date())];

  expect(gone).toEqual([2_000, 2]);
  expect(it.handed).toEqual([[ids[2_000]]]);
});
