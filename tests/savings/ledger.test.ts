import { readdir, readFile } from 'node:fs/promises';
import pg from 'pg';
import { expect, test } from 'vitest';
import { writeFlat } from '../../src/conformance/flat-values.ts';
import { transact } from '../../src/database/client.ts';
import type { Json } from '../../src/fhir/exact-json.ts';
import { QUESTION } from '../../src/recognition/check-recognition-operation.ts';
import type { Insurance } from '../../src/recognition/insurance.ts';
import type { SavingClaim } from '../../src/recognition/savings-book.ts';
import { freshNumber } from '../../src/resources/resource-id.ts';
import { savingsBook } from '../../src/savings/post-saving.ts';
import { cdsClient, draftOrder, signing } from '../support/cds.ts';
import { type CallingSystem, useGateway } from '../support/gateway.ts';
import { check, permit, publish } from '../support/recognition.ts';
import { ID_CARD, somebody } from '../support/reports.ts';
import { claim, entriesOf, NOTHING, sumOf } from '../support/savings.ts';

const gateway = useGateway();

const post = (it: SavingClaim, at = new Date()) => transact(gateway.db, (tx) => savingsBook.post(tx, [it], at));
const totalOf = async (caller: CallingSystem) => (await caller.get('/v1/savings/summary')).body.total;
const setPrice = (hospital: CallingSystem, amountFen: number) =>
  hospital.put('/v1/catalogue/prices', { holder: { uscc: hospital.uscc }, prices: [{ item: 'WBC', amountFen }] });
const recognise = (hospital: CallingSystem, asked: string) =>
  hospital.post('/v1/recognition-decisions', { check: asked, decisions: [{ item: 'WBC', decision: 'recognised' }] });

/** A patient with a blood count elsewhere, who lets the receiver see it. */
async function scene(more: { level?: number | null } = {}) {
  const [source, receiver] = [await gateway.register(), await gateway.register(more)];
  const person = somebody();
  const report = await publish(source, { person });
  await permit(receiver, person);
  return { source, receiver, person, report };
}

test.for<[Insurance | null, number | null, number | undefined]>([
  ['employee', 1, 9_000],
  ['employee', 2, 8_700],
  ['employee', 3, 8_500],
  ['resident-1', 1, 8_000],
  ['resident-1', 2, 7_000],
  ['resident-1', 3, 5_000],
  ['resident-2', 1, 8_500],
  ['resident-2', 2, 7_500],
  ['resident-2', 3, 5_500],
  ['self-paid', 2, 0],
  ['self-paid', null, 0],
  ['employee', null, undefined],
  [null, 3, undefined],
])('of a hundred yuan for %s at level %s the fund pays %s fen', async ([insurance, level, fundFen]) => {
  const receiver = await gateway.register();
  await post(claim(receiver, receiver, { insurance, level, price: { amountFen: 10_000, priced: true, version: 'district:50 v1' } }));

  const divided = fundFen === undefined ? { undividedFen: 10_000 } : { fundFen, patientFen: 10_000 - fundFen };
  expect(await totalOf(receiver)).toEqual({ ...NOTHING, savings: 1, items: 1, amountFen: 10_000, ...divided });
});

test('outside of a division with rates nothing is divided', async () => {
  const receiver = await gateway.register();
  await post(claim(receiver, receiver, { insurance: 'employee', district: '110101' }));

  expect(await totalOf(receiver)).toMatchObject({ amountFen: 1_000, undividedFen: 1_000 });
});

test('over the doors: who pays is said at the check, the entry freezes price, rates, edition and rules, and leads to all it rests on', async () => {
  const { receiver, person, report } = await scene({ level: 2 });
  const operator = await gateway.register({ scopes: ['operator'] });
  await setPrice(receiver, 1_505);
  const asked = await check(receiver, person, ['WBC'], { encounter: 'OP-1', insurance: 'employee', department: '呼吸内科' });
  await setPrice(receiver, 9_999);
  const decided = await recognise(receiver, asked.body.id);
  await operator.put('/v1/catalogue/payer-rates', { division: '500112', rates: [{ scheme: 'employee', level: 2, fundPercent: 10 }] });

  const [entry] = (await receiver.get('/v1/savings/entries')).body.entries;

  expect(entry).toMatchObject({
    kind: 'saving',
    amountFen: 1_505,
    price: `institution:${receiver.institution} v1`,
    payer: 'employee',
    level: 2,
    department: '呼吸内科',
    payerRates: '50 v1',
    edition: expect.any(String),
    rulesVersion: expect.any(String),
    // 87 % are 1309.35.
    postings: [
      { account: 'fund-relief', debitFen: 1_309, creditFen: 0 },
      { account: 'patient-relief', debitFen: 196, creditFen: 0 },
      { account: 'avoided-cost', debitFen: 0, creditFen: 1_505 },
    ],
  });
  expect((await receiver.get(entry.links.check)).body).toMatchObject({ id: asked.body.id });
  expect((await receiver.get(entry.links.decision)).body.decisions).toMatchObject([{ id: decided.body.decisions[0].id }]);
  expect((await receiver.get(entry.links.reportVersion)).body).toMatchObject({
    resourceType: 'DiagnosticReport',
    id: report,
    meta: { versionId: '1' },
  });
});

