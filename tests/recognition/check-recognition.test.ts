import { eq } from 'drizzle-orm';
import pg from 'pg';
import { expect, test, vi } from 'vitest';
import { accessLog } from '../../src/access-log/access-log.tables.ts';
import { ITEM_SYSTEM } from '../../src/catalogue/items/find-items.ts';
import { useGateway } from '../support/gateway.ts';
import { check, permit, publish, publishExamination } from '../support/recognition.ts';
import { ID_CARD, somebody, WBC } from '../support/reports.ts';

const gateway = useGateway();

const HOUR = 3_600_000;
const ago = (ms: number) => new Date(Date.now() - ms);

test('a fresh result of another hospital is recognisable, with its digits, its version, its window, its price and its text', async () => {
  const [source, receiver] = [await gateway.register({ name: '渝北区人民医院', level: 2 }), await gateway.register()];
  const person = somebody();
  const sampled = ago(HOUR);
  const report = await publish(source, {
    person,
    at: sampled,
    analytes: [{ ...WBC, value: '6.10' }],
  });
  await permit(receiver, person);
  await receiver.put('/v1/catalogue/prices', { holder: { uscc: receiver.uscc }, prices: [{ item: 'WBC', amountFen: 1_500 }] });

  const answer = await check(receiver, person, ['WBC'], { encounter: 'OP-1' });

  expect(answer.status).toBe(201);
  expect(answer.body).toMatchObject({
    encounter: 'OP-1',
    setting: 'outpatient',
    trigger: 'order-entry',
    edition: 'tongjian-222',
    rulesVersion: 'national-2022.1',
    permission: { basis: 'consent' },
    items: [
      {
        item: 'WBC',
        nameZh: '白细胞计数(WBC)',
        verdict: 'recognisable',
        reasons: [],
        window: { minutes: 360, basis: 'sampled', source: 'edition' },
        candidate: {
          report: `DiagnosticReport/${report}`,
          reportVersion: 1,
          reportStatus: 'final',
          source: { uscc: source.uscc, name: '渝北区人民医院', level: 2 },
          sampledAt: sampled.toISOString(),
          validUntil: new Date(sampled.getTime() + 6 * HOUR).toISOString(),
          value: '6.10',
          unit: '10*9/L',
        },
        others: 0,
        price: { amountFen: 1_500, priced: true, version: `institution:${receiver.institution} v1` },
      },
    ],
  });
  const { recordText } = answer.body.items[0];
  expect(recordText.zh).toContain('白细胞计数(WBC) 6.10 10*9/L');
  expect(recordText.zh).toContain('渝北区人民医院');
  expect(recordText.zh).toContain(`DiagnosticReport/${report}/_history/1`);
});

test('without consent the answer is the same for a person with results, a person without and a person nobody knows', async () => {
  const [source, receiver] = [await gateway.register(), await gateway.register()];
  const [known, stranger] = [somebody(), somebody()];
  await publish(source, { person: known });

  const answers = [await check(receiver, known, ['WBC', 'NO-SUCH-ITEM']), await check(receiver, stranger, ['WBC', 'NO-SUCH-ITEM'])];

  const [first, second] = answers.map(({ status, body }) => ({ status, body: { ...body, id: '', checkedAt: '' } }));
  expect(first).toEqual(second);
  expect(first?.status).toBe(201);
  expect(first?.body.permission).toEqual({ basis: 'none', categories: [] });
  expect(first?.body.items).toMatchObject([{ verdict: 'consent-required', others: 0 }, { verdict: 'unknown-item' }]);
  expect(first?.body.items[0]).not.toHaveProperty('candidate');
  expect(first?.body.items[0]).not.toHaveProperty('price');
});

test('without consent two checks of one person do not even share the first half of their ids', async () => {
  const [source, receiver] = [await gateway.register(), await gateway.register()];
  const person = somebody();
  await publish(source, { person });

  const ids = [(await check(receiver, person, ['WBC'])).body.id as string, (await check(receiver, person, ['WBC'])).body.id as string];

  expect(ids[0]?.slice(0, 16)).not.toBe(ids[1]?.slice(0, 16));
});

