import fc from 'fast-check';
import { expect } from 'vitest';
import { INSURANCES } from '../../src/recognition/insurance.ts';
import { correct, type Publication, permitted, published } from '../recalls/corrections.ts';
import type { CallingSystem, useGateway } from '../support/gateway.ts';
import { check } from '../support/recognition.ts';
import { type Analyte, HGB, type Person, somebody, WBC } from '../support/reports.ts';
import { expectAgreement, expectReversedOnce } from './agreement.ts';
import { type Decided, ExpectedSavings } from './expected-savings.ts';

const ANALYTES: Readonly<Record<string, Analyte>> = { WBC, HGB };
const ITEMS = Object.keys(ANALYTES);

/** One thing that happens at a hospital of the region to one of its patients; each kind takes of the rest what it needs. */
export const aStep = fc.record({
  // What changes nothing comes first: a sequence that fails is made simpler towards it.
  what: fc.constantFrom(
    ...(['compare', 'recognise', 'recognise', 'recognise', 'recognise', 'recognise', 'recognise', 'refuse', 'revoke'] as const),
    ...(['examine', 'examine', 'examine', 'correct', 'correct', 'withdraw', 'cite', 'price'] as const),
  ),
  hospital: fc.nat({ max: 2 }),
  patient: fc.nat({ max: 1 }),
  items: fc.subarray(ITEMS),
  encounter: fc.constantFrom('OP-1', 'OP-2'),
  insurance: fc.option(fc.constantFrom(...INSURANCES), { nil: undefined }),
  department: fc.constantFrom(undefined, '呼吸内科', '心内科'),
  /** Which of those there are is meant, counted from the last one. */
  back: fc.nat({ max: 7 }),
  when: fc.constantFrom('now', 'now', 'now', 'before the check', 'at the last moment', 'too late'),
  amountFen: fc.constantFrom(0, 1, 1_505, 29_999),
  /** Whether the caller sends it again, not having heard the answer. */
  again: fc.boolean(),
  /** Whether what follows the log goes over it afterwards. */
  follow: fc.constantFrom(false, false, true),
});

export type Step = typeof aStep extends fc.Arbitrary<infer Value> ? Value : never;

interface PublishedReport extends Publication {
  readonly analytes: Readonly<Record<string, Analyte>>;
  readonly corrections: number;
}

/** Three hospitals that examine, ask and decide, of which the first is in a region where a recall takes the saving back. */
export interface Region {
  readonly hospitals: readonly CallingSystem[];
  readonly patients: readonly Person[];
  readonly reports: Map<string, PublishedReport>;
  readonly prices: Map<string, number>;
  readonly expected: ExpectedSavings;
  readonly gateway: ReturnType<typeof useGateway>;
}

/** The division of the hospital whose rules say that a recall takes the saving back. */
export const STRICT = '500112';

/** A region with hospitals and patients of its own; each of the patients has been examined at the last hospital. */
export async function region(gateway: Region['gateway']): Promise<Region> {
  const about = [
    { district: STRICT, level: 3 },
    { district: '500103', level: 2 },
    { district: '500103', level: null },
  ];
  const hospitals = await Promise.all(about.map((it) => gateway.register(it)));
  const patients = [somebody(), somebody()];
  const expected = new ExpectedSavings(hospitals.slice(0, 1).map((it) => it.uscc));
  const made: Region = { hospitals, patients, reports: new Map(), prices: new Map(), expected, gateway };
  for (const hospital of hospitals) {
    await setPrice(made, hospital, 'WBC', 1_505);
    for (const it of patients) await permitted(hospital, it);
  }
  for (const it of patients) await examine(made, hospitals.at(-1) as CallingSystem, it, ITEMS);
  return made;
}

/** Does the step over the doors, and says to the model what was done. */
export async function take(region: Region, step: Step): Promise<void> {
  const { gateway, expected } = region;
  const hospital = region.hospitals[step.hospital] as CallingSystem;
  const person = region.patients[step.patient] as Person;
  const items = step.items.length > 0 ? step.items : ITEMS;
  const work: Record<Step['what'], () => Promise<unknown>> = {
    compare: () => expectStanding(region, hospital, [items.length > 1 ? 'item,month' : 'source,payer']),
    recognise: () => decide(region, hospital, person, items, step),
    refuse: () => decide(region, hospital, person, items, step),
    revoke: () => revoke(region, step),
    examine: () => examine(region, hospital, person, items, momentOf(region, hospital, person, step.when)),
    correct: () => republish(region, step, 'corrected'),
    withdraw: () => republish(region, step, 'entered-in-error'),
    cite: () => cite(region, step),
    price: () => setPrice(region, hospital, items[0] as string, step.amountFen),
  };
  await work[step.what]();
  if (!step.follow) return;
  await gateway.app.rounds.runAll();
  expected.follow();
}

/** Holds the books of a hospital against its entries, and the savings that stand in them against those that must. */
export async function expectStanding({ expected }: Region, hospital: CallingSystem, groupings: readonly string[]): Promise<void> {
  const entries = await expectAgreement(hospital, '', groupings);
  expectReversedOnce(entries);
  const savings = expected.of(hospital.uscc);
  const posted = entries
    .filter((it) => it.kind === 'saving')
    .map(({ decision, ...it }) => [decision, it.priced ? it.amountFen : undefined]);
  expect(Object.fromEntries(posted)).toEqual(Object.fromEntries(savings.map((it) => [it.id, it.amountFen])));
  const reversals = new Map(entries.filter((it) => it.kind === 'reversal').map((it) => [it.decision, it.cause]));
  for (const { id, takenBackBy, ...saving } of savings) {
    expect([...takenBackBy, ...(takenBackBy.size === 0 ? [undefined] : [])], JSON.stringify(saving)).toContain(reversals.get(id));
  }
}

