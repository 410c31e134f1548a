import fc from 'fast-check';
import pg from 'pg';
import { expect, test, vi } from 'vitest';
import { type FollowedEntry, followLog } from '../../src/access-log/transparency/follow-log.ts';
import { LogSigner } from '../../src/access-log/transparency/log-signer.ts';
import { sequenceEntries } from '../../src/access-log/transparency/sequence-entries.ts';
import { transact } from '../../src/database/client.ts';
import { followExaminations } from '../../src/repeats/follow-examinations.ts';
import { judgeReport } from '../../src/repeats/judge-report.ts';
import { savingsBook } from '../../src/savings/post-saving.ts';
import { PUBLIC_URL, useGateway } from '../support/gateway.ts';
import { publish } from '../support/recognition.ts';
import { checked, examine, findingsOf, leadsOf, recognise, refuse, type Scene, scene } from '../support/repeats.ts';
import { type Analyte, bloodCount, HGB, WBC } from '../support/reports.ts';
import { statementsOf } from '../support/statements.ts';

const gateway = useGateway();
const signer = new LogSigner({ publicUrl: PUBLIC_URL });
const keyOf = (report: string) => ({ person: BigInt(`0x${report.slice(0, 16)}`), id: BigInt(`0x${report.slice(16)}`) });

/** What may reach the exchange after the examination, each at most once; a step that needs another one comes after it. */
const STEPS = ['examine', 'recognise-first', 'refuse-second', 'take-back-first', 'take-back-second', 'correct'] as const;
type Step = (typeof STEPS)[number];
const AFTER: Partial<Record<Step, Step>> = {
  'take-back-first': 'recognise-first',
  'take-back-second': 'refuse-second',
  correct: 'examine',
};

/** Does the steps of a scene in this order, the follower at work between them or not, and says what stands at last. */
async function arrive(steps: readonly Step[], rests: readonly boolean[]) {
  const it = await scene(gateway);
  const [first, second] = [await checked(it, { encounter: 'OP-1' }), await checked(it, { encounter: 'OP-2' })];
  const at = new Date();
  const number = crypto.randomUUID();
  const ids = new Map<Step, string>();
  let report = '';
  const takeBack = (of: Step) => it.receiver.post(`/v1/recognition-decisions/${ids.get(of)}/revocation`, { reason: '误操作' });
  const work: Record<Step, () => Promise<unknown>> = {
    examine: async () => (report = await examine(it, { number, at })),
    'recognise-first': async () => ids.set('recognise-first', (await recognise(it.receiver, first)).body.decisions[0].id),
    'refuse-second': async () => ids.set('refuse-second', (await refuse(it.receiver, second)).body.decisions[0].id),
    'take-back-first': () => takeBack('recognise-first'),
    'take-back-second': () => takeBack('refuse-second'),
    correct: () => it.receiver.post('/fhir', bloodCount({ person: it.person, number, at, analytes: [WBC], status: 'corrected' })),
  };
  for (const [index, step] of steps.entries()) {
    await work[step]();
    if (rests[index]) await gateway.app.rounds.runAll();
  }
  const findings = (await findingsOf(gateway, report)).map(({ item, outcome, version }) => ({ item, outcome, version }));
  const states = (await leadsOf(it.reviewer)).filter((lead) => lead.state !== 'closed').map((lead) => lead.state);
  return { findings, open: states };
}

/** What must stand, whatever the order: by what was said at the last check that is not taken back. */
function expected(steps: ReadonlySet<Step>) {
  const refused = steps.has('refuse-second') && !steps.has('take-back-second');
  const recognised = steps.has('recognise-first') && !steps.has('take-back-first');
  const outcome = refused ? 'explained' : recognised ? 'repeated' : 'unexplained';
  return { findings: [{ item: 'WBC', outcome, version: steps.has('correct') ? 2 : 1 }], open: outcome === 'unexplained' ? ['open'] : [] };
}

test('the same facts in any order of arrival end in the same findings', { timeout: 120_000 }, async () => {
  const someSteps = fc
    .subarray([...STEPS])
    .filter((all) => all.includes('examine') && all.every((it) => !AFTER[it] || all.includes(AFTER[it])));
  const inSomeOrder = someSteps
    .chain((all) => fc.shuffledSubarray(all, { minLength: all.length }))
    .filter((all) => all.every((it, index) => !AFTER[it] || all.indexOf(AFTER[it]) < index));
  await fc.assert(
    fc.asyncProperty(inSomeOrder, fc.array(fc.boolean(), { minLength: STEPS.length, maxLength: STEPS.length }), async (steps, rests) => {
      expect(await arrive(steps, rests)).toEqual(expected(new Set(steps)));
    }),
    { numRuns: 16, seed: 20_260_301, endOnFailure: true },
  );
});

test('a prior result that arrives after the examination makes it no lead, in whatever order they are looked at', async () => {
  const it = await scene(gateway, { more: { analytes: [HGB] } });
  const report = await examine(it);
  await publish(it.source, { person: it.person, analytes: [WBC] });
  const late = await findingsOf(gateway, report);
  const next = await examine(it);

  expect(late).toMatchObject([{ outcome: 'nothing' }]);
  expect(await findingsOf(gateway, next)).toMatchObject([{ outcome: 'unexplained' }]);
});

