import { expect, test } from 'vitest';
import type { Transaction } from '../../src/database/client.ts';
import { transact } from '../../src/database/client.ts';
import { decodeId } from '../../src/resources/resource-id.ts';
import { postReversal, postSaving } from '../../src/savings/post-saving.ts';
import { useGateway } from '../support/gateway.ts';
import { check, permit, publish } from '../support/recognition.ts';
import { somebody } from '../support/reports.ts';
import { claim, NOTHING } from '../support/savings.ts';

const gateway = useGateway();

const post = <Result>(work: (tx: Transaction) => Promise<Result>) => transact(gateway.db, work);

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

  expect(body.total).toEqual({ ...NOTHING, savings: 2, items: 2, unpriced: 1, amountFen: 1_500, undividedFen: 1_500 });
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
  expect(body.total).toEqual({ ...NOTHING, savings: 1, reversals: 1, reversed: { ...NOTHING.reversed, revocation: 1 } });
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
  'summary?by=colour',
  'summary?payer=king',
  'summary?level=4',
  'entries?cause=whim',
  'trial-balance?by=item',
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
