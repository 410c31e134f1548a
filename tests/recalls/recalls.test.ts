import { expect, test } from 'vitest';
import { useGateway } from '../support/gateway.ts';
import { amendCatalogue } from '../support/recognition.ts';
import { HGB, WBC } from '../support/reports.ts';
import { correct, listed, lookUp, permitted, published, recognise, resultsOf } from './corrections.ts';

const gateway = useGateway();

const publishedHere = async () => published(await gateway.register({ name: '出具医院' }));
const follow = () => gateway.app.rounds.runAll();
const HIGH = { ...WBC, value: '16.10' };

test('who recognised, cited, looked up or read the old version is told of a correction; who never saw it is not', async () => {
  const made = await publishedHere();
  const [recogniser, looker, reader, never] = await Promise.all(
    Array.from({ length: 4 }, async () => permitted(await gateway.register(), made.person)),
  );
  const [decision] = await recognise(recogniser!, made.person, ['WBC']);
  await recogniser!.post(`/v1/recognition-decisions/${decision}/citation`, {});
  await lookUp(looker!, made);
  await reader!.get(`/fhir/${(await resultsOf(made))[0]}`);

  await correct(made, [HIGH, HGB]);
  await follow();

  const [told] = await listed(recogniser!);
  expect(told).toMatchObject({
    kind: 'corrected',
    state: 'open',
    report: `DiagnosticReport/${made.report}`,
    reportVersion: 2,
    source: { uscc: made.source.uscc },
    receiver: { uscc: recogniser!.uscc },
    bases: ['recognised', 'cited', 'read'],
    ageHours: 0,
    overdue: false,
  });
  expect(told.notice.zh).toBe(
    '出具医院已更正一份检查检验报告。贵机构曾互认、引用、调阅其原版本，请通知相关医务人员核对病历和诊疗措施，并确认知悉。',
  );
  const { body } = await recogniser!.get(`/v1/recalls/${told.id}`);
  expect(body.difference).toMatchObject([
    {
      change: 'changed',
      from: 1,
      to: 2,
      name: { system: 'http://loinc.org', code: '6690-2' },
      elements: [{ element: 'value', old: '6.10 10*9/L', new: '16.10 10*9/L' }],
    },
  ]);
  expect(body.withheld).toBe(0);
  expect(body.reliances).toMatchObject([
    { basis: 'recognised', item: 'WBC', decision, encounter: 'OP-1', concerned: true, practitioner: { value: 'D-1001' } },
    { basis: 'read', encounter: 'OP-1' },
  ]);
  expect(body.reliances[0].citedAt).toBeDefined();
  for (const it of [looker!, reader!]) expect(await listed(it)).toMatchObject([{ bases: ['read'] }]);
  for (const it of [never!, made.source]) expect(await listed(it)).toEqual([]);
});

test('a new version without a clinical change recalls nothing', async () => {
  const made = await publishedHere();
  const reader = await permitted(await gateway.register(), made.person);
  await lookUp(reader, made);

  await correct(made, [WBC, HGB]);
  await follow();

  expect(await listed(reader)).toEqual([]);
});

test('a withdrawn report is told with everything it said, and a recognition that was taken back is told too', async () => {
  const made = await publishedHere();
  const receiver = await permitted(await gateway.register(), made.person);
  const [decision] = await recognise(receiver, made.person, ['WBC']);
  await receiver.post(`/v1/recognition-decisions/${decision}/revocation`, { reason: '患者病情变化' });

  await correct(made, [WBC, HGB], { status: 'entered-in-error' });
  await follow();

  const [told] = await listed(receiver);
  expect(told).toMatchObject({ kind: 'withdrawn', bases: ['recognised', 'revoked', 'read'] });
  expect(told.notice.en).toMatch(/^出具医院 has withdrawn a report\. Your institution has recognised and read the version before/);
  const { body } = await receiver.get(`/v1/recalls/${told.id}`);
  expect(body.difference[0]).toMatchObject({ reference: `DiagnosticReport/${made.report}`, change: 'withdrawn' });
});