test('prices changed in the middle of a day: each check has the price of its moment, and its decision that of the check', async () => {
  const receiver = await gateway.register();
  const asked: string[] = [];
  for (const amountFen of [1_000, 2_000, 0]) {
    const { source } = await scene();
    const person = somebody();
    await publish(source, { person });
    await permit(receiver, person);
    await setPrice(receiver, amountFen);
    asked.push((await check(receiver, person, ['WBC'])).body.id);
  }
  for (const it of asked.toReversed()) await recognise(receiver, it);

  const entries = await entriesOf(receiver, '');
  expect(entries.map((it) => it.amountFen)).toEqual([0, 2_000, 1_000]);
  expect(entries[0]).toMatchObject({ priced: true, postings: [] });
});

test('the same person, item and visit is one saving, over whichever faces at once', async () => {
  const { receiver, person } = await scene();
  await setPrice(receiver, 1_500);
  const cds = await cdsClient(gateway.app, receiver);
  const visit = { encounter: 'enc-1', setting: 'outpatient', trigger: 'order-entry', items: ['WBC'] };
  const flat = (await check(receiver, person, ['WBC'], { encounter: 'enc-1' })).body.id;
  const question = { patient: { identifier: { system: ID_CARD, value: person.idCard } }, ...visit };
  const operation = await receiver.post('/fhir/$check-recognition', writeFlat(QUESTION, question as unknown as Json));
  const fhir = (operation.body.parameter as { name: string; valueString?: string; valueId?: string }[]).find((it) => it.name === 'id');
  const { cards } = (await cds.call(signing(person, [draftOrder('o1', 'WBC')]))).body;
  const accepted = { card: cards[0].uuid, outcome: 'accepted', acceptedSuggestions: [{ id: cards[0].suggestions[0].uuid }] };

  const answers = await Promise.all([
    recognise(receiver, flat),
    recognise(receiver, String(fhir?.valueId ?? fhir?.valueString)),
    cds.feedback(accepted),
    cds.feedback(accepted),
  ]);

  expect(answers.map((it) => it.status)).toEqual([201, 201, 200, 200]);
  expect((await receiver.get('/v1/recognition-decisions')).body.decisions).toHaveLength(3);
  expect(await totalOf(receiver)).toMatchObject({ savings: 1, items: 1, amountFen: 1_500 });
});

test('entries of earlier releases get their postings, undivided, and add up with the new ones', async () => {
  const receiver = await gateway.register();
  const made = [
    claim(receiver, receiver),
    claim(receiver, receiver),
    claim(receiver, receiver, { price: { amountFen: 0, priced: false, version: null } }),
  ];
  for (const it of made) await post(it);
  const [first] = made;
  if (first)
    await transact(gateway.db, (tx) =>
      savingsBook.reverse(tx, { person: first.person, id: first.decision }, { kind: 'revocation', report: null }, new Date()),
    );
  const before = await entriesOf(receiver, '');

  const owner = new pg.Client({ connectionString: gateway.databaseUrl });
  await owner.connect();
  try {
    const persons = made.map((it) => String(it.person));
    await owner.query('delete from savings_postings where person = any($1::bigint[])', [persons]);
    expect(sumOf(await entriesOf(receiver, ''))).toMatchObject({ amountFen: 1_000, undividedFen: 0 });
    await owner.query(await migrationStatement());
    await owner.query(await migrationStatement());
  } finally {
    await owner.end();
  }

  expect(await entriesOf(receiver, '')).toEqual(before);
  expect(await totalOf(receiver)).toMatchObject({ savings: 3, reversals: 1, unpriced: 1, amountFen: 1_000, undividedFen: 1_000 });
  expect((await receiver.get('/v1/savings/trial-balance')).body).toMatchObject({ debitFen: 3_000, creditFen: 3_000, balanced: true });
});

/** The statement by which the tables' owner gives older entries their postings. */
async function migrationStatement(): Promise<string> {
  const folder = new URL('../../migrations/', import.meta.url);
  const files = (await readdir(folder)).filter((it) => it.endsWith('.sql')).toSorted();
  const texts = await Promise.all(files.map((it) => readFile(new URL(it, folder), 'utf8')));
  const found = texts.flatMap((it) => it.split('--> statement-breakpoint')).find((it) => it.includes('insert into savings_postings'));
  if (found === undefined) throw new Error('no migration fills the postings');
  return found;
}

