import { expect, test } from 'vitest';
import { type CallingSystem, useGateway } from '../support/gateway.ts';
import { countIndicators, remind } from '../support/indicators.ts';
import { check, permit, publish } from '../support/recognition.ts';
import { somebody, WBC } from '../support/reports.ts';

const gateway = useGateway();

async function twoReceivers() {
  const [receiver, other, source] = [await gateway.register(), await gateway.register(), await gateway.register()];
  await remind(gateway.app, { receiver, source, visits: 3, recognised: 2 });
  await remind(gateway.app, { receiver: other, source, visits: 6, recognised: 1 });
  await countIndicators(gateway.app);
  return { receiver, other, source };
}

const rowsBehind = async (who: CallingSystem, address: string): Promise<unknown[]> => {
  const rows = [];
  for (let next = ''; ; ) {
    const { status, body } = await who.get(`${address}&limit=2${next}`);
    expect(status, JSON.stringify(body)).toBe(200);
    rows.push(...body.itemTimes);
    if (body.next === undefined) return rows;
    next = `&cursor=${body.next}`;
  }
};

test('each group names its rows, which add up to it over pages, and the decisions behind it', async () => {
  const { receiver } = await twoReceivers();

  const { body } = await receiver.get('/v1/indicators?by=month,item');
  const [group] = body.groups;

  expect(await rowsBehind(receiver, group.rows)).toHaveLength(group.itemTimes.lookUps);
  expect(group.decisions).toBe('/v1/recognition-decisions?item=CT&from=2024-03-01&to=2024-04-01');
  expect((await receiver.get(group.decisions)).body.decisions).toHaveLength(group.itemTimes.recognised);
});

test('an institution sees its own side of the figures alone, whomever it asks about', async () => {
  const { receiver, other, source } = await twoReceivers();

  const remindersOf = async (who: CallingSystem, query: string) =>
    (await who.get(`/v1/indicators?${query}`)).body.total.itemTimes.reminders;
  expect(await remindersOf(receiver, '')).toBe(3);
  expect(await remindersOf(receiver, `institution=${other.uscc}`)).toBe(0);
  expect(await remindersOf(receiver, 'side=source')).toBe(0);
  expect(await remindersOf(source, 'side=source')).toBe(9);
  expect(await remindersOf(source, 'district=50')).toBe(0);
});

test('doctors are told to their own institution and to the auditor, and never to the source', async () => {
  const { receiver, other, source } = await twoReceivers();
  const insurer = await gateway.register({ scopes: ['savings.read'] });
  const auditor = await gateway.register({ scopes: ['audit.read'] });
  const statusOf = async (who: CallingSystem, query: string) => (await who.get(`/v1/indicators?${query}`)).status;

  expect(await statusOf(receiver, 'by=doctor')).toBe(200);
  expect(await statusOf(auditor, `by=doctor&institution=${other.uscc}`)).toBe(200);
  expect(await statusOf(insurer, 'by=institution')).toBe(200);
  expect(await statusOf(insurer, 'by=doctor')).toBe(403);
  expect(await statusOf(insurer, 'department=x')).toBe(403);
  expect(await statusOf(source, 'side=source&by=doctor')).toBe(400);
  expect((await insurer.get('/v1/indicators/item-times')).status).toBe(403);
  expect((await source.get('/v1/indicators/item-times?side=source')).status).toBe(403);
  const { body } = await auditor.get(`/v1/indicators?by=institution&institution=${other.uscc}`);
  expect(await rowsBehind(auditor, body.groups[0].rows)).toHaveLength(6);
});

test('reading is logged, also of the rows; the definitions are no data', async () => {
  const { receiver } = await twoReceivers();
  const auditor = await gateway.clientOf(receiver.institution, receiver.uscc, ['audit.read']);
  await receiver.get('/v1/indicators?by=item');
  await receiver.get('/v1/indicators/item-times');

  const { body } = await auditor.get(`/v1/access-log?institution=${receiver.uscc}&limit=3`);

  expect(body.entries.slice(1).map((it: { interaction: string; query: string }) => [it.interaction, it.query])).toEqual([
    ['listItemTimes', 'side=receiving'],
    ['readIndicators', 'side=receiving&by=item'],
  ]);
  const { version, definitions } = (await receiver.get('/v1/indicators/definitions')).body;
  expect(version).toBe('tongjian-indicators-1');
  expect(definitions.map((it: { nameZh: string }) => it.nameZh)).toEqual(
    expect.arrayContaining(['人次', '项次', '同期互认率', '调阅互认率', '互认率', '重复检查率', '理由集中度', '决定用时']),
  );
});

