import { expect, test } from 'vitest';
import { type CallingSystem, useGateway } from '../support/gateway.ts';
import { ANOTHER, checked, examine, leadsOf, outcomeOf, REVIEWER, type Scene, scene } from '../support/repeats.ts';
import { HGB, WBC } from '../support/reports.ts';

const gateway = useGateway();

/** A scene with its one lead. */
async function withLead(): Promise<Scene & { id: string; report: string }> {
  const it = await scene(gateway);
  await checked(it);
  const report = await examine(it);
  expect(await outcomeOf(gateway, report)).toBe('unexplained');
  const [lead] = await leadsOf(it.reviewer);
  return { ...it, report, id: String(lead?.id) };
}

const take = (who: CallingSystem, id: string, headers = REVIEWER) => who.send('POST', `/v1/leads/${id}/review`, undefined, headers);
const close = (who: CallingSystem, id: string, body: object = { outcome: 'justified', text: '病情变化' }, headers = REVIEWER) =>
  who.post(`/v1/leads/${id}/outcome`, body, headers);

test('a lead is taken into review, closed with what it came to, and stays so', async () => {
  const { reviewer, id } = await withLead();

  const [taken, again] = [await take(reviewer, id), await take(reviewer, id)];
  const closed = await close(reviewer, id);
  const [same, other, words] = [
    await close(reviewer, id),
    await close(reviewer, id, { outcome: 'unjustified', text: '病情变化' }),
    await close(reviewer, id, { outcome: 'justified', text: '别的' }),
  ];

  expect([taken.status, again.status, closed.status, same.status, other.status, words.status]).toEqual([201, 200, 201, 200, 409, 409]);
  expect(taken.body).toMatchObject({ state: 'in-review', reviewer: { value: 'Q-2002', name: '质控' } });
  expect(closed.body).toMatchObject({
    state: 'closed',
    outcome: 'justified',
    events: [
      { kind: 'opened' },
      { kind: 'taken', practitioner: { value: 'Q-2002' } },
      { kind: 'closed', outcome: 'justified', text: '病情变化', institution: { uscc: reviewer.uscc } },
    ],
  });
  expect(same.body).toEqual(closed.body);
  expect(await leadsOf(reviewer, '?state=closed')).toHaveLength(1);
});

test('one that is closed at once is taken with it', async () => {
  const { reviewer, id } = await withLead();

  const closed = await close(reviewer, id, { outcome: 'data-error', text: ' 采样时间填错 ' });

  expect(closed.body.events.map((it: { kind: string }) => it.kind)).toEqual(['opened', 'taken', 'closed']);
  expect(closed.body.events[2].text).toBe('采样时间填错');
});

test('of two reviewers at once one gets it, and only that one may close it', async () => {
  const { reviewer, id } = await withLead();

  const answers = await Promise.all(Array.from({ length: 6 }, (_, index) => take(reviewer, id, index % 2 === 0 ? REVIEWER : ANOTHER)));
  const [winner, loser] = answers[0]?.status === 409 ? [ANOTHER, REVIEWER] : [REVIEWER, ANOTHER];
  const [refused, closed] = [await close(reviewer, id, undefined, loser), await close(reviewer, id, undefined, winner)];

  expect(answers.map((it) => it.status).sort()).toEqual([200, 200, 201, 409, 409, 409]);
  expect([refused.status, closed.status]).toEqual([409, 201]);
  expect(closed.body.events).toHaveLength(3);
});

test('two who close at once with other words: one wins', async () => {
  const { reviewer, id } = await withLead();

  const answers = await Promise.all([
    close(reviewer, id, { outcome: 'justified', text: '一' }),
    close(reviewer, id, { outcome: 'unjustified', text: '二' }, ANOTHER),
  ]);

  expect(answers.map((it) => it.status).sort()).toEqual([201, 409]);
});

test('nobody follows up an examination of their own, and not without words', async () => {
  const { reviewer, id } = await withLead();
  const own = { 'x-acting-practitioner': 'urn:oid:2.16.156.10011.1.4|D-1001, %E6%9E%97%E6%95%8F' };

  const answers = [
    await take(reviewer, id, own),
    await close(reviewer, id, undefined, own),
    await close(reviewer, id, { outcome: 'justified', text: '  ' }),
    await close(reviewer, id, { outcome: 'withdrawn', text: '不是审核结论' }),
    await close(reviewer, id, { outcome: 'justified', text: '一', more: 1 }),
    await reviewer.send('POST', `/v1/leads/${id}/review`, undefined, { 'x-acting-practitioner': undefined }),
  ];

  expect(answers.map((it) => [it.status, it.body.code])).toEqual([
    [422, 'rule-violated'],
    [422, 'rule-violated'],
    [422, 'rule-violated'],
    [400, 'malformed'],
    [400, 'malformed'],
    [400, 'practitioner-missing'],
  ]);
});

test('a lead is never shown to another institution, not even the one whose result it is about', async () => {
  const { source, receiver, report, id } = await withLead();
  const stranger = await gateway.clientOf(source.institution, source.uscc, ['leads.review']);

  const answers = [
    await stranger.get(`/v1/leads/${id}`),
    await take(stranger, id),
    await close(stranger, id),
    await stranger.get('/v1/leads/no-id'),
    await stranger.get(`/v1/leads/${'7'.repeat(32)}`),
  ];

  expect(answers.map((it) => it.status)).toEqual([404, 404, 404, 404, 404]);
  expect(await leadsOf(stranger)).toEqual([]);
  expect(await leadsOf(stranger, `?institution=${receiver.uscc}`)).toEqual([]);
  expect(JSON.stringify(answers)).not.toContain(report);
});