async function decide(region: Region, hospital: CallingSystem, person: Person, items: readonly string[], step: Step): Promise<void> {
  const { encounter, insurance, department, again } = step;
  const kind = step.what === 'recognise' ? 'recognised' : 'not-recognised';
  const asked = await check(hospital, person, items, {
    encounter,
    ...(insurance === undefined ? {} : { insurance }),
    ...(department === undefined ? {} : { department }),
  });
  const found = (asked.body.items as Answered[]).filter((it) => it.verdict === 'recognisable');
  if (found.length === 0) return;
  const decisions = found.map(({ item }) => ({ item, decision: kind, ...(kind === 'recognised' ? {} : { reason: '1' }) }));
  const { body } = await send(hospital, '/v1/recognition-decisions', { check: asked.body.id, decisions }, again);
  for (const { item, candidate } of found) {
    const { id } = (body.decisions as { id: string; item: string }[]).find((it) => it.item === item) ?? { id: '' };
    region.expected.decide({
      id,
      kind,
      hospital: hospital.uscc,
      person: person.idCard,
      item,
      encounter,
      report: candidate.report,
      reportVersion: candidate.reportVersion,
      checkedAt: Date.parse(asked.body.checkedAt),
      validUntil: Date.parse(candidate.validUntil),
      amountFen: region.prices.get(`${hospital.uscc} ${item}`),
    });
  }
}

/** What a check says of an item. */
interface Answered {
  readonly item: string;
  readonly verdict: string;
  readonly candidate: { readonly report: string; readonly reportVersion: number; readonly validUntil: string };
}

async function revoke(region: Region, { back, again }: Step): Promise<void> {
  const { expected } = region;
  const decision = expected.decisions.at(-1 - back);
  if (!decision) return;
  await send(hospitalOf(region, decision), `/v1/recognition-decisions/${decision.id}/revocation`, { reason: '误操作' }, again);
  expected.revoke(decision.id);
}

/** That a result was written into the record changes nothing in the books. */
async function cite(region: Region, { back, again }: Step): Promise<void> {
  const { expected } = region;
  const decision = expected.decisions.filter((it) => it.kind === 'recognised' && !expected.isRevoked(it.id)).at(-1 - back);
  if (decision) await send(hospitalOf(region, decision), `/v1/recognition-decisions/${decision.id}/citation`, {}, again);
}

async function examine(region: Region, hospital: CallingSystem, person: Person, items: readonly string[], at?: Date): Promise<void> {
  const analytes = Object.fromEntries(items.map((it) => [it, ANALYTES[it] as Analyte]));
  const made = await published(hospital, Object.values(analytes), person, at);
  const report = `DiagnosticReport/${made.report}`;
  region.reports.set(report, { ...made, analytes, corrections: 0 });
  region.expected.examine({ report, hospital: hospital.uscc, person: person.idCard, items, at: made.at.getTime() });
}

/** When the patient is examined: at the borders of the time in which a recognition of the hospital bears on it, where there is one. */
function momentOf({ expected }: Region, hospital: CallingSystem, person: Person, when: Step['when']): Date {
  const last = expected.decisions.findLast((it) => it.hospital === hospital.uscc && it.person === person.idCard);
  if (!last || when === 'now') return new Date();
  if (when === 'before the check') return new Date(last.checkedAt - 1);
  return new Date(when === 'too late' ? last.validUntil + 1 : last.validUntil);
}

/** A hospital publishes a report of its own again: withdrawn, or with other values of the items. */
async function republish(region: Region, { back, items }: Step, status: 'corrected' | 'entered-in-error'): Promise<void> {
  const [report, of] = [...region.reports].at(-1 - back) ?? [];
  if (report === undefined || !of) return;
  const corrections = of.corrections + 1;
  const changed = items.filter((it) => of.analytes[it]);
  const news = Object.fromEntries(changed.map((it) => [it, { ...(of.analytes[it] as Analyte), value: String(10 + corrections) }]));
  const analytes = status === 'corrected' ? { ...of.analytes, ...news } : of.analytes;
  await correct(of, Object.values(analytes), { minutes: corrections, status });
  const { body } = await of.source.get(`/fhir/${report}`);
  const version = Number(body.meta.versionId);
  if (status === 'corrected') {
    region.reports.set(report, { ...of, analytes, corrections });
    region.expected.correct({ report, version, items: changed });
  } else {
    region.reports.delete(report);
    region.expected.withdraw({ report, version, items: Object.keys(analytes) });
  }
}

async function setPrice({ prices }: Region, hospital: CallingSystem, item: string, amountFen: number): Promise<void> {
  const set = await hospital.put('/v1/catalogue/prices', { holder: { uscc: hospital.uscc }, prices: [{ item, amountFen }] });
  expect(set.status, set.text).toBeLessThan(300);
  prices.set(`${hospital.uscc} ${item}`, amountFen);
}

/** Sends a request, again where the caller is in doubt, and answers what came last. */
async function send(caller: CallingSystem, url: string, body: unknown, again: boolean) {
  const first = await caller.post(url, body);
  const last = again ? await caller.post(url, body) : first;
  for (const it of [first, last]) expect(it.status, it.text).toBeLessThan(300);
  return last;
}

function hospitalOf({ hospitals }: Region, { hospital }: Decided): CallingSystem {
  return hospitals.find((it) => it.uscc === hospital) as CallingSystem;
}