test.for<[string, bigint, bigint, string]>([
  ['on both sides', 1n, 1n, 'undivided'],
  ['on none', 0n, 0n, 'undivided'],
  ['of less than nothing', -1n, 0n, 'undivided'],
  ['against an unknown account', 1n, 0n, 'pocket'],
])('the database takes no posting %s', async ([, debit, credit, account]) => {
  const receiver = await gateway.register();
  const made = claim(receiver, receiver, { price: { amountFen: 0, priced: true, version: 'district:50 v1' } });
  await post(made);
  const { rows } = await gateway.db.$client.query<{ id: string }>('select id from savings_entries where person = $1', [made.person]);

  const inserted = gateway.db.$client.query(
    'insert into savings_postings (person, entry, account, debit_fen, credit_fen) values ($1, $2, $3, $4, $5)',
    [made.person, rows[0]?.id, account, debit, credit],
  );
  await expect(inserted).rejects.toMatchObject({ code: '23514' });
  const below = claim(receiver, receiver, { price: { amountFen: -1, priced: true, version: null } });
  expect((await post(below)).get(below.decision)).toEqual({ amountFen: 0, priced: true, version: null });
  await expect(post(claim(receiver, receiver, { price: { amountFen: 5, priced: false, version: null } }))).rejects.toThrow();
});

test('a sum beyond what a number holds is refused clearly as JSON, and exact as CSV', async () => {
  const receiver = await gateway.register();
  const price = { amountFen: Number.MAX_SAFE_INTEGER, priced: true, version: 'district:50 v1' };
  await post(claim(receiver, receiver, { price, insurance: 'self-paid' }));
  await post(claim(receiver, receiver, { price: { ...price, amountFen: 2 }, insurance: 'self-paid' }));

  const json = await receiver.get('/v1/savings/summary');
  const csv = await receiver.get('/v1/savings/summary', { accept: 'text/csv' });
  const report = await receiver.get('/fhir/Measure/savings/$evaluate-measure?periodStart=2020&periodEnd=2100');

  expect(json.status).toBe(400);
  expect(json.text).toContain('9007199254740993');
  expect(csv.text.split('\r\n')[1]).toBe('2,0,0,0,0,2,0,9007199254740993,0,9007199254740993,0');
  expect(report.status).toBe(400);
});

test('summary and entries as CSV are the figures of JSON, with names a spreadsheet shows', async () => {
  const receiver = await gateway.register({ name: '=医院,"甲"' });
  for (const insurance of ['employee', null] as const)
    await post(claim(receiver, receiver, { insurance, encounter: `OP-${freshNumber()}` }));

  const summary = await receiver.get('/v1/savings/summary?by=payer,institution', { accept: 'text/csv' });
  const entries = await receiver.get('/v1/savings/entries?limit=1', { accept: 'text/csv' });

  expect(summary.headers['content-type']).toBe('text/csv; charset=utf-8; header=present');
  expect(summary.text.replace('\uFEFF', '').split('\r\n')).toEqual([
    'institutionUscc,institutionName,payer,savings,reversals,reversedByRevocation,reversedByRepeat,reversedByRecall,items,unpriced,amountFen,fundFen,patientFen,undividedFen',
    `${receiver.uscc},"'=医院,""甲""",employee,1,0,0,0,0,1,0,1000,850,150,0`,
    `${receiver.uscc},"'=医院,""甲""",unknown,1,0,0,0,0,1,0,1000,0,0,1000`,
    '',
  ]);
  const lines = entries.text.replace('\uFEFF', '').trim().split('\r\n');
  expect(lines).toHaveLength(3);
  expect(lines[0]).toMatch(/^id,kind,postedAt,institutionUscc/);
  const shown = await entriesOf(receiver, '');
  expect(lines.slice(1).map((it) => it.split(',')[0])).toEqual(shown.map((it) => it.id));
});

test('a stream goes over all entries in batches, each in the access log before it leaves', async () => {
  const receiver = await gateway.register({ scopes: ['system/AuditEvent.rs'] });
  const person = claim(receiver, receiver).person;
  const claims = Array.from({ length: 1_001 }, (_, index) => claim(receiver, receiver, { person, item: `I-${index}`, encounter: 'OP-1' }));
  await transact(gateway.db, (tx) => savingsBook.post(tx, claims, new Date()));

  const { text } = await receiver.get('/v1/savings/entries', { accept: 'text/csv' });

  expect(new Set(text.trim().split('\r\n').slice(1)).size).toBe(1_001);
  expect((await receiver.get('/v1/access-log?interaction=exportSavings')).body.entries).toMatchObject([{ action: 'R' }, { action: 'R' }]);
});
