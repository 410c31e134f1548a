import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { beforeAll, expect, test } from 'vitest';
import { accessLog } from '../../src/access-log/access-log.tables.ts';
import { recognitionChecks } from '../../src/recognition/recognition.tables.ts';
import { type CallingSystem, useGateway } from '../support/gateway.ts';
import { amendCatalogue, check, permit, publish, publishExamination } from '../support/recognition.ts';
import { beijing, HGB, ID_CARD, type Person, patientOf, somebody, WBC } from '../support/reports.ts';
import { statementsOf } from '../support/statements.ts';

const gateway = useGateway();

const HOUR = 3_600_000;
const ago = (ms: number) => new Date(Date.now() - ms);
const PLT = { loinc: '777-3', value: '210', unit: '10*9/L' };

beforeAll(async () => {
  await amendCatalogue(gateway.databaseUrl, {
    PAIR: { name_zh: '两项', name_en: 'Two of a blood count', unit: null },
    WBC: { panels: ['PAIR'], window_without_treatment: true },
    HGB: { panels: ['PAIR'], window_without_treatment: false },
    'CT-CHEST-PLAIN': { originals_required: true },
    LAC: { negative_zh: '采血条件影响大', negative_en: 'depends on how the blood was taken' },
    HBSAG: { sensitivity: 'STD' },
  });
});

/** A hospital with a result, one that asks, and somebody who permitted it. */
async function consented(): Promise<{ source: CallingSystem; receiver: CallingSystem; person: Person }> {
  const [source, receiver] = [await gateway.register(), await gateway.register()];
  return { source, receiver, person: somebody() };
}

const codesOf = (item: { reasons: { code: string }[] }) => item.reasons.map((it) => it.code);

test('each reason says where it comes from and what would have to change', async () => {
  const { source, receiver, person } = await consented();
  await publish(source, { person, at: ago(7 * HOUR) });
  await permit(receiver, person);

  const { body } = await check(receiver, person, ['HGB']);

  const [reason] = body.items[0].reasons;
  expect(reason).toMatchObject({ code: 'stale', source: expect.stringMatching(/HGB\.windowMinutes$/) });
  expect(reason.source).toContain(body.edition);
  expect(reason.remedyEn).toMatch(/^A result sampled at \d{4}-\d\d-\d\d \d\d:\d\d \(Beijing\) or later\.$/);
  expect(reason.remedyZh).toContain('北京时间');
});

test('a treatment that the caller knows of ends a window that holds only without one; one before the sampling does not', async () => {
  const { source, receiver, person } = await consented();
  await publish(source, { person, at: ago(2 * HOUR) });
  await permit(receiver, person);
  const ask = async (more: Record<string, unknown>) => (await check(receiver, person, ['WBC', 'HGB'], more)).body.items;

  const [since, before, never] = [
    await ask({ lastTreatmentAt: ago(HOUR).toISOString() }),
    await ask({ lastTreatmentAt: ago(3 * HOUR).toISOString() }),
    await ask({}),
  ];

  expect(since.map(codesOf)).toEqual([['intervention-since'], []]);
  expect(since[0].window).toMatchObject({ withoutTreatment: true });
  expect(before.map(codesOf)).toEqual([[], []]);
  expect(never.map(codesOf)).toEqual([[], []]);
});

/** Publishes a procedure on the person. */
async function treat(source: CallingSystem, person: Person, about: Record<string, unknown>): Promise<void> {
  const patient = `urn:uuid:${randomUUID()}`;
  const entry = [
    {
      fullUrl: patient,
      resource: patientOf(person),
      request: { method: 'POST', url: 'Patient', ifNoneExist: `identifier=${ID_CARD}|${person.idCard}` },
    },
    {
      fullUrl: `urn:uuid:${randomUUID()}`,
      resource: { resourceType: 'Procedure', status: 'completed', code: { text: '输血' }, subject: { reference: patient }, ...about },
      request: { method: 'POST', url: 'Procedure' },
    },
  ];
  expect((await source.post('/fhir', { resourceType: 'Bundle', type: 'transaction', entry })).status).toBe(200);
}

test.for<[string, Record<string, unknown>, readonly string[]]>([
  ['one since', { performedDateTime: beijing(ago(HOUR)) }, ['intervention-since']],
  ['one before', { performedDateTime: beijing(ago(4 * HOUR)) }, []],
  [
    'one that began before and lasts',
    { performedPeriod: { start: beijing(ago(4 * HOUR)) }, status: 'in-progress' },
    ['intervention-since'],
  ],
  ['one that ended before', { performedPeriod: { start: beijing(ago(4 * HOUR)), end: beijing(ago(3 * HOUR)) } }, []],
  ['one that was not done', { performedDateTime: beijing(ago(HOUR)), status: 'not-done' }, []],
  ['one that is planned', { performedDateTime: beijing(ago(-HOUR)), status: 'preparation' }, []],
])('a treatment that was published counts: %s', async ([, about, reasons]) => {
  const { source, receiver, person } = await consented();
  await publish(source, { person, at: ago(2 * HOUR) });
  await treat(source, person, about);
  await permit(receiver, person);

  const { body } = await check(receiver, person, ['WBC']);

  expect(codesOf(body.items[0])).toEqual(reasons);
});

