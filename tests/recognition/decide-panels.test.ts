import { randomUUID } from 'node:crypto';
import { and, eq } from 'drizzle-orm';
import { beforeAll, expect, test } from 'vitest';
import { accessLog } from '../../src/access-log/access-log.tables.ts';
import { evidenceOf, resultEvidence } from '../../src/recognition/decision-evidence.ts';
import { findRecognitionsOfCertificate } from '../../src/recognition/find-recognitions-of-certificate.ts';
import { recognitionChecks, recognitionDecisions } from '../../src/recognition/recognition.tables.ts';
import { savingsEntries } from '../../src/savings/savings.tables.ts';
import { LIS, put } from '../catalogue/mappings/mappings.ts';
import { type CallingSystem, useGateway } from '../support/gateway.ts';
import { amendCatalogue, check, permit, publish } from '../support/recognition.ts';
import { HGB, somebody, WBC } from '../support/reports.ts';
import { statementsOf } from '../support/statements.ts';

const gateway = useGateway();
const HOUR = 3_600_000;
const PLT = { loinc: '777-3', value: '210', unit: '10*9/L' };

beforeAll(() =>
  amendCatalogue(gateway.databaseUrl, {
    TRIO: { name_zh: '三项', name_en: 'Three of a blood count', unit: null },
    WBC: { panels: ['TRIO'] },
    HGB: { panels: ['TRIO'] },
    PLT: { panels: ['TRIO'] },
  }),
);

const recognise = (item: string) => ({ item, decision: 'recognised' });
const decide = (who: CallingSystem, id: string, ...decisions: readonly object[]) =>
  who.post('/v1/recognition-decisions', { check: id, decisions });

/** A panel of three from two hospitals: two items of the first, which stands for it, and a later one of the second. */
async function scene() {
  const [first, second, receiver] = [await gateway.register(), await gateway.register(), await gateway.register()];
  const person = somebody();
  const [number, otherNumber] = [randomUUID(), randomUUID()];
  const [earlier, later] = [new Date(Date.now() - 2 * HOUR), new Date(Date.now() - HOUR)];
  const main = await publish(first, { person, number, at: earlier, analytes: [WBC, HGB] });
  const other = await publish(second, { person, number: otherNumber, at: later, analytes: [PLT] });
  await permit(receiver, person);
  const checked = async (items: readonly string[] = ['TRIO'], encounter = 'OP-1') =>
    (await check(receiver, person, items, { encounter })).body;
  return { first, second, receiver, person, number, otherNumber, earlier, later, main, other, checked };
}

type Scene = Awaited<ReturnType<typeof scene>>;

const priced = ({ receiver }: Scene) =>
  receiver.put('/v1/catalogue/prices', {
    holder: { uscc: receiver.uscc },
    prices: [
      { item: 'TRIO', amountFen: 2_000 },
      { item: 'WBC', amountFen: 1_500 },
      { item: 'HGB', amountFen: 900 },
    ],
  });

const entriesOf = async ({ receiver }: Scene) => {
  const rows = await gateway.db.select().from(savingsEntries).where(eq(savingsEntries.institution, receiver.institution));
  return rows.map((it) => `${it.item} ${it.amountFen}`).sort();
};

test('a panel is decided on with the certificates of all its reports and the time of the latest', async () => {
  const it = await scene();
  const shown = await it.checked();
  const marks = shown.items[0].members.map((one: { candidate: { mark: { certificate: string } } }) => one.candidate.mark.certificate);

  const { status, body } = await decide(it.receiver, shown.id, recognise('TRIO'));

  expect(status).toBe(201);
  const [decision] = body.decisions;
  expect(decision).toMatchObject({
    item: 'TRIO',
    report: `DiagnosticReport/${it.main}`,
    source: { uscc: it.first.uscc },
    performedAt: it.later.toISOString(),
  });
  expect(new Set(decision.certificates)).toEqual(new Set(marks));
  expect(decision.certificates.length).toBeGreaterThan(1);
});

