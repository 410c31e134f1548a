import { expect, test } from 'vitest';
import { freshPerson } from '../../src/resources/resource-id.ts';
import { type CallingSystem, useGateway } from '../support/gateway.ts';
import { countIndicators } from '../support/indicators.ts';
import { recognitionEvents } from '../support/recognition-events.ts';

const gateway = useGateway();
const events = recognitionEvents(() => gateway.app);
const at = (text: string): Date => new Date(`${text}+08:00`);
const A_SECOND = 1_000;
const later = (moment: Date, ms: number): Date => new Date(moment.getTime() + ms);

const read = async (who: CallingSystem, query: string) => {
  const answer = await who.get(`/v1/indicators?${query}`);
  expect(answer.status, answer.text).toBe(200);
  return answer.body;
};

/**
 * A region made by hand. In hospital B, on 29 February 2024:
 *   visit 1 (Zhang, 呼吸): CT and WBC recognisable from A at order entry; CT recognised after 30 s, WBC refused for reason 6 after 2 s
 *   visit 2 (Zhang, 呼吸): WBC recognisable from C when the patient is opened, asked twice; not answered
 *   visit 3 (Li, 急诊): CT recognisable from A at order entry; recognised after 60 s, and taken back the next day
 *   visit 4 (Li, 急诊): MRI for reference only, from C: looked up, no reminder
 *   visit 5 (Li): without consent: nothing
 *   a look-up of visit 1's patient for whatever there is, with reports of A and C; one of somebody else that shows nothing of others
 * In hospital B on 1 March, Beijing time: visit 6 (Zhang, 呼吸): CT recognisable from A; refused for reason 1 after 10 s, then recognised.
 */
async function region() {
  const [a, b, c] = [
    await gateway.register({ district: '500103' }),
    await gateway.register({ district: '500112' }),
    await gateway.register({ district: '500103' }),
  ];
  const { institution } = b;
  const [one, two, three, four, five, six] = Array.from({ length: 6 }, freshPerson) as [bigint, bigint, bigint, bigint, bigint, bigint];
  const zhang = { institution, department: '呼吸', doctor: 'zhang' };
  const li = { institution, department: '急诊', doctor: 'li' };
  const leapDay = at('2024-02-29T09:00:00');
  const fromA = (item: string) => ({ item, verdict: 'recognisable' as const, source: a.institution });
  const fromC = (item: string) => ({ item, verdict: 'recognisable' as const, source: c.institution });

  const first = await events.check({
    ...zhang,
    at: leapDay,
    person: one,
    encounter: 'OP-1',
    items: [fromA('CT'), fromA('WBC'), { item: 'ECG', verdict: 'none' }],
  });
  await events.answer(first, { item: 'CT', at: later(leapDay, 30 * A_SECOND) });
  await events.answer(first, { item: 'WBC', at: later(leapDay, 2 * A_SECOND), reason: '6' });
  for (const minutes of [10, 20]) {
    await events.check({ ...zhang, at: later(leapDay, minutes * 60_000), person: two, trigger: 'patient-opened', items: [fromC('WBC')] });
  }
  const third = await events.check({ ...li, at: at('2024-02-29T23:59:59'), person: three, items: [fromA('CT')] });
  const taken = await events.answer(third, { item: 'CT', at: at('2024-03-01T00:00:59') });
  await events.revoke(taken, at('2024-03-01T08:00:00'));
  await events.check({ ...li, at: leapDay, person: four, items: [{ item: 'MRI', verdict: 'reference-only', source: c.institution }] });
  await events.check({ ...li, at: leapDay, person: five, items: [{ item: 'CT', verdict: 'consent-required' }] });
  await events.lookUp({ institution, person: one, at: later(leapDay, 60_000), sources: [a.institution, c.institution], doctor: 'zhang' });
  await events.lookUp({ institution, person: five, at: leapDay, item: 'CT', sources: [institution], doctor: 'li' });

  const march = at('2024-03-01T00:00:00');
  const [early, late] = [march, later(march, 3_600_000)];
  const sixth = await events.check({ ...zhang, at: early, person: six, items: [fromA('CT')] });
  await events.answer(sixth, { item: 'CT', at: later(early, 10 * A_SECOND), reason: '1' });
  const again = await events.check({ ...zhang, at: late, person: six, items: [fromA('CT')] });
  await events.answer(again, { item: 'CT', at: later(late, 20 * A_SECOND) });
  await countIndicators(gateway.app);
  return { a, b, c };
}

const NOTHING = { lookUps: 0, reminders: 0, eligible: 0, recognised: 0, eligibleRecognised: 0, refused: 0, excepted: 0, unanswered: 0 };