test('a treatment that consent does not reach is not told of', async () => {
  const { source, receiver, person } = await consented();
  await publish(source, { person, at: ago(2 * HOUR) });
  await treat(source, person, { performedDateTime: beijing(ago(HOUR)) });
  await permit(receiver, person, { categories: ['laboratory'] });

  expect(codesOf((await check(receiver, person, ['WBC'])).body.items[0])).toEqual([]);
});

test('what was asked of treatments is in the log', async () => {
  const { source, receiver, person } = await consented();
  await publish(source, { person, at: ago(2 * HOUR) });
  await treat(source, person, { performedDateTime: beijing(ago(HOUR)) });
  await permit(receiver, person);
  await check(receiver, person, ['WBC']);

  const rows = await gateway.db.select().from(accessLog).where(eq(accessLog.client, receiver.client));

  expect(rows.flatMap((it) => it.entities).filter((it) => it.startsWith('Procedure/'))).toHaveLength(1);
});

test.for<[string, { status?: string; hasEndpoint?: boolean }, string, readonly string[]]>([
  ['available, with an address', {}, 'retrievable', []],
  ['available, without an address', { hasEndpoint: false }, 'missing', ['originals-missing']],
  ['registered only', { status: 'registered' }, 'missing', ['originals-missing']],
])('originals: a study that is %s', async ([, study, originals, reasons]) => {
  const { source, receiver, person } = await consented();
  await publishExamination(source, person, 'CT-CHEST-PLAIN', ago(HOUR), study);
  await permit(receiver, person);

  const { body } = await check(receiver, person, ['CT-CHEST-PLAIN']);

  expect(body.items[0].candidate).toMatchObject({ originals });
  expect(codesOf(body.items[0])).toEqual(reasons);
});

test.for<[string, Record<string, unknown>, readonly string[]]>([
  ['the same name and birth date', {}, []],
  ['another spelling of the name', { name: '周 晓岚' }, []],
  ['another name', { name: '周晓兰' }, ['identity-doubt']],
  ['another birth date', { birthDate: '1949-10-01' }, ['identity-doubt']],
])('who is meant: %s', async ([, claim, reasons]) => {
  const { source, receiver, person } = await consented();
  await publish(source, { person });
  await permit(receiver, person);

  const patient = { identifier: { system: ID_CARD, value: person.idCard }, name: person.name, birthDate: person.birthDate, ...claim };
  const { body } = await check(receiver, person, ['WBC', 'GLU'], { patient });

  expect(codesOf(body.items[0])).toEqual(reasons);
  // Where it is in doubt who is meant, nothing tells whether there is a result.
  if (reasons.length > 0) expect(body.items.map(codesOf)).toEqual([reasons, reasons]);
});

test('a wrong name tells nothing without consent', async () => {
  const { source, receiver, person } = await consented();
  await publish(source, { person });
  const patient = { identifier: { system: ID_CARD, value: person.idCard }, name: '周晓兰' };

  expect((await check(receiver, person, ['WBC'], { patient })).body.items[0]).toMatchObject({ verdict: 'consent-required' });
});

test('an item of the negative list may be read, with the reason of the list', async () => {
  const { source, receiver, person } = await consented();
  await publish(source, { person, analytes: [{ loinc: '2524-7', value: '1.2', unit: 'mmol/L' }] });
  await permit(receiver, person);

  const { body } = await check(receiver, person, ['LAC']);

  expect(body.items[0]).toMatchObject({ verdict: 'reference-only', reasons: [{ code: 'negative-list' }], candidate: { value: '1.2' } });
  expect(body.items[0].reasons[0].textZh).toContain('采血条件影响大');
});

test('a sensitive item says nothing on a general consent', async () => {
  const { source, receiver, person } = await consented();
  await publish(source, { person, analytes: [{ loinc: '5196-1', value: '0.02', unit: '[IU]/mL' }] });
  await permit(receiver, person);

  const { body } = await check(receiver, person, ['HBSAG']);

  expect(body.items[0]).toMatchObject({ verdict: 'consent-required', reasons: [{ code: 'sensitive-not-consented' }], others: 0 });
  expect(body.items[0]).not.toHaveProperty('candidate');
});