test('a check without consent is logged under the person it was about', async () => {
  const [source, receiver] = [await gateway.register(), await gateway.register()];
  const person = somebody();
  const report = await publish(source, { person });
  await check(receiver, person, ['WBC']);

  const rows = await gateway.db.select().from(accessLog).where(eq(accessLog.client, receiver.client));

  expect(rows).toHaveLength(2);
  expect(rows.find((it) => it.interaction === 'decideConsent')).toMatchObject({ outcome: 4, person: rows[0]?.person });
  const row = rows.find((it) => it.interaction === 'checkRecognition');
  expect(row).toMatchObject({
    action: 'E',
    outcome: 0,
    query: 'trigger=order-entry&setting=outpatient&items=WBC',
  });
  expect(row?.person).toBe(BigInt(`0x${report.slice(0, 16)}`));
  expect(row?.entities).toHaveLength(1);
});

test('what was shown is logged by report version', async () => {
  const [source, receiver] = [await gateway.register(), await gateway.register()];
  const person = somebody();
  const report = await publish(source, { person });
  await permit(receiver, person);
  const { body } = await check(receiver, person, ['WBC', 'HGB']);

  const rows = await gateway.db.select().from(accessLog).where(eq(accessLog.client, receiver.client));

  const entry = rows.find((it) => it.interaction === 'checkRecognition');
  expect(entry?.entities).toEqual(
    expect.arrayContaining([`RecognitionCheck/${body.id}`, `DiagnosticReport/${report}/_history/1`, body.items[0].candidate.result]),
  );
  expect(entry?.practitionerValue).toBe('D-1001');
});

test('a consent for laboratory results says nothing about imaging', async () => {
  const [source, receiver] = [await gateway.register(), await gateway.register()];
  const person = somebody();
  await publish(source, { person });
  await publishExamination(source, person, 'CT-CHEST-PLAIN', ago(HOUR));
  await permit(receiver, person, { categories: ['laboratory'] });

  const { body } = await check(receiver, person, ['WBC', 'CT-CHEST-PLAIN']);

  expect(body.permission.categories).toEqual(['laboratory']);
  expect(body.items).toMatchObject([{ verdict: 'recognisable' }, { verdict: 'consent-required' }]);
  expect(body.items[1]).not.toHaveProperty('candidate');
});

test('an examination comes with its study, its time and its look-back, and without the conclusion of its radiologist', async () => {
  const [source, receiver] = [await gateway.register(), await gateway.register()];
  const person = somebody();
  const at = ago(24 * HOUR);
  await publishExamination(source, person, 'CT-CHEST-PLAIN', at);
  await permit(receiver, person);

  const { body, text } = await check(receiver, person, ['CT-CHEST-PLAIN']);

  expect(body.items[0]).toMatchObject({
    verdict: 'recognisable',
    window: { minutes: 129_600, basis: 'examined', source: 'edition' },
    candidate: { examinedAt: at.toISOString() },
    price: { amountFen: 0, priced: false, version: null },
  });
  expect(body.items[0].candidate.studies).toHaveLength(1);
  expect(text).not.toContain('双肺');
});

test('a withdrawal of consent holds for the next check', async () => {
  const [source, receiver] = [await gateway.register(), await gateway.register()];
  const person = somebody();
  await publish(source, { person });
  const consent = await permit(receiver, person);
  expect((await check(receiver, person, ['WBC'])).body.items[0].verdict).toBe('recognisable');

  const withdrawn = await receiver.post(`/v1/consents/${consent}/withdrawal`, {});

  expect(withdrawn.status).toBeLessThan(300);
  expect((await check(receiver, person, ['WBC'])).body.items[0].verdict).toBe('consent-required');
});

test("a hospital's own result is none to recognise; a withdrawn one is none to show", async () => {
  const [source, receiver] = [await gateway.register(), await gateway.register()];
  const [own, taken] = [somebody(), somebody()];
  await publish(receiver, { person: own });
  await publish(source, { person: taken, number: 'R-1' });
  await publish(source, { person: taken, number: 'R-1', status: 'entered-in-error' });
  await permit(receiver, own);
  await permit(receiver, taken);

  const answers = [await check(receiver, own, ['WBC']), await check(receiver, taken, ['WBC'])];

  expect(answers.map((it) => it.body.items[0])).toMatchObject([
    { verdict: 'none', reasons: [{ code: 'own-hospital' }] },
    { verdict: 'none', reasons: [{ code: 'withdrawn' }] },
  ]);
});