test('as CSV: one line a group, without dimensions the total', async () => {
  const { receiver } = await twoReceivers();

  const csv = await receiver.get('/v1/indicators?by=institution', { accept: 'text/csv' });
  const total = await receiver.get('/v1/indicators', { accept: 'text/csv' });

  const [header, line] = csv.text.split('\r\n');
  expect(header).toMatch(/^\uFEFFinstitutionUscc,institutionName,itemTimes\.lookUps,itemTimes\.reminders/);
  expect(line).toMatch(new RegExp(`^${receiver.uscc},测试医院.{4},3,3,3,2,2,0,0,1,0\\.6667`));
  expect(total.text.split('\r\n')).toHaveLength(3);
});

test.for<[string, number]>([
  ['by=hospital', 400],
  ['by=item,item', 400],
  ['from=2024-02-30', 400],
  ['from=2024-02-29&to=2024-02-29', 200],
  ['unknown=1', 400],
  ['by=', 200],
])('%s is answered %i', async ([query, status]) => {
  const caller = await gateway.register();

  expect((await caller.get(`/v1/indicators?${query}`)).status).toBe(status);
});

/** The published groups of an institution's own, each as `reminders/recognised` and the rate of the eligible; hidden: a dash. */
async function published(who: CallingSystem): Promise<Record<string, readonly [counts: string, ofEligible?: number]>> {
  await countIndicators(gateway.app);
  const { body } = await who.get('/v1/indicators/published?from=2024-03-01&to=2024-04-01&by=item');
  type Cell = { item?: string; suppressed: boolean; reminders?: number; recognised?: number; ofEligible?: number };
  const show = ({ suppressed, reminders, recognised, ofEligible }: Cell) =>
    suppressed ? (['-'] as const) : ([`${reminders}/${recognised}`, ...(ofEligible === undefined ? [] : [ofEligible])] as const);
  const groups: Cell[] = body.groups;
  return Object.fromEntries([['total', show(body.total)], ...groups.map((it) => [it.item, show(it)])]);
}

test('what is published hides small groups, and another one by which they could be computed', async () => {
  const [receiver, source] = [await gateway.register(), await gateway.register()];
  await remind(gateway.app, { receiver, source, item: 'CT', visits: 12, recognised: 6 });
  await remind(gateway.app, { receiver, source, item: 'MRI', visits: 14, recognised: 7 });
  await remind(gateway.app, { receiver, source, item: 'WBC', visits: 2, recognised: 0 });

  expect(await published(receiver)).toEqual({ total: ['28/13', 0.4643], CT: ['-'], MRI: ['14/7', 0.5], WBC: ['-'] });
  expect((await receiver.get('/v1/indicators/published?from=2024-03-02')).status).toBe(400);
  expect((await receiver.get('/v1/indicators/published?by=doctor')).status).toBe(400);
  expect((await source.get('/v1/indicators/published')).body.total).toEqual({ suppressed: true });
});

test.for<[string, readonly (readonly [visits: number, recognised: number])[], readonly string[]]>([
  [
    'few recognised',
    [
      [12, 1],
      [12, 6],
      [14, 7],
    ],
    ['38/14', '-', '-', '14/7'],
  ],
  [
    'few not recognised',
    [
      [12, 11],
      [12, 6],
      [14, 7],
    ],
    ['38/24', '-', '-', '14/7'],
  ],
  // The total less the one group would say that one was recognised of those hidden.
  [
    'few recognised in all that is hidden',
    [
      [6, 1],
      [7, 7],
      [2, 0],
    ],
    ['15/8', '-', '-', '-'],
  ],
  [
    'few recognised in all',
    [
      [12, 1],
      [12, 2],
    ],
    ['-', '-', '-'],
  ],
  [
    'enough of both',
    [
      [10, 5],
      [11, 6],
    ],
    ['21/11', '10/5', '11/6'],
  ],
])('what is published hides groups by what was recognised and what was not: %s', async ([, visits, shown]) => {
  const [receiver, source] = [await gateway.register(), await gateway.register()];
  for (const [place, [all, recognised]] of visits.entries()) {
    await remind(gateway.app, { receiver, source, item: `ITEM-${place}`, visits: all, recognised });
  }

  expect(Object.values(await published(receiver)).map(([counts]) => counts)).toEqual(shown);
});

