import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Transaction } from '../../src/database/client.ts';
import { transact } from '../../src/database/client.ts';
import type { SavingClaim } from '../../src/recognition/savings-book.ts';
import { decodeId, freshNumber, freshPerson } from '../../src/resources/resource-id.ts';
import { postReversal, postSaving } from '../../src/savings/post-saving.ts';
import { type CallingSystem, useGateway } from '../support/gateway.ts';
import { check, permit, publish } from '../support/recognition.ts';
import { somebody } from '../support/reports.ts';

const gateway = useGateway();

interface Figures {
  savings: number;
  reversals: number;
  items: number;
  unpriced: number;
  amountFen: number;
}

const post = <Result>(work: (tx: Transaction) => Promise<Result>) => transact(gateway.db, work);

function claim(receiver: CallingSystem, source: CallingSystem, more: Partial<SavingClaim> = {}): SavingClaim {
  return {
    person: freshPerson(),
    decision: freshNumber(),
    check: freshNumber(),
    item: 'WBC',
    members: [],
    institution: receiver.institution,
    district: '500112',
    level: 3,
    insurance: null,
    department: null,
    sourceInstitution: source.institution,
    report: 'DiagnosticReport/1',
    reportVersion: 1,
    encounter: String(freshNumber()),
    edition: null,
    rulesVersion: null,
    price: { amountFen: 1_000, priced: true, version: 'district:50 v1' },
    ...more,
  };
}

/** Every entry the filter means, over all pages. */
async function entriesOf(caller: CallingSystem, query: string): Promise<{ kind: string; amountFen: number; priced: boolean }[]> {
  const entries: { kind: string; amountFen: number; priced: boolean }[] = [];
  let cursor: string | undefined;
  do {
    const { status, body } = await caller.get(`/v1/savings/entries?limit=7&${query}${cursor ? `&cursor=${cursor}` : ''}`);
    expect(status).toBe(200);
    entries.push(...body.entries);
    cursor = body.next;
  } while (cursor);
  return entries;
}

function sum(entries: readonly { kind: string; amountFen: number; priced: boolean }[]): Figures {
  const savings = entries.filter((it) => it.kind === 'saving').length;
  const reversals = entries.length - savings;
  const unpriced = entries.filter((it) => !it.priced).reduce((total, it) => total + (it.kind === 'saving' ? 1 : -1), 0);
  return { savings, reversals, items: savings - reversals, unpriced, amountFen: entries.reduce((total, it) => total + it.amountFen, 0) };
}

test('a recognition over the door is one entry of the summary, and its group opens it down to the report version', async () => {
  const [source, receiver] = [await gateway.register({ name: '出具医院' }), await gateway.register()];
  const person = somebody();
  const report = await publish(source, { person });
  await permit(receiver, person);
  await receiver.put('/v1/catalogue/prices', { holder: { uscc: receiver.uscc }, prices: [{ item: 'WBC', amountFen: 1_500 }] });
  const asked = await check(receiver, person, ['WBC', 'HGB'], { encounter: 'OP-1' });
  const decisions = ['WBC', 'HGB'].map((item) => ({ item, decision: 'recognised' }));
  const decided = await receiver.post('/v1/recognition-decisions', { check: asked.body.id, decisions });

  const { body } = await receiver.get('/v1/savings/summary?by=source,item');

  expect(body.total).toEqual({ savings: 2, reversals: 0, items: 2, unpriced: 1, amountFen: 1_500 });
  expect(body.groups).toMatchObject([
    { item: 'HGB', source: { uscc: source.uscc, name: '出具医院' }, savings: 1, unpriced: 1, amountFen: 0 },
    { item: 'WBC', source: { uscc: source.uscc }, savings: 1, unpriced: 0, amountFen: 1_500 },
  ]);
  const opened = await receiver.get(body.groups[1].entries);
  expect(opened.body.entries).toMatchObject([
    {
      kind: 'saving',
      decision: decided.body.decisions[0].id,
      check: asked.body.id,
      item: 'WBC',
      institution: { uscc: receiver.uscc },
      source: { uscc: source.uscc },
      report: `DiagnosticReport/${report}`,
      reportVersion: 1,
      encounter: 'OP-1',
      amountFen: 1_500,
      price: `institution:${receiver.institution} v1`,
    },
  ]);
});

