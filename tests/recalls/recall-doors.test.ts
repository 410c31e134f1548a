import { expect, test } from 'vitest';
import { type CallingSystem, useGateway } from '../support/gateway.ts';
import { permit } from '../support/recognition.ts';
import { HGB, WBC } from '../support/reports.ts';
import { correct, listed, lookUp, permitted, published, recognise, resultsOf } from './corrections.ts';

const gateway = useGateway();

const HOUR_MS = 3_600_000;
const HIGH = { ...WBC, value: '16.10' };
const DOCTOR_ZHAO = { 'x-acting-practitioner': 'urn:oid:2.16.156.10011.1.4|D-2002, %E8%B5%B5%E5%B2%9A' };
const hoursAgo = (hours: number): Date => new Date(Date.now() - hours * HOUR_MS);
const follow = (at = new Date()) => gateway.app.rounds.runAll(() => at);

/** A corrected report that a reader has looked up and was told of. */
async function recalled(told = new Date()) {
  const made = await published(await gateway.register({ name: '出具医院' }));
  const reader = await permitted(await gateway.register({ name: '接诊医院' }), made.person);
  await lookUp(reader, made);
  await correct(made, [HIGH, HGB]);
  await follow(told);
  const [recall] = await listed(reader);
  return { made, reader, recall };
}

const acknowledge = (caller: CallingSystem, id: string, body: object = {}, headers: Record<string, string> = {}) =>
  caller.post(`/v1/recalls/${id}/acknowledgement`, body, headers);

/** What /metrics says of recalls. */
async function gauges(): Promise<Record<string, number>> {
  const { body } = await gateway.app.inject('/metrics');
  const lines = [...body.matchAll(/^tongjian_recalls_(\S+) (\S+)$/gm)];
  return Object.fromEntries(lines.map(([, name, value]) => [name, Number(value)]));
}

test('open recalls, and how long the oldest waits, are told at /metrics until they are acknowledged', async () => {
  const before = await gauges();
  const { reader, recall } = await recalled(hoursAgo(1_000));
  const open = await gauges();
  await acknowledge(reader, recall.id);

  expect(before['open']).toEqual(expect.any(Number));
  expect(open['open']).toBe((before['open'] ?? 0) + 1);
  expect(open['oldest_open_seconds']).toBeGreaterThan(999 * 3_600);
  expect((await gauges())['open']).toBe(before['open']);
});

test('a recall is acknowledged once, by whom and when; the same again is answered alike, another is a conflict', async () => {
  const { reader, recall } = await recalled();

  const first = await acknowledge(reader, recall.id, { note: ' 已通知主管医师 ' });
  const again = await acknowledge(reader, recall.id, { note: '已通知主管医师' });
  const others = [
    await acknowledge(reader, recall.id),
    await acknowledge(reader, recall.id, { note: '已复查' }),
    await acknowledge(reader, recall.id, { note: '已通知主管医师' }, DOCTOR_ZHAO),
  ];

  expect(first).toMatchObject({
    status: 201,
    body: { state: 'acknowledged', note: '已通知主管医师', acknowledgedBy: { value: 'D-1001' } },
  });
  expect(again).toMatchObject({ status: 200, body: { acknowledgedAt: first.body.acknowledgedAt } });
  expect(others.map((it) => it.status)).toEqual([409, 409, 409]);
  expect(await listed(reader, 'state=open')).toEqual([]);
  expect(await listed(reader, 'state=acknowledged')).toMatchObject([{ id: recall.id, overdue: false }]);
});

test('of many who acknowledge at once one is kept', async () => {
  const { reader, recall } = await recalled();

  const answers = await Promise.all(Array.from({ length: 6 }, (_, index) => acknowledge(reader, recall.id, { note: String(index) })));

  expect(answers.map((it) => it.status).toSorted()).toEqual([201, 409, 409, 409, 409, 409]);
});