test('the rate of the eligible is left out where it is of few, and of another group by which it could be computed', async () => {
  const [receiver, source] = [await gateway.register(), await gateway.register()];
  await remind(gateway.app, { receiver, source, item: 'CT', visits: 12, recognised: 5, opened: 6 });
  await remind(gateway.app, { receiver, source, item: 'MRI', visits: 14, recognised: 7 });
  await remind(gateway.app, { receiver, source, item: 'WBC', visits: 10, recognised: 5 });

  expect(await published(receiver)).toEqual({ total: ['36/17', 0.5667], CT: ['12/5'], MRI: ['14/7', 0.5], WBC: ['10/5'] });
});

test('Measure/recognition reports the very figures', async () => {
  const { other, receiver, source } = await twoReceivers();
  const period = 'periodStart=2024-03&periodEnd=2024-03';

  const definition = await receiver.get('/fhir/Measure/recognition');
  const report = await other.get(`/fhir/Measure/recognition/$evaluate-measure?${period}`);

  expect({ status: definition.status, scoring: definition.body.scoring.coding[0].code }).toEqual({ status: 200, scoring: 'proportion' });
  const validated = await receiver.post('/fhir/MeasureReport/$validate', report.body);
  expect(validated.body.issue.filter((it: { severity: string }) => ['error', 'fatal'].includes(it.severity))).toEqual([]);
  const [ofReminders, , ofEligible] = report.body.group;
  const countsOf = (group: { population: { code: { coding: { code: string }[] }; count: number }[] }) =>
    Object.fromEntries(group.population.map((it) => [it.code.coding[0]?.code, it.count]));
  expect(countsOf(ofReminders)).toEqual({ 'initial-population': 6, denominator: 6, numerator: 1 });
  expect(ofReminders.measureScore).toEqual({ value: 0.1667 });
  expect(countsOf(ofEligible)).toEqual({ 'initial-population': 6, denominator: 6, numerator: 1 });
  const strata = ofReminders.stratifier.map((it: { stratum: { value: { text: string } }[] }) =>
    it.stratum.map((stratum) => stratum.value.text),
  );
  expect(strata.slice(1, 4)).toEqual([['2024-03'], ['CT'], ['3']]);
  const [level, bySource] = ofReminders.stratifier.slice(3);
  expect(bySource.stratum[0].value.coding).toMatchObject([{ code: source.uscc }]);
  for (const stratum of [...level.stratum, ...bySource.stratum]) {
    expect(countsOf(stratum)).toEqual({ denominator: 6, numerator: 1 });
    expect(stratum.measureScore).toEqual({ value: 0.1667 });
  }
});

test('what is published, checked, read, decided and taken back over the doors is counted', async () => {
  const [source, receiver] = [await gateway.register(), await gateway.register()];
  const person = somebody();
  await publish(source, { person, analytes: [WBC], at: new Date(Date.now() - 3_600_000) });
  expect((await check(receiver, person, ['WBC'])).body.items[0].verdict).toBe('consent-required');
  await permit(receiver, person);
  const { body } = await check(receiver, person, ['WBC'], { department: '呼吸内科', encounter: 'OP-1' });
  const decided = await receiver.post('/v1/recognition-decisions', {
    check: body.id,
    decisions: [{ item: 'WBC', decision: 'recognised' }],
  });
  const read = async () => {
    await countIndicators(gateway.app);
    const [group] = (await receiver.get('/v1/indicators?by=department,doctor,item')).body.groups;
    return { ...group.itemTimes, department: group.department, doctor: group.doctor };
  };

  expect(await read()).toMatchObject({
    lookUps: 1,
    reminders: 1,
    eligible: 1,
    recognised: 1,
    ofReminders: 1,
    department: '呼吸内科',
    doctor: { identifier: 'urn:oid:2.16.156.10011.1.4|D-1001', name: '林敏' },
  });
  const { id } = decided.body.decisions[0];
  expect((await receiver.post(`/v1/recognition-decisions/${id}/revocation`, { reason: '误操作' })).status).toBe(201);
  expect(await read()).toMatchObject({ lookUps: 1, reminders: 1, recognised: 0, unanswered: 1, ofReminders: 0 });
});
