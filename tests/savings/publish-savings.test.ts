import { expect, test } from 'vitest';
import { transact } from '../../src/database/client.ts';
import { savingsBook } from '../../src/savings/post-saving.ts';
import { type CallingSystem, useGateway } from '../support/gateway.ts';
import { claim } from '../support/savings.ts';

const gateway = useGateway();

/** So many savings of an item, each of another person unless said otherwise. */
async function save(receiver: CallingSystem, item: string, count: number, more: { person?: bigint } = {}): Promise<void> {
  for (let at = 0; at < count; at += 1) {
    await transact(gateway.db, (tx) =>
      savingsBook.post(tx, [claim(receiver, receiver, { item, ...more })], new Date('2026-03-05T00:00:00Z')),
    );
  }
}

test('small groups have no figure, and none by which theirs could be computed', async () => {
  const receiver = await gateway.register();
  await save(receiver, 'WBC', 9);
  await save(receiver, 'HGB', 5);
  await save(receiver, 'CT-CHEST-PLAIN', 4);

  const { status, body } = await receiver.get('/v1/savings/published?month=2026-03&by=item');

  expect(status).toBe(200);
  expect(body.groups).toEqual([
    { item: 'CT-CHEST-PLAIN', suppressed: true },
    { item: 'HGB', suppressed: true },
    { item: 'WBC', suppressed: false, items: 9, amountFen: 9_000 },
  ]);
  expect(body).toMatchObject({
    rule: { least: 5, en: expect.stringContaining('fewer than 5'), zh: expect.stringContaining('少于 5') },
    suppressedGroups: 2,
    total: { suppressed: false, items: 18, amountFen: 18_000 },
  });
  // The office’s own view is exact.
  expect((await receiver.get('/v1/savings/summary?month=2026-03&by=item')).body.groups).toMatchObject([
    { items: 4 },
    { items: 5 },
    { items: 9 },
  ]);
});

test('many items of few persons are small as well, and so is a total', async () => {
  const receiver = await gateway.register();
  await save(receiver, 'WBC', 8, { person: claim(receiver, receiver).person });

  const { body } = await receiver.get('/v1/savings/published?by=item');

  expect(body).toMatchObject({ total: { suppressed: true }, groups: [{ item: 'WBC', suppressed: true }] });
  expect(body.total.items).toBeUndefined();
});

test('an institution publishes its own, whoever has savings.read the region’s; both are logged', async () => {
  const receiver = await gateway.register({ scopes: ['system/AuditEvent.rs'] });
  const auditor = await gateway.register({ scopes: ['savings.read'] });
  await save(receiver, 'WBC', 6);

  expect((await receiver.get('/v1/savings/published')).body.total.items).toBe(6);
  expect((await (await gateway.register()).get('/v1/savings/published')).body.total).toEqual({ suppressed: true });
  expect((await auditor.get('/v1/savings/published')).body.total.items).toBeGreaterThanOrEqual(6);
  expect((await receiver.get('/v1/access-log?interaction=publishSavings')).body.entries).toHaveLength(1);
});

test.for(['by=item,month,payer', 'by=colour', 'from=2026-03-02', 'from=2026-03-01&to=2026-03-31', 'institution=110000000000000000'])(
  'refused: %s',
  async (query) => {
    const receiver = await gateway.register();
    expect((await receiver.get(`/v1/savings/published?${query}`)).status).toBe(400);
  },
);