test('the same statements whatever the number of items, results and checks', async () => {
  const analytes = (count: number): Analyte[] => [WBC, HGB, { loinc: '777-3', value: '210', unit: '10*9/L' }].slice(0, count);
  const judged = async (count: number): Promise<readonly string[]> => {
    const it: Scene = await scene(gateway, { more: { analytes: analytes(count) } });
    for (let more = 1; more < count; more++) await publish(it.source, { person: it.person, analytes: analytes(count) });
    for (let more = 1; more < count; more++) await checked(it, {}, ['WBC']);
    const report = await examine(it, { analytes: analytes(count) });
    return await statementsOf(() => transact(gateway.db, (tx) => judgeReport(tx, savingsBook, keyOf(report), new Date())));
  };

  const small = await judged(1);
  expect(await judged(3)).toEqual(small);
  expect(small.length).toBeLessThan(35);
  expect(small).toContain('insert-findings');
});

test('a decision has nothing compared again that was examined before its check', async () => {
  const it = await scene(gateway);
  for (const minutes of [20, 10, 5]) await examine(it, { at: new Date(Date.now() - minutes * 60_000) });
  const { body } = await recognise(it.receiver, await checked(it));
  const after = await examine(it);
  await gateway.app.rounds.runAll();
  const entries = entriesOf(after, `RecognitionDecision/${body.decisions[0].id}`);

  const statements = await statementsOf(() =>
    transact(gateway.db, (tx) => followExaminations(savingsBook).handle(tx, entries, new Date())),
  );

  expect(statements.filter((name) => name === 'find-standing-findings')).toHaveLength(1);
  expect(await findingsOf(gateway, after)).toMatchObject([{ outcome: 'repeated' }]);
});

test('two workers at once judge each report once', async () => {
  const it = await scene(gateway);
  const reports: string[] = [];
  for (let index = 0; index < 5; index++) reports.push(await examine(it));
  while ((await sequenceEntries(gateway.db, signer, new Date())) > 0);
  const follower = followExaminations(savingsBook);

  const work = async () => {
    for (let idle = 0; idle < 3; ) idle = (await followLog(gateway.db, follower, new Date(), undefined, 3)) > 0 ? 0 : idle + 1;
  };
  await Promise.all([work(), work(), work()]);

  for (const report of reports) expect(await findingsOf(gateway, report)).toMatchObject([{ round: 1, outcome: 'unexplained' }]);
  expect(await leadsOf(it.reviewer)).toHaveLength(5);
});

test('judged by two at the same moment, a report has one finding and one lead', async () => {
  const it = await scene(gateway);
  const report = await examine(it);

  await Promise.all([1, 2, 3].map(() => transact(gateway.db, (tx) => judgeReport(tx, savingsBook, keyOf(report), new Date()))));

  expect(await findingsOf(gateway, report)).toMatchObject([{ round: 1 }]);
  expect(await leadsOf(it.reviewer)).toHaveLength(1);
});

test('ended before any of its statements, the work is as if it had never begun, and is done later', async () => {
  const it = await scene(gateway);
  await recognise(it.receiver, await checked(it));
  await gateway.app.rounds.runAll();
  const report = await examine(it);
  const follower = followExaminations(savingsBook);
  const entries = entriesOf(report);
  const stateOf = async () => {
    const { rows } = await gateway.db.$client.query(
      `select (select count(*) from repeat_findings where person = $1 and report = $2)::int as findings,
              (select count(*) from savings_entries where person = $1 and kind = 'reversal')::int as reversals`,
      [keyOf(report).person, keyOf(report).id],
    );
    return rows[0];
  };
  const handle = () => transact(gateway.db, (tx) => follower.handle(tx, entries, new Date()));
  let killed = 0;
  for (let at = 1; await isCut(at, handle); at++) {
    killed = at;
    expect(await stateOf()).toEqual({ findings: 0, reversals: 0 });
  }

  expect(killed).toBeGreaterThan(15);
  expect(await stateOf()).toEqual({ findings: 1, reversals: 1 });
  expect(await findingsOf(gateway, report)).toMatchObject([{ outcome: 'repeated', round: 1 }]);
  expect(await stateOf()).toEqual({ findings: 1, reversals: 1 });
});

/** Does the work with its connection lost before that statement of the transaction; `false` where it came to its end before. */
async function isCut(at: number, work: () => Promise<unknown>): Promise<boolean> {
  let sent = 0;
  let isHit = false;
  const query = pg.Client.prototype.query;
  const spy = vi.spyOn(pg.Client.prototype, 'query').mockImplementation(cutting as never);
  function cutting(this: pg.Client, ...asked: unknown[]): unknown {
    if (asked[0] === 'rollback' || asked[0] === 'begin' || ++sent !== at) return Reflect.apply(query, this, asked);
    isHit = true;
    throw new Error('cut');
  }
  try {
    await work();
  } catch (error) {
    if (!String((error as Error).message).includes('cut') && !String((error as { cause?: Error }).cause?.message).includes('cut'))
      throw error;
  } finally {
    spy.mockRestore();
  }
  return isHit;
}

function entriesOf(report: string, entity = `DiagnosticReport/${report}/_history/1`): readonly FollowedEntry[] {
  return [
    {
      leaf: 0n,
      person: keyOf(report).person,
      recordedAt: new Date(),
      id: 1n,
      action: 'C',
      interaction: 'processBundle',
      outcome: 0,
      failure: null,
      institution: null,
      client: null,
      practitionerSystem: null,
      practitionerValue: null,
      practitionerName: null,
      purpose: 'TREAT',
      reason: null,
      reviewDue: false,
      entities: [entity],
      consents: [],
      query: null,
      requestId: 'r',
      address: null,
    },
  ];
}
