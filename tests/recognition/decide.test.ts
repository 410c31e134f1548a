import { and, eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { accessLog } from '../../src/access-log/access-log.tables.ts';
import { recognitionDecisions } from '../../src/recognition/recognition.tables.ts';
import { savingsEntries } from '../../src/savings/savings.tables.ts';
import { type CallingSystem, HIS_SCOPES, useGateway } from '../support/gateway.ts';
import { check, permit, publish } from '../support/recognition.ts';
import { type Person, somebody, WBC } from '../support/reports.ts';

const gateway = useGateway();

interface Scene {
  readonly source: CallingSystem;
  readonly receiver: CallingSystem;
  readonly person: Person;
  readonly report: string;
}

/** A blood count of one hospital, and a consent for another one. */
async function scene(more: { at?: Date; number?: string } = {}): Promise<Scene> {
  const [source, receiver] = [await gateway.register(), await gateway.register()];
  const person = somebody();
  const report = await publish(source, { person, ...more });
  await permit(receiver, person);
  return { source, receiver, person, report };
}

async function checked({ receiver, person }: Scene, items: readonly string[], encounter?: string): Promise<string> {
  const { body } = await check(receiver, person, items, encounter === undefined ? {} : { encounter });
  return body.id as string;
}

const recognise = (item: string) => ({ item, decision: 'recognised' });
const decide = (who: CallingSystem, checkId: string, ...decisions: readonly object[]) =>
  who.post('/v1/recognition-decisions', { check: checkId, decisions });

const entriesOf = (institution: number) => gateway.db.select().from(savingsEntries).where(eq(savingsEntries.institution, institution));

test('a result is recognised with its version, and its price is posted in the same moment', async () => {
  const it = await scene();
  await it.receiver.put('/v1/catalogue/prices', { holder: { uscc: it.receiver.uscc }, prices: [{ item: 'WBC', amountFen: 1_500 }] });
  const id = await checked(it, ['WBC', 'HGB'], 'OP-1');
  await it.receiver.put('/v1/catalogue/prices', { holder: { uscc: it.receiver.uscc }, prices: [{ item: 'WBC', amountFen: 9_999 }] });

  const answer = await decide(it.receiver, id, recognise('WBC'), {
    item: 'HGB',
    decision: 'not-recognised',
    reason: '6',
    reasonText: '术前复查',
  });

  expect(answer.status).toBe(201);
  const price = { priced: true, version: `institution:${it.receiver.institution} v1` };
  expect(answer.body).toMatchObject({
    check: id,
    decisions: [
      {
        item: 'WBC',
        decision: 'recognised',
        report: `DiagnosticReport/${it.report}`,
        reportVersion: 1,
        source: { uscc: it.source.uscc },
        practitioner: { value: 'D-1001' },
        saving: { posted: true, amountFen: 1_500, ...price },
      },
      { item: 'HGB', decision: 'not-recognised', reasonList: 'national-2022', reason: '6', reasonText: '术前复查' },
    ],
  });
  expect(await entriesOf(it.receiver.institution)).toMatchObject([
    {
      kind: 'saving',
      item: 'WBC',
      amountFen: 1_500n,
      priced: true,
      price: price.version,
      encounter: 'OP-1',
      district: '500112',
      sourceInstitution: it.source.institution,
      report: `DiagnosticReport/${it.report}`,
      reportVersion: 1,
    },
  ]);
});

test('a decision is logged with what was decided on', async () => {
  const it = await scene();
  const { body } = await decide(it.receiver, await checked(it, ['WBC']), recognise('WBC'));

  const [row] = await gateway.db
    .select()
    .from(accessLog)
    .where(and(eq(accessLog.client, it.receiver.client), eq(accessLog.interaction, 'decide')));

  expect(row).toMatchObject({ action: 'C', person: BigInt(`0x${it.report.slice(0, 16)}`) });
  expect(row?.entities).toEqual([`RecognitionDecision/${body.decisions[0].id}`, `DiagnosticReport/${it.report}/_history/1`]);
});

test('the same answer again gets the same decision; another one is a conflict and changes nothing', async () => {
  const it = await scene();
  const id = await checked(it, ['WBC', 'HGB']);
  const first = await decide(it.receiver, id, recognise('WBC'));

  const again = await decide(it.receiver, id, recognise('WBC'));
  const other = await decide(it.receiver, id, recognise('HGB'), { item: 'WBC', decision: 'not-recognised', reason: '2' });

  expect(again).toMatchObject({ status: 200, body: first.body });
  expect(other).toMatchObject({ status: 409, body: { code: 'conflict', errors: [{ path: 'decisions[1]' }] } });
  expect(
    await gateway.db.select().from(recognitionDecisions).where(eq(recognitionDecisions.institution, it.receiver.institution)),
  ).toHaveLength(1);
  expect(await entriesOf(it.receiver.institution)).toHaveLength(1);
});

test('two who answer at once get one decision; when they disagree one of them is told', async () => {
  const it = await scene();
  const [id, disputed] = [await checked(it, ['WBC', 'HGB'], 'A'), await checked(it, ['WBC', 'HGB'], 'B')];

  const same = await Promise.all([
    decide(it.receiver, id, recognise('WBC'), recognise('HGB')),
    decide(it.receiver, id, recognise('HGB'), recognise('WBC')),
    decide(it.receiver, id, recognise('WBC')),
  ]);
  const different = await Promise.all([
    decide(it.receiver, disputed, recognise('WBC')),
    decide(it.receiver, disputed, { item: 'WBC', decision: 'not-recognised', reason: '2' }),
  ]);

  expect(same.every((answer) => answer.status < 300)).toBe(true);
  const ids = same.flatMap((answer) => answer.body.decisions as { item: string; id: string }[]);
  expect(new Set(ids.map((decision) => `${decision.item} ${decision.id}`)).size).toBe(2);
  expect(different.map((answer) => answer.status).sort()).toEqual([201, 409]);
  expect((await entriesOf(it.receiver.institution)).filter((entry) => entry.encounter === 'A')).toHaveLength(2);
});

test('an item is saved once a visit, over all its checks, and again after it was taken back', async () => {
  const it = await scene();
  const ids = [
    await checked(it, ['WBC'], 'OP-7'),
    await checked(it, ['WBC'], 'OP-7'),
    await checked(it, ['WBC'], 'OP-7'),
    await checked(it, ['WBC'], 'OP-8'),
  ];
  const [one, two, three, elsewhere] = ids as [string, string, string, string];

  const first = await decide(it.receiver, one, recognise('WBC'));
  const second = await decide(it.receiver, two, recognise('WBC'));
  const other = await decide(it.receiver, elsewhere, recognise('WBC'));
  await it.receiver.post(`/v1/recognition-decisions/${first.body.decisions[0].id}/revocation`, { reason: '误操作' });
  const third = await decide(it.receiver, three, recognise('WBC'));

  expect([first, second, other, third].map((answer) => answer.body.decisions[0].saving.posted)).toEqual([true, false, true, true]);
  const entries = await entriesOf(it.receiver.institution);
  expect(
    entries
      .filter((entry) => entry.encounter === 'OP-7')
      .map((entry) => entry.kind)
      .sort(),
  ).toEqual(['reversal', 'saving', 'saving']);
});

test.for<[string, (string | undefined)[], number]>([
  ['with the encounter after a check without it', [undefined, 'OP-9'], 1],
  ['without the encounter after a check with it', ['OP-9', undefined], 1],
  ['with the encounter written with a blank or full-width', ['OP-9', 'OP-9 ', 'ＯＰ-９'], 1],
  ['in two encounters', ['OP-9', 'OP-10'], 2],
])('an item recognised %s is saved as often as it was spared', async ([, encounters, times]) => {
  const it = await scene();
  for (const encounter of encounters) await decide(it.receiver, await checked(it, ['WBC'], encounter), recognise('WBC'));

  expect(await entriesOf(it.receiver.institution)).toHaveLength(times);
});

test('what was saved without an encounter and taken back may be saved in one', async () => {
  const it = await scene();
  const { body } = await decide(it.receiver, await checked(it, ['WBC']), recognise('WBC'));
  await it.receiver.post(`/v1/recognition-decisions/${body.decisions[0].id}/revocation`, { reason: '误操作' });

  const answer = await decide(it.receiver, await checked(it, ['WBC'], 'OP-9'), recognise('WBC'));

  expect(answer.body.decisions[0].saving.posted).toBe(true);
});

test('where no encounter is named the day stands for it', async () => {
  const it = await scene();
  const [one, two] = [await checked(it, ['WBC']), await checked(it, ['WBC'])];

  const answers = [await decide(it.receiver, one, recognise('WBC')), await decide(it.receiver, two, recognise('WBC'))];

  expect(answers.map((answer) => answer.body.decisions[0].saving.posted)).toEqual([true, false]);
});

test('two checks of one visit recognised at once post one saving', async () => {
  const it = await scene();
  const ids = await Promise.all(Array.from({ length: 6 }, () => checked(it, ['WBC', 'HGB'], 'OP-9')));

  const answers = await Promise.all(ids.map((id) => decide(it.receiver, id, recognise('WBC'), recognise('HGB'))));

  expect(answers.map((answer) => answer.status)).toEqual(ids.map(() => 201));
  expect(await entriesOf(it.receiver.institution)).toHaveLength(2);
});

test('an item without a price is posted with 0 and marked so', async () => {
  const it = await scene();
  await decide(it.receiver, await checked(it, ['WBC']), recognise('WBC'));
  expect(await entriesOf(it.receiver.institution)).toMatchObject([{ amountFen: 0n, priced: false, price: null }]);
});

test('a faulty answer keeps all of them from being stored, and every fault is told with its place', async () => {
  const it = await scene();
  const id = await checked(it, ['WBC', 'HGB', 'PLT']);

  const answer = await decide(
    it.receiver,
    id,
    recognise('WBC'),
    { item: 'HGB', decision: 'not-recognised', reason: '6' },
    recognise('PLT'),
  );

  expect(answer).toMatchObject({ status: 422, body: { code: 'rule-violated' } });
  expect(answer.body.errors.map((error: { path: string }) => error.path)).toEqual(['decisions[1].reasonText', 'decisions[2].item']);
  expect(await gateway.db.select().from(recognitionDecisions).where(eq(recognitionDecisions.institution, it.receiver.institution))).toEqual(
    [],
  );
});

test('a result for reference only can be refused, not recognised', async () => {
  const it = await scene({ at: new Date(Date.now() - 7 * 3_600_000) });
  const id = await checked(it, ['WBC']);

  expect(await decide(it.receiver, id, recognise('WBC'))).toMatchObject({
    status: 422,
    body: { errors: [{ path: 'decisions[0].decision' }] },
  });
  expect((await decide(it.receiver, id, { item: 'WBC', decision: 'not-recognised', reason: '2' })).status).toBe(201);
});

test("another institution's check and decision are not there", async () => {
  const it = await scene();
  const id = await checked(it, ['WBC']);
  const { body } = await decide(it.receiver, id, recognise('WBC'));
  const decision = `/v1/recognition-decisions/${body.decisions[0].id}`;

  expect((await decide(it.source, id, recognise('WBC'))).status).toBe(404);
  expect((await it.source.post(`${decision}/revocation`, { reason: '误操作' })).status).toBe(404);
  expect((await it.source.post(`${decision}/citation`, {})).status).toBe(404);
  expect((await decide(it.receiver, 'nonsense', recognise('WBC'))).status).toBe(404);
});

test('a decision is taken back once, with its saving', async () => {
  const it = await scene();
  await it.receiver.put('/v1/catalogue/prices', { holder: { uscc: it.receiver.uscc }, prices: [{ item: 'WBC', amountFen: 1_500 }] });
  const { body } = await decide(it.receiver, await checked(it, ['WBC']), recognise('WBC'));
  const revocation = `/v1/recognition-decisions/${body.decisions[0].id}/revocation`;

  const answers = await Promise.all([1, 2, 3].map(() => it.receiver.post(revocation, { reason: '患者病情变化' })));
  const other = await it.receiver.post(revocation, { reason: '误操作' });

  expect(answers.map((answer) => answer.status).sort()).toEqual([200, 200, 201]);
  expect(answers[0]?.body).toMatchObject({ item: 'WBC', revocationReason: '患者病情变化', saving: { posted: true, amountFen: 1_500 } });
  expect(other.status).toBe(409);
  const amounts = (await entriesOf(it.receiver.institution)).map((entry) => entry.amountFen);
  expect(amounts.sort((a, b) => Number(a - b))).toEqual([-1_500n, 1_500n]);
  expect((await it.receiver.post(revocation, { reason: '  ' })).status).toBe(422);
});

test.for(['corrected', 'entered-in-error'])(
  'what was %s since the check is not recognised, but may be answered with no',
  async (status) => {
    const number = `R-${status}`;
    const it = await scene({ number });
    const check = await checked(it, ['WBC', 'HGB']);
    const before = await decide(it.receiver, check, recognise('HGB'));
    await publish(it.source, { person: it.person, number, status });

    const recognised = await decide(it.receiver, check, recognise('WBC'));
    const refused = await decide(it.receiver, check, { item: 'WBC', decision: 'not-recognised', reason: '1' });
    const again = await decide(it.receiver, check, recognise('HGB'));

    expect([before.status, recognised.status, refused.status, again.status]).toEqual([201, 409, 201, 200]);
    expect(recognised.body.errors).toMatchObject([{ path: 'decisions[0].item' }]);
  },
);

test('a citation is accepted once, also after the report was withdrawn, and not after the decision was taken back', async () => {
  const it = await scene({ number: 'R-11' });
  const { body } = await decide(it.receiver, await checked(it, ['WBC', 'HGB']), recognise('WBC'), recognise('HGB'));
  const [cited, revoked] = body.decisions.map((decision: { id: string }) => `/v1/recognition-decisions/${decision.id}`) as [string, string];
  await publish(it.source, { person: it.person, number: 'R-11', status: 'entered-in-error', analytes: [WBC] });
  await it.receiver.post(`${revoked}/revocation`, { reason: '误操作' });
  const citedAt = new Date().toISOString();

  const answers = [
    await it.receiver.post(`${cited}/citation`, { citedAt }),
    await it.receiver.post(`${cited}/citation`, { citedAt }),
    await it.receiver.post(`${cited}/citation`, {}),
    await it.receiver.post(`${cited}/citation`, { citedAt: new Date(Date.now() - 60_000).toISOString() }),
    await it.receiver.post(`${revoked}/citation`, {}),
  ];

  expect(answers.map((answer) => answer.status)).toEqual([201, 200, 200, 409, 409]);
  expect(answers[2]?.body.citedAt).toBe(citedAt);
});

test.for<[string, unknown, number]>([
  ['no time', { citedAt: 'gestern' }, 400],
  ['a time long before the decision', { citedAt: '2020-01-01T00:00:00Z' }, 422],
  ['a time to come', { citedAt: new Date(Date.now() + 2 * 86_400_000).toISOString() }, 422],
  ['a member nobody knows', { cited: true }, 400],
])('a citation with %s is refused', async ([, body, status]) => {
  const it = await scene();
  const decided = await decide(it.receiver, await checked(it, ['WBC']), recognise('WBC'));
  expect((await it.receiver.post(`/v1/recognition-decisions/${decided.body.decisions[0].id}/citation`, body)).status).toBe(status);
});

test('only what was recognised is cited', async () => {
  const it = await scene();
  const { body } = await decide(it.receiver, await checked(it, ['WBC']), { item: 'WBC', decision: 'not-recognised', reason: '2' });
  expect(await it.receiver.post(`/v1/recognition-decisions/${body.decisions[0].id}/citation`, {})).toMatchObject({ status: 422 });
});

test('an institution lists its decisions, page by page, each once', async () => {
  const it = await scene();
  for (const encounter of ['A', 'B', 'C'])
    await decide(it.receiver, await checked(it, ['WBC', 'HGB'], encounter), recognise('WBC'), recognise('HGB'));

  const seen: string[] = [];
  let cursor: string | undefined;
  do {
    const { body } = await it.receiver.get(`/v1/recognition-decisions?limit=4${cursor ? `&cursor=${cursor}` : ''}`);
    seen.push(...body.decisions.map((decision: { id: string }) => decision.id));
    cursor = body.next;
  } while (cursor);

  expect(seen).toHaveLength(6);
  expect(new Set(seen).size).toBe(6);
  expect((await it.receiver.get('/v1/recognition-decisions?item=WBC')).body.decisions).toHaveLength(3);
  expect((await it.receiver.get('/v1/recognition-decisions?to=2020-01-01')).body).toEqual({ decisions: [] });
  expect((await it.source.get('/v1/recognition-decisions')).body).toEqual({ decisions: [] });
});

test('a list is in the access log as a search, with what was asked', async () => {
  const it = await scene();
  await decide(it.receiver, await checked(it, ['WBC']), recognise('WBC'));
  await it.receiver.get('/v1/recognition-decisions?item=WBC');
  await it.receiver.get('/v1/savings/entries?item=WBC');
  const auditor = await gateway.register({ scopes: ['audit.read'] });

  const { body } = await auditor.get(`/v1/access-log?institution=${it.receiver.uscc}&limit=2`);

  expect(body.entries).toMatchObject([
    { interaction: 'listSavings', action: 'E', query: expect.stringContaining('item=WBC') },
    { interaction: 'listDecisions', action: 'E', query: expect.stringContaining('item=WBC') },
  ]);
});

test('a source sees that its results were used, and nothing of the patient but its own report', async () => {
  const it = await scene();
  const id = await checked(it, ['WBC', 'HGB'], 'OP-SECRET');
  await decide(it.receiver, id, recognise('WBC'), { item: 'HGB', decision: 'not-recognised', reason: '6', reasonText: '保密' });

  const { status, body, text } = await it.source.get('/v1/recognition-decisions?role=source');

  expect(status).toBe(200);
  expect(body.decisions).toEqual([
    {
      item: 'WBC',
      decision: 'recognised',
      report: `DiagnosticReport/${it.report}`,
      reportVersion: 1,
      receiver: { uscc: it.receiver.uscc, name: expect.any(String) },
      decidedAt: expect.any(String),
    },
  ]);
  for (const secret of ['OP-SECRET', '保密', 'D-1001', it.person.idCard, id]) expect(text).not.toContain(secret);
});

test.for([
  'cursor=x',
  'cursor=WyIyMDI2LTAyLTMxVDk5OjAwOjAwLjAwMFoiLCIxIl0',
  'from=yesterday',
  'limit=0',
  'limit=101',
  'role=owner',
  'check=nonsense',
  'colour=red',
])('a list with %s is refused', async (query) => {
  const receiver = await gateway.register();
  expect((await receiver.get(`/v1/recognition-decisions?${query}`)).status).toBe(400);
});

test('to decide takes the scope and a clinician', async () => {
  const it = await scene();
  const id = await checked(it, ['WBC']);
  const reader = await gateway.clientOf(
    it.receiver.institution,
    it.receiver.uscc,
    HIS_SCOPES.filter((scope) => scope !== 'recognition.decide'),
  );

  expect(await decide(reader, id, recognise('WBC'))).toMatchObject({ status: 403 });
  const anonymous = { 'x-acting-practitioner': undefined };
  expect(await it.receiver.post('/v1/recognition-decisions', { check: id, decisions: [recognise('WBC')] }, anonymous)).toMatchObject({
    status: 400,
    body: { code: 'practitioner-missing' },
  });
});
