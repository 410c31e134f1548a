import { expect, test } from 'vitest';
import { transact } from '../../src/database/client.ts';
import { INSURANCES } from '../../src/recognition/insurance.ts';
import { savingsBook } from '../../src/savings/post-saving.ts';
import { type Answer, type CallingSystem, useGateway } from '../support/gateway.ts';
import { claim, entriesOf, type Figures, sumOf } from '../support/savings.ts';

const gateway = useGateway();

const MARCH = 'periodStart=2026-03&periodEnd=2026-03-31';

/** A group of a report, or a stratum of one. */
interface Reported {
  readonly extension: { valueUri: string }[];
  readonly population: { code: { coding: { code: string }[] }; count: number }[];
  readonly measureScore: { value: number; system: string; code: string };
  readonly value?: { text: string; coding?: { code: string }[] };
}

/** What a validation finds, but for the advice to write a narrative. */
function faultsIn({ body }: Answer): string[] {
  const issues = body.issue as { severity: string; details: { text: string } }[];
  return issues.filter((it) => it.severity !== 'information' && !it.details.text.includes('dom-6')).map((it) => it.details.text);
}

/** Savings in and around March, one of each payer, the first taken back after the month. */
async function savingsOfMarch(receiver: CallingSystem): Promise<void> {
  const source = await gateway.register();
  const posted = [...INSURANCES, null].map((insurance, index) =>
    claim(receiver, source, {
      insurance,
      item: index % 2 ? 'HGB' : 'WBC',
      price: { amountFen: 1_003 + index, priced: true, version: 'district:50 v1' },
    }),
  );
  for (const it of posted) await transact(gateway.db, (tx) => savingsBook.post(tx, [it], new Date('2026-02-28T16:00:00.000Z')));
  const before = claim(receiver, source);
  await transact(gateway.db, (tx) => savingsBook.post(tx, [before], new Date('2026-02-28T15:59:59.999Z')));
  const [first, second] = posted.map((it) => ({ person: it.person, id: it.decision }));
  const cause = { kind: 'repeat', report: 'DiagnosticReport/1/_history/1' } as const;
  if (first) await transact(gateway.db, (tx) => savingsBook.reverse(tx, first, cause, new Date('2026-03-31T15:59:59.999Z')));
  if (second) await transact(gateway.db, (tx) => savingsBook.reverse(tx, second, cause, new Date('2026-03-31T16:00:00.000Z')));
}

const fenOf = ({ measureScore }: Reported) => Math.round(measureScore.value * 100);
const countOf = ({ population }: Reported, code: string) => population.find((it) => it.code.coding[0]?.code === code)?.count;

test('the measure is read by its name, found by its address, and is valid', async () => {
  const caller = await gateway.register();

  const { status, body } = await caller.get('/fhir/Measure/savings');
  const found = await caller.get(`/fhir/Measure?url=${body.url}`);
  const validated = await caller.post('/fhir/Measure/$validate', body);

  expect({ status, url: body.url }).toEqual({ status: 200, url: 'https://tongjian.example/fhir/Measure/savings' });
  expect(found.body.entry[0].resource).toMatchObject({ url: body.url, version: body.version, scoring: body.scoring });
  expect(faultsIn(validated)).toEqual([]);
});

test('a report has the very figures of the summary, by every stratifier, and each names its entries', async () => {
  const receiver = await gateway.register();
  await savingsOfMarch(receiver);

  const { status, body } = await receiver.get(`/fhir/Measure/savings/$evaluate-measure?${MARCH}&reportType=summary`);

  expect(status).toBe(200);
  expect(body).toMatchObject({
    resourceType: 'MeasureReport',
    status: 'complete',
    type: 'summary',
    reporter: { identifier: { system: 'urn:oid:2.16.156.10011.1.5', value: receiver.uscc } },
    period: { start: '2026-03-01', end: '2026-03-31' },
  });
  expect(body.measure).toMatch(/^https:\/\/tongjian\.example\/fhir\/Measure\/savings\|.+/);
  const members = ['amountFen', 'fundFen', 'patientFen', 'undividedFen'] as const;
  const summary = (await receiver.get('/v1/savings/summary?month=2026-03')).body.total as Figures;
  expect(summary).toMatchObject({ savings: 5, reversals: 1, items: 4 });
  expect((body.group as Reported[]).map(fenOf)).toEqual(members.map((it) => summary[it]));
  for (const [index, group] of (
    body.group as (Reported & { stratifier: { code: { text: string }[]; stratum: Reported[] }[] })[]
  ).entries()) {
    expect(group.measureScore).toMatchObject({ system: 'urn:iso:std:iso:4217', code: 'CNY' });
    expect(countOf(group, 'initial-population')).toBe(summary.savings);
    expect(countOf(group, 'measure-population')).toBe(summary.items);
    expect(group.stratifier.map((it) => it.code[0]?.text)).toEqual(['institution', 'item', 'month', 'payer']);
    for (const { stratum } of group.stratifier) {
      expect(stratum.reduce((sum, it) => sum + fenOf(it), 0)).toBe(fenOf(group));
      for (const it of stratum) {
        const opened = sumOf(await entriesOf(receiver, it.extension[0]?.valueUri.split('?')[1] ?? ''));
        expect(fenOf(it)).toBe(opened[members[index] ?? 'amountFen']);
        expect(countOf(it, 'initial-population')).toBe(opened.savings);
        expect(countOf(it, 'measure-population-exclusion')).toBe(opened.reversals);
      }
    }
  }
  const validated = await receiver.post('/fhir/MeasureReport/$validate', body);
  expect(faultsIn(validated)).toEqual([]);
});