test('the receiving side in total: each formula, by item-times and person-times', async () => {
  const { b } = await region();

  const { total, isCurrent } = await read(b, '');

  expect(isCurrent).toBe(true);
  // Looked up: CT, WBC, CT, MRI, WBC of visits 1 to 4, the look-up for whatever there is, and CT of visit 6.
  expect(total.itemTimes).toMatchObject({
    lookUps: 7,
    reminders: 5,
    eligible: 4,
    recognised: 2,
    eligibleRecognised: 2,
    refused: 1,
    excepted: 0,
    unanswered: 2,
    ofReminders: 0.4,
    ofLookUps: 0.2857,
    ofEligible: 0.5,
  });
  expect(total.personTimes).toMatchObject({
    lookUps: 5,
    reminders: 4,
    eligible: 3,
    recognised: 2,
    eligibleRecognised: 2,
    refused: 1,
    excepted: 0,
    unanswered: 2,
    ofReminders: 0.5,
    ofLookUps: 0.4,
    ofEligible: 0.6667,
  });
  expect(total.reasons).toEqual({ refusals: 1, mostUsed: 'national-2022:6', mostUsedShare: 1, otherShare: 1, herfindahl: 1 });
  expect(total.timeToDecide).toEqual({ decisions: 3, medianSeconds: 20, p90Seconds: 30, quickShare: 0.3333, quickRefusalShare: 1 });
});

test('the source side: what was done with the results of each institution', async () => {
  const { a, c } = await region();

  expect((await read(a, 'side=source')).total.itemTimes).toMatchObject({
    ...NOTHING,
    lookUps: 5,
    reminders: 4,
    eligible: 4,
    recognised: 2,
    eligibleRecognised: 2,
    refused: 1,
    unanswered: 1,
  });
  expect((await read(c, 'side=source')).total.itemTimes).toMatchObject({
    ...NOTHING,
    lookUps: 3,
    reminders: 1,
    unanswered: 1,
    ofReminders: 0,
    ofEligible: null,
  });
  expect((await read(a, '')).total.itemTimes).toMatchObject({ ...NOTHING, ofReminders: null });
});

test('months and days are those of Beijing, the leap day among them', async () => {
  const { b } = await region();

  const { groups } = await read(b, 'by=month,day');

  expect(
    groups.map((it: { month: string; day: string; itemTimes: { lookUps: number; recognised: number } }) => [
      it.month,
      it.day,
      it.itemTimes.lookUps,
      it.itemTimes.recognised,
    ]),
  ).toEqual([
    ['2024-02', '2024-02-29', 6, 1],
    ['2024-03', '2024-03-01', 1, 1],
  ]);
  expect((await read(b, 'from=2024-03-01&to=2024-03-02')).total.itemTimes.lookUps).toBe(1);
  expect((await read(b, 'from=2024-02-28&to=2024-02-29')).total.itemTimes.lookUps).toBe(0);
});

test.for<[string, Record<string, [reminders: number, recognised: number, visitsReminded: number]>]>([
  ['department', { 呼吸: [4, 2, 3], 急诊: [1, 0, 1] }],
  ['doctor', { 'urn:test|zhang': [4, 2, 3], 'urn:test|li': [1, 0, 1] }],
  ['item', { '': [0, 0, 0], CT: [3, 2, 3], MRI: [0, 0, 0], WBC: [2, 0, 2] }],
  ['reason', { '': [4, 2, 4], 'national-2022:6': [1, 0, 1] }],
  ['district', { '500112': [5, 2, 4] }],
])('by %s', async ([by, expected]) => {
  const { b } = await region();

  const { groups } = await read(b, `by=${by}`);

  const shown = groups.map((it: Record<string, never>) => {
    const { itemTimes, personTimes } = it as unknown as Record<string, Record<string, number>>;
    const key = by === 'doctor' ? (it.doctor as unknown as { identifier: string }).identifier : it[by];
    return [key, [itemTimes?.reminders, itemTimes?.recognised, personTimes?.reminders]];
  });
  expect(Object.fromEntries(shown)).toEqual(expected);
});

test('an auditor sees the region by institution and district on both sides, and each figure can be opened', async () => {
  const { a, b, c } = await region();
  const auditor = await gateway.register({ scopes: ['audit.read'] });

  const receiving = await read(auditor, `by=institution,doctor&institution=${b.uscc}`);
  expect(receiving.groups.map((it: { doctor: { name: string } }) => it.doctor.name)).toEqual(['医师li', '医师zhang']);
  const source = await read(auditor, 'side=source&by=district,institution');
  const mine = source.groups.filter((it: { institution: { uscc: string } }) => [a.uscc, c.uscc].includes(it.institution.uscc));
  expect(mine.map((it: { district: string; itemTimes: { lookUps: number } }) => [it.district, it.itemTimes.lookUps]).toSorted()).toEqual([
    ['500103', 3],
    ['500103', 5],
  ]);
});

test('figures are current once every day of the period is counted; those of a source, wherever its results were used', async () => {
  const [receiver, source] = [await gateway.register(), await gateway.register()];
  const items = [{ item: 'CT', verdict: 'recognisable' as const, source: source.institution }];
  await events.check({ institution: receiver.institution, person: freshPerson(), at: at('2024-06-03T09:00:00'), items });
  const ofDay = 'from=2024-06-03&to=2024-06-04';
  const areCurrent = async () => [
    (await read(receiver, ofDay)).isCurrent,
    (await read(source, ofDay)).isCurrent,
    (await read(source, `side=source&${ofDay}`)).isCurrent,
    (await read(source, 'side=source&from=2024-06-04&to=2024-06-05')).isCurrent,
  ];

  await gateway.app.rounds.runAll(undefined, (name) => name !== 'count indicators');
  expect(await areCurrent()).toEqual([false, true, false, true]);

  await countIndicators(gateway.app);
  expect(await areCurrent()).toEqual([true, true, true, true]);
});