test('the region’s leads are for auditors, and to follow them up takes both rights', async () => {
  const { receiver, source, id } = await withLead();
  const bureau = await gateway.register({ level: null });
  const [auditor, both] = [
    await gateway.clientOf(bureau.institution, bureau.uscc, ['audit.read']),
    await gateway.clientOf(bureau.institution, bureau.uscc, ['audit.read', 'leads.review']),
  ];

  expect(await leadsOf(auditor, `?institution=${receiver.uscc}`)).toMatchObject([{ id }]);
  expect((await auditor.get(`/v1/leads/${id}`)).body.evidence.recognisable.source).toMatchObject({ uscc: source.uscc });
  expect((await take(auditor, id)).status).toBe(403);
  expect((await take(both, id)).status).toBe(201);
  expect((await receiver.get('/v1/leads')).status).toBe(403);
});

test('lists are narrowed, and go on page by page', async () => {
  const it = await scene(gateway, { more: { analytes: [WBC, HGB] } });
  const reports = [];
  for (const minutes of [3, 2, 1])
    reports.push(await examine(it, { analytes: [WBC, HGB], report: {}, at: new Date(Date.now() - minutes) }));
  await gateway.app.rounds.runAll();

  const all = await leadsOf(it.reviewer);
  const pages: unknown[] = [];
  for (let cursor = ''; ; ) {
    const { body } = await it.reviewer.get(`/v1/leads?limit=2${cursor}`);
    pages.push(...body.leads);
    if (!body.next) break;
    cursor = `&cursor=${body.next}`;
  }

  expect(all).toHaveLength(6);
  expect(pages).toEqual(all);
  const first = String(all.at(-1)?.['performedAt']);
  expect(await leadsOf(it.reviewer, '?item=WBC')).toHaveLength(3);
  expect(await leadsOf(it.reviewer, `?from=${first}&item=HGB`)).toHaveLength(3);
  expect(await leadsOf(it.reviewer, `?to=${first}`)).toHaveLength(0);
  expect(await leadsOf(it.reviewer, '?state=in-review')).toHaveLength(0);
  expect(await leadsOf(it.reviewer, '?doctor=D-1001')).toHaveLength(0);
  expect(await leadsOf(it.reviewer, '?institution=11500000MB1670604W')).toHaveLength(0);
  expect((await it.reviewer.get('/v1/leads?from=gestern')).body).toMatchObject({ code: 'parameter-invalid', errors: [{ path: 'from' }] });
  expect((await it.reviewer.get('/v1/leads?cursor=x')).status).toBe(400);
});

test('the file has them all, with the same columns', async () => {
  const { reviewer, id, report } = await withLead();

  const answer = await reviewer.get('/v1/leads', { accept: 'text/csv' });

  expect(answer.headers['content-type']).toContain('text/csv');
  const [header, line, ...more] = answer.text.trim().split(/\r?\n/);
  expect(header).toContain('id,state,outcome,institutionUscc');
  expect(line).toContain(`${id},open,,${reviewer.uscc}`);
  expect(line).toContain(report);
  expect(more).toEqual([]);
});

test('every look at leads, a file of them as a disclosure, and every step, is in the log of the patient', async () => {
  const { reviewer, id, report } = await withLead();
  await reviewer.get(`/v1/leads/${id}`);
  await reviewer.get('/v1/leads', { accept: 'text/csv' });
  await take(reviewer, id);
  await close(reviewer, id);
  await close(reviewer, id);

  const { rows } = await gateway.db.$client.query(
    'select interaction, action, person, entities from access_log where client = $1 order by recorded_at, id',
    [reviewer.client],
  );
  expect(rows.map((it) => `${it.interaction} ${it.action}`)).toEqual([
    'listLeads E',
    'showLead R',
    'exportLeads R',
    'reviewLead U',
    'closeLead U',
    'closeLead R',
  ]);
  expect(new Set(rows.map((it) => it.person))).toEqual(new Set([String(BigInt(`0x${report.slice(0, 16)}`))]));
  expect(rows.every((it) => it.entities.includes(`Lead/${id}`))).toBe(true);
});

test('facts that come later close what is in review, and leave alone what a reviewer has closed', async () => {
  const [held, done] = [await scene(gateway), await scene(gateway)];
  const leads: string[] = [];
  const checks: string[] = [];
  for (const it of [held, done]) {
    checks.push(await checked(it));
    await examine(it);
    await gateway.app.rounds.runAll();
    leads.push(String((await leadsOf(it.reviewer))[0]?.id));
  }
  const [first = '', second = ''] = leads;
  await take(held.reviewer, first);
  await close(done.reviewer, second, { outcome: 'unjustified', text: '无理由重复' });

  for (const [index, it] of [held, done].entries()) {
    const decisions = [{ item: 'WBC', decision: 'not-recognised', reason: '1' }];
    await it.receiver.post('/v1/recognition-decisions', { check: checks[index], decisions });
  }
  await gateway.app.rounds.runAll();

  const shown = (await held.reviewer.get(`/v1/leads/${first}`)).body;
  expect(shown).toMatchObject({ state: 'closed', outcome: 'explained' });
  expect(shown.events.at(-1)).not.toHaveProperty('practitioner');
  expect((await close(held.reviewer, first)).status).toBe(409);
  expect((await done.reviewer.get(`/v1/leads/${second}`)).body).toMatchObject({ state: 'closed', outcome: 'unjustified' });
});
