import { randomUUID } from 'node:crypto';
import { and, eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { accessLog } from '../../src/access-log/access-log.tables.ts';
import { recognitionDecisions } from '../../src/recognition/recognition.tables.ts';
import { savingsEntries } from '../../src/savings/savings.tables.ts';
import { type CallingSystem, useGateway } from '../support/gateway.ts';
import { check, permit, publish } from '../support/recognition.ts';
import { type Analyte, somebody, WBC } from '../support/reports.ts';

const gateway = useGateway();

const protein = (name: 'TP' | 'ALB'): Analyte => ({ loinc: name === 'TP' ? '2885-2' : '1751-7', value: '70', unit: 'g/L' });
const POTASSIUM: Analyte = { loinc: '2823-3', value: '4.1', unit: 'mmol/L' };

const recognise = (who: CallingSystem) => ({ source: { uscc: who.uscc }, decision: 'recognised' });
const refuse = (who: CallingSystem) => ({ source: { uscc: who.uscc }, decision: 'not-recognised', reason: '2' });
const decide = (who: CallingSystem, id: string, ...decisions: readonly object[]) =>
  who.post('/v1/recognition-decisions', { check: id, decisions });
const itemsOf = (answer: { body: { decisions: readonly { item: string }[] } }) => answer.body.decisions.map((it) => it.item);
const storedOf = ({ institution }: CallingSystem) =>
  gateway.db.select().from(recognitionDecisions).where(eq(recognitionDecisions.institution, institution));

/**
 * Two proteins of one hospital, which may be recognised, with a blood cell count that is too old, and potassium of another hospital.
 */
async function scene() {
  const [first, second, receiver] = [await gateway.register(), await gateway.register(), await gateway.register()];
  const person = somebody();
  const number = randomUUID();
  const at = new Date(Date.now() - 7 * 3_600_000);
  await publish(first, { person, number, at, analytes: [protein('TP'), protein('ALB'), WBC] });
  await publish(second, { person, analytes: [POTASSIUM] });
  await permit(receiver, person);
  const checked = async () => (await check(receiver, person, ['TP', 'ALB', 'WBC', 'K', 'GLU'])).body.id as string;
  return { first, second, receiver, person, number, checked, id: await checked() };
}

test('all that one hospital issued is recognised at once; what is for reference only stays unanswered and is named', async () => {
  const it = await scene();

  const answer = await decide(it.receiver, it.id, recognise(it.first));

  expect(answer.status).toBe(201);
  expect(itemsOf(answer)).toEqual(['TP', 'ALB']);
  expect(answer.body.decisions.every((one: { source: object }) => JSON.stringify(one.source).includes(it.first.uscc))).toBe(true);
  expect(answer.body.unanswered).toEqual(['WBC', 'K']);
  const entries = await gateway.db.select().from(savingsEntries).where(eq(savingsEntries.institution, it.receiver.institution));
  expect(entries.map((entry) => entry.item).sort()).toEqual(['ALB', 'TP']);
});

test('all that one hospital issued is refused at once, what is for reference only as well', async () => {
  const it = await scene();

  const answer = await decide(it.receiver, it.id, refuse(it.first), recognise(it.second));

  expect(itemsOf(answer)).toEqual(['TP', 'ALB', 'WBC', 'K']);
  expect(answer.body.unanswered).toEqual([]);
});

test('an item named beside its hospital is answered as it is named', async () => {
  const it = await scene();

  const answer = await decide(it.receiver, it.id, recognise(it.first), { item: 'TP', decision: 'not-recognised', reason: '1' });

  expect(answer.body.decisions).toMatchObject([
    { item: 'ALB', decision: 'recognised' },
    { item: 'TP', decision: 'not-recognised', reason: '1' },
  ]);
});

test('the same again gets the same decisions; an item answered otherwise before is a conflict that is told by its name', async () => {
  const it = await scene();
  const first = await decide(it.receiver, it.id, recognise(it.first));

  const again = await decide(it.receiver, it.id, recognise(it.first));
  const bySelf = await decide(it.receiver, it.id, { item: 'ALB', decision: 'recognised' });
  const other = await decide(it.receiver, it.id, refuse(it.first));

  expect(again).toMatchObject({ status: 200, body: first.body });
  expect(bySelf).toMatchObject({ status: 200, body: { decisions: [first.body.decisions[1]] } });
  expect(other).toMatchObject({ status: 409, body: { errors: [{ path: 'decisions[0]' }, { path: 'decisions[0]' }] } });
  expect(other.text).toContain('\\"TP\\"');
  expect(await storedOf(it.receiver)).toHaveLength(2);
});

test('a hospital as a whole and one of its items, answered at once: each item has one answer, and who disagrees is told', async () => {
  const it = await scene();

  for (let round = 0; round < 5; round++) {
    const id = await it.checked();
    const answers = await Promise.all([
      decide(it.receiver, id, recognise(it.first)),
      decide(it.receiver, id, { item: 'ALB', decision: 'not-recognised', reason: '1' }),
      decide(it.receiver, id, recognise(it.second), { item: 'TP', decision: 'recognised' }),
    ]);

    expect(
      answers
        .slice(0, 2)
        .map((answer) => answer.status)
        .sort(),
    ).toEqual([201, 409]);
    expect(answers[2]?.status).toBeLessThan(300);
    const { body } = await it.receiver.get(`/v1/recognition-decisions?check=${id}`);
    const standing = new Map(body.decisions.map((one: { item: string; decision: string }) => [one.item, one.decision]));
    expect(standing.size).toBe(body.decisions.length);
    expect(standing.get('TP')).toBe('recognised');
    expect(standing.get('ALB')).toBe(answers[0]?.status === 201 ? 'recognised' : 'not-recognised');
  }
});

test('two who recognise two hospitals at once, in opposite order, do not wait for each other in a circle', async () => {
  const it = await scene();

  for (let round = 0; round < 5; round++) {
    const id = await it.checked();
    const answers = await Promise.all([
      decide(it.receiver, id, recognise(it.first), recognise(it.second)),
      decide(it.receiver, id, recognise(it.second), recognise(it.first)),
    ]);
    expect(answers.map((answer) => answer.status).sort()).toEqual([200, 201]);
  }
});

test('what was withdrawn since the check is recognised for no item of its hospital', async () => {
  const it = await scene();
  await publish(it.first, { person: it.person, number: it.number, status: 'entered-in-error', analytes: [WBC] });

  const answer = await decide(it.receiver, it.id, recognise(it.first));

  expect(answer).toMatchObject({ status: 409, body: { errors: [{ path: 'decisions[0].source' }, { path: 'decisions[0].source' }] } });
  expect(await storedOf(it.receiver)).toEqual([]);
});

test.for<[string, (it: Awaited<ReturnType<typeof scene>>) => readonly object[], number, string]>([
  ['a hospital that has shown nothing', (it) => [recognise(it.receiver)], 422, 'decisions[0].source.uscc'],
  ['a hospital twice', (it) => [recognise(it.first), refuse(it.first)], 422, 'decisions[1].source'],
  ['a hospital without a reason', (it) => [{ source: { uscc: it.first.uscc }, decision: 'not-recognised' }], 422, 'decisions[0].reason'],
  ['an item and its hospital in one', (it) => [{ ...recognise(it.first), item: 'TP' }], 400, 'decisions[0].item'],
  ['neither', () => [{ decision: 'recognised' }], 400, 'decisions[0].source'],
])('refused: %s', async ([, entries, status, path]) => {
  const it = await scene();

  const answer = await decide(it.receiver, it.id, ...entries(it));

  expect(answer.status).toBe(status);
  expect(answer.body.errors.map((error: { path: string }) => error.path)).toContain(path);
  expect(await storedOf(it.receiver)).toEqual([]);
});

test('a list of one check says what is unanswered, whatever else it is narrowed to; of other lists nothing is said', async () => {
  const it = await scene();
  const list = (query: string, who = it.receiver) => who.get(`/v1/recognition-decisions?${query}`);
  expect((await list(`check=${it.id}`)).body).toEqual({ decisions: [], unanswered: ['TP', 'ALB', 'WBC', 'K'] });
  const [logged] = await gateway.db
    .select()
    .from(accessLog)
    .where(and(eq(accessLog.client, it.receiver.client), eq(accessLog.interaction, 'listDecisions')));
  expect(logged).toMatchObject({ person: BigInt(`0x${it.id.slice(0, 16)}`), entities: [`RecognitionCheck/${it.id}`] });
  await decide(it.receiver, it.id, recognise(it.first));

  expect((await list(`check=${it.id}&item=NONE`)).body).toEqual({ decisions: [], unanswered: ['WBC', 'K'] });
  expect((await list('limit=1')).body).not.toHaveProperty('unanswered');
  expect((await list(`check=${it.id}`, it.second)).body).toEqual({ decisions: [] });
});