test('whichever certificate of a panel is withdrawn, its recognition is listed, until it is taken back', async () => {
  const it = await scene();
  const { body } = await decide(it.receiver, (await it.checked()).id, recognise('TRIO'));
  const [decision] = body.decisions;
  const listed = (certificate: string, from: Date) => findRecognitionsOfCertificate(gateway.db, certificate, from);

  for (const certificate of decision.certificates) {
    expect(await listed(certificate, it.earlier)).toMatchObject([{ decision: decision.id, item: 'TRIO' }]);
    expect(await listed(certificate, it.later)).toHaveLength(1);
    expect(await listed(certificate, new Date(it.later.getTime() + 1))).toEqual([]);
  }
  expect(await listed(`${decision.certificates[0]}-`, it.earlier)).toEqual([]);
  await it.receiver.post(`/v1/recognition-decisions/${decision.id}/revocation`, { reason: '误操作' });
  expect(await listed(decision.certificates[0], it.earlier)).toEqual([]);
});

test('one certificate that a check has kept by itself, not in a list, is read as one', async () => {
  const it = await scene();
  const shown = await it.checked();
  const [row] = await gateway.db.select().from(recognitionChecks).where(eq(recognitionChecks.institution, it.receiver.institution));
  expect(row?.answer).toMatchObject({ basis: { certificates: { TRIO: expect.any(Array), PLT: [expect.any(String)] } } });
  const answer = { ...shown, basis: { district: '', sources: { TRIO: 1 }, certificates: { TRIO: 'EQA-1' } } };

  const evidence = evidenceOf({ answer });

  expect(resultEvidence(evidence, 'TRIO').certificates).toEqual(['EQA-1']);
  expect(resultEvidence(evidence, 'WBC').certificates).toEqual([]);
});

test.for<[string, 'number' | 'otherNumber', string, readonly string[], readonly string[]]>([
  ['the one beside that which stands for it, corrected', 'otherNumber', 'corrected', ['PLT'], ['WBC', 'HGB']],
  ['the one beside that which stands for it, withdrawn', 'otherNumber', 'entered-in-error', ['PLT'], ['WBC', 'HGB']],
  ['the one that stands for it, corrected', 'number', 'corrected', ['WBC', 'HGB'], ['PLT']],
])('a panel is not recognised once a report of it is outdated: %s', async ([, report, status, outdated, standing]) => {
  const it = await scene();
  const { id } = await it.checked();
  const isMain = report === 'number';
  await publish(isMain ? it.first : it.second, {
    person: it.person,
    number: it[report],
    status,
    at: isMain ? it.earlier : it.later,
    analytes: isMain ? [WBC, HGB] : [PLT],
  });

  const answer = await decide(it.receiver, id, recognise('TRIO'));
  const bySource = await decide(it.receiver, id, { source: { uscc: it.first.uscc }, decision: 'recognised' });

  expect(answer.status).toBe(409);
  expect(answer.body.errors.map((error: { path: string }) => error.path)).toEqual(outdated.map(() => 'decisions[0].item'));
  for (const item of outdated) expect(answer.text).toContain(`\\"${item}\\" within \\"TRIO\\"`);
  for (const item of standing) expect(answer.text).not.toContain(`\\"${item}\\"`);
  expect(bySource).toMatchObject({ status: 409, body: { errors: outdated.map(() => ({ path: 'decisions[0].source' })) } });
  expect(await gateway.db.select().from(recognitionDecisions).where(eq(recognitionDecisions.institution, it.receiver.institution))).toEqual(
    [],
  );
  expect((await decide(it.receiver, id, { item: 'TRIO', decision: 'not-recognised', reason: '1' })).status).toBe(201);
});