test('an acknowledgement names a clinician', async () => {
  const { reader, recall } = await recalled();

  const answer = await reader.post(`/v1/recalls/${recall.id}/acknowledgement`, {}, { 'x-acting-practitioner': undefined });

  expect(answer.body.code).toBe('practitioner-missing');
});

test('a recall ages, and is overdue when the hours of the rules have passed', async () => {
  const { reader, recall } = await recalled(hoursAgo(73));

  expect(recall).toMatchObject({ state: 'open', ageHours: 73, overdue: true });
  expect(await listed(reader, 'overdue=true')).toHaveLength(1);
  expect(await listed(reader, 'overdue=false')).toEqual([]);
  await acknowledge(reader, recall.id);
  expect(await listed(reader, 'overdue=true')).toEqual([]);
  expect(await listed(reader)).toMatchObject([{ state: 'acknowledged', ageHours: 73, overdue: false }]);
});

test('a recall that is 71 hours old is not overdue', async () => {
  const { recall } = await recalled(hoursAgo(71));

  expect(recall).toMatchObject({ ageHours: 71, overdue: false });
});

test('another institution’s recall is as unknown as one that never was', async () => {
  const { recall } = await recalled();
  const stranger = await gateway.register();

  const answers = [
    await stranger.get(`/v1/recalls/${recall.id}`),
    await acknowledge(stranger, recall.id),
    await stranger.get(`/v1/recalls/${'1'.repeat(32)}`),
    await stranger.get('/v1/recalls/x'),
  ];

  expect(answers.map((it) => [it.status, it.body.code])).toEqual(Array(4).fill([404, 'not-found']));
  expect(await listed(stranger)).toEqual([]);
});

test('the publisher sees that it was acknowledged, names of those only that recognised, and no clinician', async () => {
  const { made, reader, recall } = await recalled();
  const receiver = await permitted(await gateway.register({ name: '互认医院' }), made.person);
  await recognise(receiver, made.person, ['WBC']);
  await correct(made, [{ ...WBC, value: '15.2' }, HGB], { minutes: 2 });
  await follow();
  await acknowledge(reader, recall.id, { note: '已通知' });

  const seen = await listed(made.source, 'role=source');
  const { body, text } = await made.source.get(`/v1/recalls/${recall.id}`);

  expect(seen.map((it) => [it.state, it.reportVersion, it.receiver?.name]).toSorted()).toEqual([
    ['acknowledged', 2, undefined],
    ['open', 3, undefined],
    ['open', 3, '互认医院'],
  ]);
  expect(JSON.stringify(seen)).not.toMatch(/D-1001|接诊医院|已通知/);
  expect(text).not.toMatch(/D-1001|接诊医院|已通知/);
  expect(body.difference[0].elements).toMatchObject([{ old: '6.10 10*9/L', new: '16.10 10*9/L' }]);
  expect((await acknowledge(made.source, recall.id)).status).toBe(404);
});

test('the auditor of the region sees everybody’s with who relied on it, and no value', async () => {
  const { reader, recall, made } = await recalled();
  const auditor = await gateway.register({ scopes: ['audit.read'] });

  const all = await listed(auditor, `role=region&report=DiagnosticReport/${made.report}`);
  const { body, text } = await auditor.get(`/v1/recalls/${recall.id}`);

  expect(all).toMatchObject([{ id: recall.id, receiver: { uscc: reader.uscc } }]);
  expect(body.reliances).toMatchObject([{ basis: 'read', practitioner: { value: 'D-1001' } }]);
  expect(text).not.toMatch(/6\.10 10/);
  expect((await auditor.get('/v1/recalls')).status).toBe(403);
  expect((await reader.get('/v1/recalls?role=region')).status).toBe(403);
});