test('a result of a corrected report that is no more is withdrawn, and a new one is added', async () => {
  const made = await publishedHere();
  const reader = await permitted(await gateway.register(), made.person);
  await lookUp(reader, made);

  await correct(made, [WBC, { loinc: '777-3', value: '210', unit: '10*9/L' }]);
  await follow();

  const [told] = await listed(reader);
  const { body } = await reader.get(`/v1/recalls/${told.id}`);
  const changes = body.difference.map((it: { change: string; name: { code: string } }) => [it.change, it.name.code]);
  expect(changes.toSorted()).toEqual([
    ['added', '777-3'],
    ['withdrawn', '718-7'],
  ]);
});

test.for<[string, (result: string, made: Awaited<ReturnType<typeof publishedHere>>) => Promise<unknown>, string]>([
  [
    'PUT',
    async (result, { source }) => {
      const { body } = await source.get(`/fhir/${result}`);
      return await source.put(`/fhir/${result}`, { ...body, valueQuantity: { ...body.valueQuantity, value: 16.1 } });
    },
    'corrected',
  ],
  [
    'PATCH',
    (result, { source }) =>
      source.send('PATCH', `/fhir/${result}`, [{ op: 'replace', path: '/status', value: 'entered-in-error' }], {
        'content-type': 'application/json-patch+json',
      }),
    'corrected',
  ],
  ['DELETE of the report', (_, { source, report }) => source.send('DELETE', `/fhir/DiagnosticReport/${report}`), 'withdrawn'],
])('a result that is changed by itself (%s) is told once, to who looked before', async ([, change, kind]) => {
  const made = await publishedHere();
  const reader = await permitted(await gateway.register(), made.person);
  await lookUp(reader, made);
  const [result = ''] = await resultsOf(made);

  expect(await change(result, made)).toMatchObject({ status: expect.toSatisfy((it) => it < 300) });
  await follow();
  await follow();

  expect(await listed(reader)).toMatchObject([{ kind, bases: ['read'] }]);
});

test('who rested on another result of the report is told that its own was not changed', async () => {
  const made = await publishedHere();
  const receiver = await permitted(await gateway.register(), made.person);
  await recognise(receiver, made.person, ['HGB']);

  await correct(made, [HIGH, HGB]);
  await follow();

  const [told] = await listed(receiver);
  const { body } = await receiver.get(`/v1/recalls/${told.id}`);
  expect(body.reliances[0]).toMatchObject({ basis: 'recognised', item: 'HGB', concerned: false });
});

test('a second correction is told by itself, to everybody who saw any version before, and linked with the first', async () => {
  const made = await publishedHere();
  const [early, late] = [await permitted(await gateway.register(), made.person), await permitted(await gateway.register(), made.person)];
  await lookUp(early, made);
  await correct(made, [HIGH, HGB]);
  await follow();
  await lookUp(late, made);

  await correct(made, [{ ...WBC, value: '15.20' }, HGB], { minutes: 2 });
  await follow();

  const [first, second] = await listed(early);
  expect(first).toMatchObject({ state: 'open', reportVersion: 2, supersededBy: second.id });
  expect(second).toMatchObject({ state: 'open', reportVersion: 3, supersedes: first.id });
  const { body } = await early.get(`/v1/recalls/${second.id}`);
  expect(body.difference[0].elements).toMatchObject([{ old: '16.10 10*9/L', new: '15.20 10*9/L' }]);
  const ofLate = await listed(late);
  expect(ofLate).toMatchObject([{ reportVersion: 3 }]);
  expect(ofLate[0]).not.toHaveProperty('supersedes');
});

test('the same correction sent again tells nobody twice', async () => {
  const made = await publishedHere();
  const reader = await permitted(await gateway.register(), made.person);
  await lookUp(reader, made);

  await correct(made, [HIGH, HGB]);
  await follow();
  await correct(made, [HIGH, HGB]);
  await follow();

  expect(await listed(reader)).toHaveLength(1);
});