test('the log of a decision on a panel names every report it rests on, and so does that of a look at the check', async () => {
  const it = await scene();
  const { id } = await it.checked();
  await decide(it.receiver, id, recognise('TRIO'));
  await it.receiver.get(`/v1/recognition-checks/${id}`);

  const reports = [it.main, it.other].map((one) => `DiagnosticReport/${one}/_history/1`).sort();
  for (const interaction of ['decide', 'showCheck']) {
    const [row] = await gateway.db
      .select()
      .from(accessLog)
      .where(and(eq(accessLog.client, it.receiver.client), eq(accessLog.interaction, interaction)));
    expect(row?.entities.filter((entity) => entity.startsWith('DiagnosticReport/')).sort()).toEqual(reports);
  }
});

test('a panel from two hospitals is answered with all of the one whose report stands for it, and not with the other', async () => {
  const it = await scene();
  const { id } = await it.checked(['TRIO', 'PLT']);
  const all = (who: CallingSystem) => ({ source: { uscc: who.uscc }, decision: 'recognised' });

  const ofOther = await decide(it.receiver, id, all(it.second));
  const ofMain = await decide(it.receiver, id, all(it.first));

  expect(ofOther.body).toMatchObject({ decisions: [{ item: 'PLT', source: { uscc: it.second.uscc } }], unanswered: ['TRIO'] });
  expect(ofMain.body).toMatchObject({ decisions: [{ item: 'TRIO', source: { uscc: it.first.uscc } }], unanswered: [] });
});

test('the hospital that only adds to a panel has nothing to be answered where the panel alone was asked for', async () => {
  const it = await scene();
  const { id } = await it.checked();

  const answer = await decide(it.receiver, id, { source: { uscc: it.second.uscc }, decision: 'recognised' });

  expect(answer).toMatchObject({ status: 422, body: { errors: [{ path: 'decisions[0].source.uscc' }] } });
});

/** Recognises (`+`) and takes back (`-`) one after the other, in one visit. */
async function does(it: Scene, steps: readonly string[]): Promise<readonly object[]> {
  const ids = new Map<string, string>();
  const savings: object[] = [];
  for (const step of steps) {
    const item = step.slice(1);
    if (step.startsWith('-')) {
      const revoked = await it.receiver.post(`/v1/recognition-decisions/${ids.get(item)}/revocation`, { reason: '误操作' });
      expect(revoked.status).toBe(201);
      continue;
    }
    const { body } = await decide(it.receiver, (await it.checked([item])).id, recognise(item));
    ids.set(item, body.decisions[0].id);
    savings.push(body.decisions[0].saving);
  }
  return savings;
}

test.for<[string, readonly string[], readonly string[]]>([
  ['a panel, then one of it', ['+TRIO', '+WBC'], ['TRIO 2000']],
  ['one, then the panel', ['+WBC', '+TRIO'], ['TRIO 500', 'WBC 1500']],
  ['one, then the panel, then another one', ['+WBC', '+TRIO', '+HGB'], ['TRIO 500', 'WBC 1500']],
  ['a panel that was taken back, then one', ['+TRIO', '-TRIO', '+WBC'], ['TRIO -2000', 'TRIO 2000', 'WBC 1500']],
  ['one that was taken back, then the panel', ['+WBC', '-WBC', '+TRIO'], ['TRIO 2000', 'WBC -1500', 'WBC 1500']],
  ['one and the panel, then the one taken back', ['+WBC', '+TRIO', '-WBC'], ['TRIO 500', 'WBC -1500', 'WBC 1500']],
  ['one and the panel, then the panel taken back', ['+WBC', '+TRIO', '-TRIO'], ['TRIO -500', 'TRIO 500', 'WBC 1500']],
  ['a panel, taken back and recognised again', ['+TRIO', '-TRIO', '+TRIO'], ['TRIO -2000', 'TRIO 2000', 'TRIO 2000']],
])('an item is saved once a visit, by itself or within a panel: %s', async ([, steps, entries]) => {
  const it = await scene();
  await priced(it);

  await does(it, steps);

  expect(await entriesOf(it)).toEqual(entries);
});