test('a result whose window has passed is for reference, and costs nothing', async () => {
  const [source, receiver] = [await gateway.register(), await gateway.register()];
  const person = somebody();
  await publish(source, { person, at: ago(7 * HOUR) });
  await permit(receiver, person);

  const { body } = await check(receiver, person, ['WBC']);

  expect(body.items[0]).toMatchObject({ verdict: 'reference-only', reasons: [{ code: 'stale' }], candidate: { value: '6.10' } });
  expect(body.items[0]).not.toHaveProperty('price');
  expect(body.items[0]).not.toHaveProperty('recordText');
});

test('when the patient is opened, exactly the items with something recognisable are answered', async () => {
  const [source, receiver] = [await gateway.register(), await gateway.register()];
  const person = somebody();
  await publish(source, { person });
  await publish(source, { person, at: ago(9 * HOUR), analytes: [{ loinc: '777-3', value: '210', unit: '10*9/L' }] });
  await permit(receiver, person);

  const { body } = await check(receiver, person, undefined);

  expect(body.items.map((it: { item: string }) => it.item)).toEqual(['HGB', 'WBC']);
});

test('when a patient without consent is opened there is nothing to say', async () => {
  const receiver = await gateway.register();
  const { body } = await check(receiver, somebody(), undefined);
  expect(body).toMatchObject({ permission: { basis: 'none' }, items: [] });
});

test('of several results the newest is shown and the others are counted', async () => {
  const [first, second, receiver] = [await gateway.register(), await gateway.register(), await gateway.register()];
  const person = somebody();
  await publish(first, { person, at: ago(3 * HOUR), analytes: [{ ...WBC, value: '5.0' }] });
  await publish(second, { person, at: ago(HOUR), analytes: [{ ...WBC, value: '7.00' }] });
  await publish(first, { person, at: ago(2 * HOUR), analytes: [{ ...WBC, value: '6.0' }] });
  await permit(receiver, person);

  const { body } = await check(receiver, person, ['WBC']);

  expect(body.items[0]).toMatchObject({ others: 2, candidate: { value: '7.00', source: { uscc: second.uscc } } });
});

test('a report coded like the measurement in it is one result', async () => {
  const [source, receiver] = [await gateway.register(), await gateway.register()];
  const person = somebody();
  await publish(source, { person, analytes: [WBC], report: { code: { coding: [{ system: ITEM_SYSTEM, code: 'WBC' }] } } });
  await permit(receiver, person);

  const { body } = await check(receiver, person, ['WBC']);

  expect(body.items[0]).toMatchObject({ others: 0, candidate: { value: '6.10' } });
});

test('an emergency opens what consent would, and says so', async () => {
  const [source, receiver] = [await gateway.register(), await gateway.register()];
  const person = somebody();
  await publish(source, { person });

  const { body } = await check(
    receiver,
    person,
    ['WBC'],
    { setting: 'emergency' },
    {
      'x-purpose-of-use': 'BTG',
      'x-break-glass-reason': encodeURIComponent('昏迷，家属未到'),
    },
  );

  expect(body).toMatchObject({ permission: { basis: 'emergency' }, items: [{ verdict: 'recognisable' }] });
});

test('a check is shown later as it was answered, whatever has changed since, and to its institution alone', async () => {
  const [source, receiver] = [await gateway.register(), await gateway.register()];
  const person = somebody();
  await publish(source, { person, number: 'R-7', analytes: [WBC] });
  const consent = await permit(receiver, person);
  const asked = await check(receiver, person, ['WBC']);
  await publish(source, { person, number: 'R-7', status: 'corrected', analytes: [{ ...WBC, value: '9.99' }] });
  await receiver.put('/v1/catalogue/prices', { holder: { uscc: receiver.uscc }, prices: [{ item: 'WBC', amountFen: 777 }] });
  await receiver.post(`/v1/consents/${consent}/withdrawal`, {});

  const shown = await receiver.get(`/v1/recognition-checks/${asked.body.id}`);

  expect(shown.status).toBe(200);
  expect(shown.body).toEqual(asked.body);
  expect((await source.get(`/v1/recognition-checks/${asked.body.id}`)).status).toBe(404);
  expect((await receiver.get('/v1/recognition-checks/nonsense')).status).toBe(404);
});