test('a unit that cannot be compared makes a result one to read', async () => {
  const { source, receiver, person } = await consented();
  await publish(source, { person, analytes: [{ ...HGB, unit: 'mm[Hg]' }] });
  await permit(receiver, person);

  const { body } = await check(receiver, person, ['HGB']);

  expect(body.items[0]).toMatchObject({
    verdict: 'reference-only',
    reasons: [{ code: 'unit-not-comparable' }],
    candidate: { unit: 'mm[Hg]' },
  });
});

test('a panel is answered by its members from several reports, with the price of all and a text of each', async () => {
  const { source, receiver, person } = await consented();
  await receiver.put('/v1/catalogue/prices', {
    holder: { uscc: receiver.uscc },
    prices: [
      { item: 'WBC', amountFen: 1_200 },
      { item: 'HGB', amountFen: 800 },
    ],
  });
  await publish(source, { person, analytes: [WBC] });
  await publish(source, { person, at: ago(2 * HOUR), analytes: [HGB] });
  await permit(receiver, person);

  const { body } = await check(receiver, person, ['PAIR']);

  expect(body.items).toHaveLength(1);
  expect(body.items[0]).toMatchObject({
    item: 'PAIR',
    nameZh: '两项',
    verdict: 'recognisable',
    members: [
      { item: 'HGB', verdict: 'recognisable', candidate: { value: HGB.value } },
      { item: 'WBC', verdict: 'recognisable', candidate: { value: WBC.value } },
    ],
    price: { amountFen: 2_000, priced: true },
  });
  expect(body.items[0].candidate).toMatchObject({ source: { uscc: source.uscc }, reportVersion: 1 });
  expect(body.items[0].recordText.zh.split('\n')).toHaveLength(2);
});

test('a panel with a member missing is for reference, and says which', async () => {
  const { source, receiver, person } = await consented();
  await publish(source, { person, analytes: [HGB, PLT] });
  await permit(receiver, person);

  const { body } = await check(receiver, person, ['PAIR']);

  expect(body.items[0]).toMatchObject({ verdict: 'reference-only', reasons: [{ code: 'panel-incomplete' }] });
  expect(body.items[0].reasons[0].textZh).toContain('白细胞计数');
  expect(body.items[0].reasons[0].textZh).not.toContain('血红蛋白');
  expect(body.items[0]).not.toHaveProperty('price');
});

test('a panel can be decided on: the decision binds to the report that answers most of it', async () => {
  const { source, receiver, person } = await consented();
  const report = await publish(source, { person, analytes: [WBC, HGB] });
  await permit(receiver, person);
  const { body } = await check(receiver, person, ['PAIR'], { encounter: 'OP-9' });

  const decided = await receiver.post('/v1/recognition-decisions', {
    check: body.id,
    decisions: [{ item: 'PAIR', decision: 'recognised' }],
  });

  expect(decided.status).toBe(201);
  expect(decided.body.decisions[0]).toMatchObject({ item: 'PAIR', report: `DiagnosticReport/${report}`, source: { uscc: source.uscc } });
});

test('a patient who is opened is answered by single items, not by panels over them', async () => {
  const { source, receiver, person } = await consented();
  await publish(source, { person, analytes: [WBC, HGB] });
  await permit(receiver, person);

  const { body } = await check(receiver, person, undefined);

  expect(body.items.map((it: { item: string }) => it.item)).toEqual(['HGB', 'WBC']);
});

test('what a decision will need is kept with the check, and not sent', async () => {
  const { source, receiver, person } = await consented();
  const sampled = ago(HOUR);
  await publish(source, { person, at: sampled });
  await permit(receiver, person);
  const { body, text } = await check(receiver, person, ['WBC']);

  const [row] = await gateway.db.select().from(recognitionChecks).where(eq(recognitionChecks.client, receiver.client));

  expect(text).not.toContain('citationHours');
  expect(row?.rulesVersion).toBe(body.rulesVersion);
  expect(row?.answer).toMatchObject({
    basis: {
      district: '500112',
      sources: { WBC: source.institution },
      reasonList: expect.any(String),
      citationHours: expect.any(Number),
      performedAt: { WBC: sampled.toISOString() },
    },
  });
});