test('a look under another number of the same patient counts, also when the merge has been taken back since', async () => {
  const made = await publishedHere();
  const { source, person } = made;
  const duplicate = await source.post('/fhir/Patient', { resourceType: 'Patient', name: [{ text: person.name }], gender: person.gender });
  const { body: report } = await source.get(`/fhir/DiagnosticReport/${made.report}`);
  const link = [{ type: 'replaced-by', other: { reference: report.subject.reference } }];
  await source.put(`/fhir/Patient/${duplicate.body.id}`, { ...duplicate.body, active: false, link });
  const reader = await permitted(await gateway.register(), person);
  const looked = await reader.get(`/fhir/Patient/${duplicate.body.id}/$prior-results`);
  expect(looked.text).toContain(made.report);
  await source.put(`/fhir/Patient/${duplicate.body.id}`, { ...duplicate.body, active: true });

  await correct(made, [HIGH, HGB]);
  await follow();

  expect(await listed(reader)).toMatchObject([{ bases: ['read'] }]);
});

test('a saving is reversed by a recall only where the region says so, and only of the result that was changed', async () => {
  const [own, other] = [`4301${String(Date.now() % 100).padStart(2, '0')}`, '430301'];
  const { body: rules } = await (await gateway.register()).get('/v1/catalogue/rules/national-2022');
  const { code: _code, version: _version, recordedAt: _recordedAt, ...said } = rules;
  const operator = await gateway.register({ scopes: ['operator'] });
  const set = await operator.put('/v1/catalogue/rules/strict', { ...said, recallReverses: true, recallHours: 24 });
  expect(set.status).toBeLessThan(300);
  await operator.put('/v1/catalogue/rule-assignments', { assignments: [{ division: own, ruleSet: 'strict' }] });
  const made = await publishedHere();
  const [strict, lenient] = await Promise.all(
    [own, other].map(async (district) => permitted(await gateway.register({ district }), made.person)),
  );
  for (const it of [strict!, lenient!]) {
    const prices = ['WBC', 'HGB'].map((item) => ({ item, amountFen: 1_500 }));
    await it.put('/v1/catalogue/prices', { holder: { uscc: it.uscc }, prices });
    await recognise(it, made.person, ['WBC', 'HGB']);
  }

  await correct(made, [HIGH, HGB]);
  await follow();

  const totals = await Promise.all([strict!, lenient!].map(async (it) => (await it.get('/v1/savings/summary?by=item')).body.total));
  expect(totals).toMatchObject([
    { savings: 2, reversals: 1, amountFen: 1_500 },
    { savings: 2, reversals: 0, amountFen: 3_000 },
  ]);
  const [told] = await listed(strict!);
  expect(Date.parse(told.dueAt) - Date.parse(told.toldAt)).toBe(24 * 3_600_000);
});

test('a panel is recalled by every report that it rests on', async () => {
  await amendCatalogue(gateway.databaseUrl, {
    DUO: { name_zh: '两项', name_en: 'Two of a blood count', unit: null },
    HGB: { panels: ['DUO'] },
    PLT: { panels: ['DUO'] },
  });
  const main = await published(await gateway.register(), [WBC, HGB]);
  const other = await published(await gateway.register(), [{ loinc: '777-3', value: '210', unit: '10*9/L' }], main.person);
  const receiver = await permitted(await gateway.register(), main.person);
  await recognise(receiver, main.person, ['DUO']);

  await correct(other, [{ loinc: '777-3', value: '21', unit: '10*9/L' }]);
  await correct(main, [WBC, { ...HGB, value: '38' }]);
  await follow();

  const told = await listed(receiver);
  expect(told.map((it) => it.report).toSorted()).toEqual([main, other].map((it) => `DiagnosticReport/${it.report}`).toSorted());
  expect(told).toMatchObject([{ bases: ['recognised', 'read'] }, { bases: ['recognised', 'read'] }]);
});
