import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { type CallingSystem, useGateway } from '../support/gateway.ts';
import { check, permit, publishBundle } from '../support/recognition.ts';
import { type Analyte, bloodCount, HGB, type Person, somebody, WBC } from '../support/reports.ts';

const gateway = useGateway();

const HOUR_MS = 3_600_000;

interface Publication {
  readonly source: CallingSystem;
  readonly person: Person;
  readonly number: string;
  readonly at: Date;
  readonly report: string;
}

async function published(analytes: readonly Analyte[] = [WBC, HGB]): Promise<Publication> {
  const source = await gateway.register({ name: '出具医院' });
  const about = { person: somebody(), number: randomUUID(), at: new Date(Date.now() - 2 * HOUR_MS) };
  return { source, ...about, report: await publishBundle(source, bloodCount({ ...about, analytes })) };
}

/** A correction of the report, issued after it. */
async function correct({ source, person, number, at }: Publication, analytes: readonly Analyte[], minutesLater = 1, status = 'corrected') {
  const later = new Date(at.getTime() + (10 + minutesLater) * 60_000);
  await publishBundle(source, bloodCount({ person, number, at, analytes, status, report: { issued: later.toISOString() } }));
}

async function recognise(receiver: CallingSystem, person: Person, items: readonly string[]): Promise<readonly string[]> {
  const asked = await check(receiver, person, items, { encounter: 'OP-1' });
  const decisions = items.map((item) => ({ item, decision: 'recognised' }));
  const { status, body, text } = await receiver.post('/v1/recognition-decisions', { check: asked.body.id, decisions });
  if (status !== 201) throw new Error(text);
  return body.decisions.map((it: { id: string }) => it.id);
}

async function recallsOf(caller: CallingSystem, query = '') {
  await gateway.app.rounds.runAll();
  const { status, body, text } = await caller.get(`/v1/recalls?${query}`);
  if (status !== 200) throw new Error(text);
  return body.recalls;
}

async function permitted(person: Person): Promise<CallingSystem> {
  const caller = await gateway.register();
  await permit(caller, person);
  return caller;
}

test('who recognised, cited, looked up or read the old version is told of a correction; who never saw it is not', async () => {
  const made = await published();
  const [recogniser, looker, reader, never] = [
    await permitted(made.person),
    await permitted(made.person),
    await permitted(made.person),
    await permitted(made.person),
  ];
  const [decision] = await recognise(recogniser, made.person, ['WBC']);
  await recogniser.post(`/v1/recognition-decisions/${decision}/citation`, {});
  const { body } = await reader.get(`/fhir/DiagnosticReport/${made.report}`);
  await looker.get(`/fhir/${body.subject.reference}/$prior-results`);

  await correct(made, [{ ...WBC, value: '16.10' }, HGB]);

  const [told] = await recallsOf(recogniser);
  expect(told).toMatchObject({
    kind: 'corrected',
    state: 'open',
    report: `DiagnosticReport/${made.report}`,
    reportVersion: 2,
    source: { uscc: made.source.uscc },
    receiver: { uscc: recogniser.uscc },
    bases: ['recognised', 'cited', 'read'],
    ageHours: 0,
    overdue: false,
  });
  expect(told.notice.zh).toBe(
    '出具医院已更正一份检查检验报告。贵机构曾互认、引用、调阅其原版本，请通知相关医务人员核对病历和诊疗措施，并确认知悉。',
  );
  const shown = await recogniser.get(`/v1/recalls/${told.id}`);
  expect(shown.body.difference).toMatchObject([
    {
      change: 'changed',
      from: 1,
      to: 2,
      name: { system: 'http://loinc.org', code: '6690-2' },
      elements: [{ element: 'value', old: '6.10 10*9/L', new: '16.10 10*9/L' }],
    },
  ]);
  expect(shown.body.withheld).toBe(0);
  expect(shown.body.reliances).toMatchObject([
    { basis: 'recognised', item: 'WBC', decision, encounter: 'OP-1', concerned: true, practitioner: { value: 'D-1001' } },
    { basis: 'read', encounter: 'OP-1' },
  ]);
  expect(shown.body.reliances[0].citedAt).toBeDefined();
  for (const it of [looker, reader]) expect(await recallsOf(it)).toMatchObject([{ bases: ['read'] }]);
  for (const it of [never, made.source]) expect(await recallsOf(it)).toEqual([]);
});

test('a new version without a clinical change recalls nothing', async () => {
  const made = await published();
  const reader = await permitted(made.person);
  await reader.get(`/fhir/DiagnosticReport/${made.report}`);

  await correct(made, [WBC, HGB]);

  expect(await recallsOf(reader)).toEqual([]);
});