test('whatever was posted and reversed: every group is the sum of its entries, and the groups add up to the total', async () => {
  const [first, second, third] = [await gateway.register(), await gateway.register(), await gateway.register()];
  const auditor = await gateway.register({ scopes: ['savings.read'] });
  const aPosting = fc.record({
    receiver: fc.constantFrom(first, second),
    source: fc.constantFrom(second, third),
    item: fc.constantFrom('WBC', 'HGB', 'CT-CHEST-PLAIN'),
    district: fc.constantFrom('500112', '500103', '510100'),
    amountFen: fc.option(fc.nat({ max: 1_000_000_000 }), { nil: null }),
    at: fc.constantFrom('2026-01-31T15:59:59.999Z', '2026-01-31T16:00:00.000Z', '2026-02-14T00:00:00.000Z', '2024-02-29T16:00:00.000Z'),
    reversedAt: fc.option(fc.constantFrom('2026-02-28T15:59:59.999Z', '2026-02-28T16:00:00.000Z'), { nil: null }),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(aPosting, { maxLength: 8 }), async (postings) => {
      for (const it of postings) {
        const price = {
          amountFen: it.amountFen ?? 0,
          priced: it.amountFen !== null,
          version: it.amountFen === null ? null : 'district:50 v1',
        };
        const posted = claim(it.receiver, it.source, { item: it.item, district: it.district, price });
        await post((tx) => postSaving(tx, [posted], new Date(it.at)));
        const { reversedAt } = it;
        if (reversedAt)
          await post((tx) =>
            postReversal(tx, { person: posted.person, id: posted.decision }, { kind: 'revocation', report: null }, new Date(reversedAt)),
          );
      }
    }),
    { numRuns: 12 },
  );

  for (const by of ['institution', 'item', 'month', 'district', 'source', 'institution,item', 'month,district,source', '']) {
    for (const period of ['', 'from=2026-02-01&to=2026-03-01', 'to=2026-02-01', 'month=2024-03', `institution=${first.uscc}&district=50`]) {
      const { status, body } = await auditor.get(`/v1/savings/summary?${period}&by=${by}`);
      expect(status).toBe(200);
      expect(body.total).toEqual(sum(await entriesOf(auditor, period)));
      for (const { entries, ...group } of body.groups as (Figures & { entries: string })[]) {
        expect(group).toMatchObject(sum(await entriesOf(auditor, entries.split('?')[1] ?? '')));
      }
      if (by === '') expect(body.groups).toEqual([]);
      else {
        const amounts = (body.groups as Figures[]).reduce((total, it) => total + it.amountFen, 0);
        expect(amounts).toBe(body.total.amountFen);
      }
    }
  }
}, 120_000);

test('a period begins with the first moment of its first day in Beijing and ends before the first moment after it', async () => {
  const [receiver, source] = [await gateway.register(), await gateway.register()];
  for (const at of ['2026-02-28T15:59:59.999Z', '2026-02-28T16:00:00.000Z', '2026-03-31T15:59:59.999Z', '2026-03-31T16:00:00.000Z']) {
    await post((tx) => postSaving(tx, [claim(receiver, source)], new Date(at)));
  }

  const march = await receiver.get('/v1/savings/summary?from=2026-03-01&to=2026-04-01&by=month');
  const all = await receiver.get('/v1/savings/summary?by=month');

  expect(march.body.total.savings).toBe(2);
  expect(march.body.groups).toMatchObject([{ month: '2026-03', savings: 2 }]);
  expect(all.body.groups.map((it: { month: string; savings: number }) => [it.month, it.savings])).toEqual([
    ['2026-02', 1],
    ['2026-03', 2],
    ['2026-04', 1],
  ]);
  expect((await receiver.get('/v1/savings/summary?month=2026-03')).body.total.savings).toBe(2);
});

test('an institution sees its own savings as the receiver, whatever it asks for; the auditor sees those of all', async () => {
  const [receiver, source] = [await gateway.register(), await gateway.register()];
  const auditor = await gateway.register({ scopes: ['savings.read'] });
  await post((tx) => postSaving(tx, [claim(receiver, source)], new Date()));
  const query = `/v1/savings/summary?institution=${receiver.uscc}`;

  expect((await receiver.get(query)).body.total.savings).toBe(1);
  expect((await auditor.get(query)).body.total.savings).toBe(1);
  expect((await source.get(query)).body.total.savings).toBe(0);
  expect((await source.get('/v1/savings/entries')).body).toEqual({ entries: [] });
  expect((await auditor.get('/v1/savings/summary?institution=110000000000000000')).body.total.savings).toBe(0);
});

test('a saving is reversed once, at its own amount, and only where there is one', async () => {
  const [receiver, source] = [await gateway.register(), await gateway.register()];
  const posted = claim(receiver, source);
  const reverse = () =>
    post((tx) => postReversal(tx, { person: posted.person, id: posted.decision }, { kind: 'revocation', report: null }, new Date()));
  await reverse();
  await post((tx) => postSaving(tx, [posted], new Date()));

  await Promise.all([reverse(), reverse(), reverse()]);

  const { body } = await receiver.get('/v1/savings/summary');
  expect(body.total).toEqual({ savings: 1, reversals: 1, items: 0, unpriced: 0, amountFen: 0 });
});

test('entries name decision and check by ids that lead to them', async () => {
  const [receiver, source] = [await gateway.register(), await gateway.register()];
  const posted = claim(receiver, source);
  await post((tx) => postSaving(tx, [posted], new Date()));

  const { body } = await receiver.get('/v1/savings/entries');

  expect(decodeId(body.entries[0].decision)).toEqual({ person: posted.person, id: posted.decision });
  expect(decodeId(body.entries[0].check)).toEqual({ person: posted.person, id: posted.check });
});

test.for([
  'summary?by=payer',
  'summary?by=item,item',
  'summary?by=item,',
  'summary?from=2026-02-30',
  'summary?from=2026-2-1',
  'summary?to=tomorrow',
  'summary?month=2026-13',
  'summary?colour=red',
  'entries?by=item',
  'entries?cursor=x',
  'entries?limit=1000',
  'entries?to=2026-00-00',
])('refused: %s', async (query) => {
  const receiver = await gateway.register();
  const answer = await receiver.get(`/v1/savings/${query}`);
  expect(answer.status).toBe(400);
  expect(answer.body.code).toMatch(/parameter-invalid|malformed/);
});