test('the mark is shown with its certificate; one withdrawn later takes nothing from the check, and the mark from the next one', async () => {
  const { source, receiver, person } = await consented();
  const operator = await gateway.register({ scopes: ['operator'] });
  await receiver.put('/v1/catalogue/prices', { holder: { uscc: receiver.uscc }, prices: [{ item: 'HGB', amountFen: 800 }] });
  await publish(source, { person, number: 'R-mark', analytes: [HGB] });
  await permit(receiver, person);
  const { body } = await check(receiver, person, ['HGB']);
  const [item] = body.items;
  expect(item).toMatchObject({
    verdict: 'recognisable',
    candidate: { mark: { label: '全国HR', scope: { kind: 'nation', code: '' }, scheme: '全国室间质量评价', score: 95 }, reportVersion: 1 },
    price: { amountFen: 800 },
  });
  expect(item.recordText.zh).toContain('互认标识 全国HR');
  const [row] = await gateway.db.select().from(recognitionChecks).where(eq(recognitionChecks.client, receiver.client));
  expect(row?.answer).toMatchObject({ basis: { certificates: { HGB: [item.candidate.mark.certificate] } } });

  // Everything that the check rested on changes.
  const withdrawal = { from: '2020-01-01', reason: '室间质评不合格' };
  await operator.post(`/v1/catalogue/certificates/${item.candidate.mark.certificate}/withdrawal`, withdrawal);
  await publish(source, { person, number: 'R-mark', status: 'corrected', analytes: [{ ...HGB, value: '99' }] });
  await receiver.put('/v1/catalogue/prices', { holder: { uscc: receiver.uscc }, prices: [{ item: 'HGB', amountFen: 1 }] });
  const { code, version, recordedAt, ...rules } = (await operator.get('/v1/catalogue/rules/national-2022')).body;
  expect((await operator.put(`/v1/catalogue/rules/${code}`, { ...rules, citationHours: 1 })).status).toBe(201);
  await amendCatalogue(gateway.databaseUrl, { HGB: { window_minutes: 1 } });
  const after = await check(receiver, person, ['HGB']);
  await amendCatalogue(gateway.databaseUrl, { HGB: { window_minutes: 360 } });
  await operator.put(`/v1/catalogue/rules/${code}`, rules);

  expect((await receiver.get(`/v1/recognition-checks/${body.id}`)).body).toEqual(body);
  expect(after.body.rulesVersion).not.toBe(version);
  expect(after.body.rulesVersion > body.rulesVersion && recordedAt !== undefined).toBe(true);
  expect(after.body.items[0]).toMatchObject({
    verdict: 'reference-only',
    reasons: [{ code: 'stale' }, { code: 'certificate-lapsed' }],
    candidate: { reportVersion: 2, value: '99' },
  });
});

test('a hospital that was never assessed has results to read', async () => {
  const [source, receiver] = [await gateway.register({ certified: false }), await gateway.register()];
  const person = somebody();
  await publish(source, { person });
  await permit(receiver, person);

  const { body } = await check(receiver, person, ['WBC']);

  expect(body.items[0]).toMatchObject({ verdict: 'reference-only', reasons: [{ code: 'no-hr-mark' }] });
  expect(body.items[0].reasons[0].source).toContain('国卫医发〔2022〕6号');
});

test('a last treatment that is no time is refused with its place', async () => {
  const { receiver, person } = await consented();
  const { status, body } = await check(receiver, person, ['WBC'], { lastTreatmentAt: '2026-02-31T08:00:00Z' });
  expect(status).toBe(400);
  expect(JSON.stringify(body.errors)).toContain('lastTreatmentAt');
});

test('a check of twenty items takes as many statements as one of a single item, however much there is of a person', async () => {
  const { source, receiver, person } = await consented();
  const twenty = [
    'WBC',
    'HGB',
    'RBC',
    'PLT',
    'ALT',
    'AST',
    'TP',
    'ALB',
    'K',
    'NA',
    'CL',
    'CA',
    'GLU',
    'TC',
    'TG',
    'UREA',
    'CREA',
    'PAIR',
    'MG',
    'CT-CHEST-PLAIN',
  ];
  const claim = { patient: { identifier: { system: ID_CARD, value: person.idCard }, name: person.name, birthDate: person.birthDate } };
  await publish(source, { person });
  await publishExamination(source, person, 'CT-CHEST-PLAIN', ago(HOUR));
  await permit(receiver, person);
  await check(receiver, person, ['PAIR', 'CT-CHEST-PLAIN'], claim);
  const few = await statementsOf(() => check(receiver, person, ['PAIR', 'CT-CHEST-PLAIN'], claim));

  for (let more = 2; more < 12; more++) {
    const other = await gateway.register();
    await publish(other, { person, at: ago(more * HOUR), analytes: [WBC, HGB, PLT] });
    await treat(other, person, { performedDateTime: beijing(ago(more * 24 * HOUR)) });
  }
  // What is remembered is asked for once.
  await check(receiver, person, twenty, claim);
  const many = await statementsOf(() => check(receiver, person, twenty, claim));

  expect(many.length, many.join(', ')).toBe(few.length);
  expect(many.length).toBeLessThanOrEqual(14);
});