test('what a panel posts is told with the decision; what is covered by one posts nothing, and the entry names its members', async () => {
  const it = await scene();
  await priced(it);

  const savings = await does(it, ['+WBC', '+TRIO', '+PLT']);

  expect(savings).toMatchObject([
    { posted: true, amountFen: 1_500 },
    { posted: true, amountFen: 500, priced: true },
    { posted: false, amountFen: 0 },
  ]);
  const { body } = await it.receiver.get('/v1/savings/entries');
  expect(body.entries[0]).not.toHaveProperty('members');
  expect([...body.entries[1].members].sort()).toEqual(['HGB', 'PLT', 'WBC']);
});

test('a panel and its members recognised in one request are saved as the panel', async () => {
  const it = await scene();
  await priced(it);
  const { id } = await it.checked(['WBC', 'TRIO']);

  const { body } = await decide(it.receiver, id, recognise('WBC'), recognise('TRIO'));

  expect(body.decisions.map((one: { saving: { posted: boolean } }) => one.saving.posted)).toEqual([false, true]);
  expect(await entriesOf(it)).toEqual(['TRIO 2000']);
});

test('a panel and its members recognised at once, in one visit, never come to more than the panel', async () => {
  const it = await scene();
  await priced(it);
  for (let round = 0; round < 4; round++) {
    const ids = await Promise.all(
      ['TRIO', 'WBC', 'TRIO', 'WBC'].map(async (item) => ({ item, id: (await it.checked([item], `OP-${round}`)).id })),
    );
    const answers = await Promise.all(ids.map(({ item, id }) => decide(it.receiver, id, recognise(item))));
    expect(answers.map((answer) => answer.status)).toEqual([201, 201, 201, 201]);
  }

  const rows = await gateway.db.select().from(savingsEntries).where(eq(savingsEntries.institution, it.receiver.institution));

  for (let round = 0; round < 4; round++) {
    const amounts = rows.filter((row) => row.encounter === `OP-${round}`).map((row) => Number(row.amountFen));
    expect(amounts.reduce((sum, amount) => sum + amount, 0)).toBe(2_000);
  }
});

test('a panel takes as many statements as a single item', async () => {
  const it = await scene();
  const [panel, single] = [await it.checked(), await it.checked(['HGB'], 'OP-2')];
  await decide(it.receiver, (await it.checked(['PLT'], 'OP-3')).id, recognise('PLT'));

  const ofPanel = await statementsOf(() => decide(it.receiver, panel.id, recognise('TRIO')));
  const ofSingle = await statementsOf(() => decide(it.receiver, single.id, recognise('HGB')));

  expect(ofPanel).toEqual(ofSingle);
});

test('a local code of several items is decided on, listed and found among savings by its whole text', async () => {
  const it = await scene();
  const [system, code] = [`${LIS}.`.padEnd(71, '1'), 'X'.repeat(128)];
  const item = `${system}|${code}`;
  expect(item).toHaveLength(200);
  const rows = ['WBC', 'HGB'].map((one) => ({ system, code, item: one, equivalence: 'narrower', comment: '组套' }));
  expect((await put(it.receiver, rows)).status).toBe(200);
  const shown = await it.checked([item]);
  expect(shown.items[0].item).toBe(item);

  const decided = await decide(it.receiver, shown.id, recognise(item));
  const query = `item=${encodeURIComponent(item)}`;
  const [listed, entries] = [
    await it.receiver.get(`/v1/recognition-decisions?${query}`),
    await it.receiver.get(`/v1/savings/entries?${query}`),
  ];

  expect(decided.status, decided.text).toBe(201);
  expect([listed.body.decisions[0].item, entries.body.entries[0].item]).toEqual([item, item]);
  const tooLong = await it.receiver.get(`/v1/recognition-decisions?${query}X`);
  expect([tooLong.status, (await decide(it.receiver, shown.id, recognise(`${item}X`))).status]).toEqual([400, 400]);
});