test('after a correction the new version is offered', async () => {
  const [source, receiver] = [await gateway.register(), await gateway.register()];
  const person = somebody();
  await publish(source, { person, number: 'R-8', analytes: [WBC] });
  await publish(source, { person, number: 'R-8', status: 'corrected', analytes: [{ ...WBC, value: '9.90' }] });
  await permit(receiver, person);

  const { body } = await check(receiver, person, ['WBC']);

  expect(body.items[0]).toMatchObject({ others: 0, candidate: { reportVersion: 2, reportStatus: 'corrected', value: '9.90' } });
});

test.for<[string, Record<string, unknown>, number, string]>([
  ['no patient', { patient: undefined }, 400, 'patient'],
  ['an order without items', { items: undefined }, 400, 'items'],
  ['no item at all', { items: [] }, 400, 'items'],
  ['one item twice', { items: ['WBC', 'WBC'] }, 400, 'items'],
  ['too many items', { items: Array.from({ length: 101 }, (_, index) => `I${index}`) }, 400, 'items'],
  ['a member nobody knows', { haste: true }, 400, ''],
  ['an institution of one’s own choosing', { institution: 7 }, 400, ''],
  ['a setting that is none', { setting: 'street' }, 400, 'setting'],
  ['a text no database can hold', { encounter: 'a\u0000b' }, 400, 'encounter'],
])('refused with its place: %s', async ([, more, status, path]) => {
  const receiver = await gateway.register();

  const answer = await receiver.post('/v1/recognition-checks', {
    patient: { identifier: { system: ID_CARD, value: somebody().idCard } },
    setting: 'outpatient',
    trigger: 'order-entry',
    items: ['WBC'],
    ...more,
  });

  expect(answer.status).toBe(status);
  expect(JSON.stringify(answer.body.errors)).toContain(path);
});

test('who asks must have the scope, and name a clinician', async () => {
  const person = somebody();
  const publisher = await gateway.register({ scopes: ['system/*.cruds'] });
  const receiver = await gateway.register();

  expect(await check(publisher, person, ['WBC'])).toMatchObject({ status: 403, body: { code: 'scope-insufficient' } });
  expect(await check(receiver, person, ['WBC'], {}, { 'x-acting-practitioner': undefined })).toMatchObject({
    status: 400,
    body: { code: 'practitioner-missing' },
  });
});

/** How many statements the transaction of the work takes; those of other connections are not its own. */
async function statementsOf(work: () => Promise<unknown>): Promise<number> {
  const query = vi.spyOn(pg.Client.prototype, 'query');
  try {
    await work();
    const begun = query.mock.calls.findIndex(([text]) => (text as unknown) === 'begin');
    const client = query.mock.contexts[begun];
    return query.mock.contexts.filter((it, index) => index >= begun && it === client).length;
  } finally {
    query.mockRestore();
  }
}

test('a check takes the same number of statements for one item and result as for many, and for a stranger as for a known person', async () => {
  const [source, receiver] = [await gateway.register(), await gateway.register()];
  const [person, unpermitted] = [somebody(), somebody()];
  await publish(source, { person });
  await publish(source, { person: unpermitted });
  await permit(receiver, person);
  for (const hours of [2, 3, 4]) await publish(source, { person, at: ago(hours * HOUR) });
  const many = ['WBC', 'HGB', 'RBC', 'PLT', 'ALT', 'AST', 'TP', 'ALB', 'K', 'NA', 'CT-CHEST-PLAIN', 'MR-HEAD-PLAIN', 'NO-SUCH-ITEM'];
  // Reference data are asked for once.
  await check(receiver, person, many);
  const one = await statementsOf(() => check(receiver, person, ['WBC', 'NO-SUCH-ITEM']));

  expect(await statementsOf(() => check(receiver, person, many))).toBe(one);
  expect(one).toBeLessThanOrEqual(11);
  const unseen = await statementsOf(() => check(receiver, unpermitted, ['WBC']));
  expect(await statementsOf(() => check(receiver, somebody(), ['WBC']))).toBe(unseen);
});
