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