test('the list is narrowed by report and time, and paged without loss', async () => {
  const made = await published(await gateway.register());
  const reader = await permitted(await gateway.register(), made.person);
  await lookUp(reader, made);
  for (const [index, value] of ['7.1', '7.2', '7.3'].entries()) {
    await correct(made, [{ ...WBC, value }, HGB], { minutes: index + 1 });
    await follow(hoursAgo(30 - index));
  }

  const pages: string[][] = [];
  let cursor: string | undefined;
  do {
    const { body } = await reader.get(`/v1/recalls?limit=2${cursor ? `&cursor=${cursor}` : ''}`);
    pages.push(body.recalls.map((it: { reportVersion: number }) => String(it.reportVersion)));
    cursor = body.next;
  } while (cursor);
  const from = encodeURIComponent(hoursAgo(29.5).toISOString());
  const to = encodeURIComponent(hoursAgo(28.5).toISOString());

  expect(pages).toEqual([['2', '3'], ['4']]);
  expect(await listed(reader, `from=${from}&to=${to}`)).toMatchObject([{ reportVersion: 3 }]);
  expect(await listed(reader, `report=${made.report}`)).toHaveLength(3);
  expect(await listed(reader, `report=${'1'.repeat(32)}`)).toEqual([]);
  for (const query of ['report=x', 'from=yesterday', 'to=2026-02-30', 'cursor=x', 'state=late'])
    expect((await reader.get(`/v1/recalls?${query}`)).status).toBe(400);
  const csv = await reader.send('GET', '/v1/recalls', undefined, { accept: 'text/csv' });
  expect(csv.headers['content-type']).toContain('text/csv');
  expect(csv.text.trim().split('\r\n')).toHaveLength(4);
});

test('a consent that was withdrawn since bars the new value, not the fact nor what was seen before', async () => {
  const made = await published(await gateway.register());
  const [result] = await resultsOf(made);
  const reader = await gateway.register();
  const consent = await permit(reader, made.person);
  await recognise(reader, made.person, ['WBC']);
  await reader.post(`/v1/consents/${consent}/withdrawal`, {});
  await correct(made, [HIGH, { ...HGB, value: '99' }]);
  await follow();

  const [told] = await listed(reader);
  const { body, text } = await reader.get(`/v1/recalls/${told.id}`);

  expect(told).toMatchObject({ changes: 2, bases: ['recognised', 'read'] });
  expect(body.difference).toEqual([
    expect.objectContaining({ reference: result, elements: [{ element: 'value', zh: '结果', en: 'value', old: '6.10 10*9/L' }] }),
  ]);
  expect(body.withheld).toBe(2);
  expect(text).not.toMatch(/16\.10|718-7/);
});

test('new values are for a named clinician', async () => {
  const { reader, recall } = await recalled();

  const { body } = await reader.send('GET', `/v1/recalls/${recall.id}`, undefined, { 'x-acting-practitioner': undefined });

  expect(body).toMatchObject({ withheld: 1 });
  expect(JSON.stringify(body.difference)).not.toContain('16.10');
});

test('who looks at recalls is in the log of the patient, with the version that was shown', async () => {
  const { reader, recall, made } = await recalled();
  const auditor = await gateway.register({ scopes: ['audit.read'] });
  const [result] = await resultsOf(made);

  await reader.get(`/v1/recalls/${recall.id}`);
  await acknowledge(reader, recall.id);
  await reader.send('GET', '/v1/recalls', undefined, { accept: 'text/csv' });

  const { body } = await auditor.get(`/v1/access-log?institution=${reader.uscc}&limit=20`);
  const seen = body.entries.map((it: { interaction: string; entities: string[] }) => [it.interaction, ...it.entities]);
  expect(seen).toEqual(
    expect.arrayContaining([
      ['exportRecalls', `Recall/${recall.id}`],
      ['showRecall', `Recall/${recall.id}`, `${result}/_history/2`],
      ['acknowledgeRecall', `Recall/${recall.id}`],
    ]),
  );
});

test('without the right to read reports or to ask there is nothing to see', async () => {
  const savings = await gateway.register({ scopes: ['savings.read'] });
  const { recall } = await recalled();

  expect((await savings.get('/v1/recalls')).status).toBe(403);
  expect((await savings.get(`/v1/recalls/${recall.id}`)).status).toBe(404);
});