test('the report is the same by POST, by the id that a search finds, and for the auditor who names the institution', async () => {
  const receiver = await gateway.register();
  const auditor = await gateway.register({ scopes: ['savings.read'] });
  await savingsOfMarch(receiver);
  const { id } = (await receiver.get('/fhir/Measure?url=https://tongjian.example/fhir/Measure/savings')).body.entry[0].resource;
  const parameter = [
    { name: 'periodStart', valueDate: '2026-03-01' },
    { name: 'periodEnd', valueDate: '2026-03' },
    { name: 'reporter', valueString: receiver.uscc },
  ];

  const own = await receiver.get(`/fhir/Measure/savings/$evaluate-measure?${MARCH}&reportType=population`);
  const byId = await receiver.get(`/fhir/Measure/${id}/$evaluate-measure?${MARCH}`);
  const posted = await auditor.post('/fhir/Measure/savings/$evaluate-measure', { resourceType: 'Parameters', parameter });
  const ofAll = await auditor.get(`/fhir/Measure/savings/$evaluate-measure?${MARCH}`);
  const ofOthers = await (await gateway.register()).get(`/fhir/Measure/savings/$evaluate-measure?${MARCH}&reporter=${receiver.uscc}`);

  expect(own.body.group[0].measureScore.value).toBeGreaterThan(0);
  expect(byId.body.group).toEqual(own.body.group);
  const scores = (report: { group: Reported[] }) => report.group.map((it) => it.measureScore);
  expect(scores(posted.body)).toEqual(scores(own.body));
  expect(posted.body.reporter.identifier.value).toBe(receiver.uscc);
  expect(ofAll.body.group[0].measureScore.value).toBeGreaterThanOrEqual(own.body.group[0].measureScore.value);
  expect(ofOthers.body.group.map(fenOf)).toEqual([0, 0, 0, 0]);
});

test('a report without anything in it is valid', async () => {
  const receiver = await gateway.register();

  const { body } = await receiver.get('/fhir/Measure/savings/$evaluate-measure?periodStart=2024-02-29&periodEnd=2024-02-29');

  expect(body.period).toEqual({ start: '2024-02-29', end: '2024-02-29' });
  expect(faultsIn(await receiver.post('/fhir/MeasureReport/$validate', body))).toEqual([]);
});

test('who asked for which report is in the access log', async () => {
  const receiver = await gateway.register({ scopes: ['system/AuditEvent.rs'] });
  await receiver.get(`/fhir/Measure/savings/$evaluate-measure?${MARCH}`);

  const { body } = await receiver.get('/v1/access-log?interaction=evaluateMeasure');

  expect(body.entries).toMatchObject([{ action: 'E', outcome: 0, query: expect.stringContaining('from=2026-03-01&to=2026-04-01') }]);
});

test.for<[string, number]>([
  [`nothing/$evaluate-measure?${MARCH}`, 404],
  ['savings/$evaluate-measure', 400],
  ['savings/$evaluate-measure?periodStart=2026-03-01', 400],
  ['savings/$evaluate-measure?periodStart=2026-02-30&periodEnd=2026-03', 400],
  ['savings/$evaluate-measure?periodStart=2026-03-01T00:00:00Z&periodEnd=2026-03', 400],
  ['savings/$evaluate-measure?periodStart=2026-03-02&periodEnd=2026-03-01', 400],
  [`savings/$evaluate-measure?${MARCH}&reportType=subject`, 400],
  [`savings/$evaluate-measure?${MARCH}&reporter=110000000000000000`, 400],
  [`savings/$evaluate-measure?${MARCH}&reporter=Organization/x`, 400],
  [`savings/$evaluate-measure?${MARCH}&subject=Patient/1`, 400],
])('refused: %s', async ([path, status]) => {
  const receiver = await gateway.register();
  const answer = await receiver.get(`/fhir/Measure/${path}`);
  expect(answer.status, answer.text).toBe(status);
  expect(answer.body.resourceType).toBe('OperationOutcome');
});
