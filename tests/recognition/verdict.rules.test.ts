import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { CatalogueItem } from '../../src/catalogue/items/find-items.ts';
import {
  type Candidate,
  type Facts,
  judgeItem,
  REASON_CODES,
  type ReasonCode,
  type RuleSet,
  type Verdict,
} from '../../src/recognition/verdict.rules.ts';
import { CATEGORIES } from '../../src/resources/category.ts';

const NOW = new Date('2026-03-10T04:00:00.000Z');
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const before = (ms: number) => new Date(NOW.getTime() - ms);

const RULES: RuleSet = { version: 'test.1', lookBackMinutes: { laboratory: 43_200, imaging: 129_600, ecg: 43_200, pathology: 43_200 } };

const wbc: CatalogueItem = {
  code: 'WBC',
  kind: 'laboratory',
  nameZh: '白细胞计数(WBC)',
  nameEn: 'Leukocytes',
  loinc: '6690-2',
  unit: '10*9/L',
  specimenOrBodyPart: '全血',
  modality: null,
  windowMinutes: 360,
  windowBasis: 'sampled',
  windowWithoutTreatment: false,
  negative: null,
  originalsRequired: false,
  sensitivity: null,
  panels: [],
};
const cholesterol: CatalogueItem = { ...wbc, code: 'ALT', windowMinutes: null };
const chest: CatalogueItem = { ...wbc, code: 'CT-CHEST-PLAIN', kind: 'imaging', windowMinutes: null, windowBasis: 'examined' };
const biopsy: CatalogueItem = { ...wbc, code: 'PATH-BIOPSY', kind: 'pathology', windowMinutes: null, windowBasis: 'reported' };

const OWN = 1;
const OTHER = 2;
const good: Candidate = {
  reference: 'Observation/a',
  institution: OTHER,
  level: 3,
  statuses: ['final', 'final'],
  hasValue: true,
  performedAt: before(60 * MINUTE),
  reportedAt: before(30 * MINUTE),
};

const facts = (item: CatalogueItem | undefined, ...candidates: readonly Candidate[]): Facts<Candidate> => ({
  item,
  permitted: CATEGORIES,
  receiver: OWN,
  candidates,
});

test.for<[string, Facts<Candidate>, Verdict, readonly ReasonCode[]]>([
  ['a code the edition does not have', facts(undefined, good), 'unknown-item', ['unknown-item']],
  ['no consent for its kind', { ...facts(wbc, good), permitted: ['imaging'] }, 'consent-required', ['consent-required']],
  ['consent for its kind alone', { ...facts(wbc, good), permitted: ['laboratory'] }, 'recognisable', []],
  ['nothing there', facts(wbc), 'none', ['no-result']],

  [
    'six hours after sampling, the last minute of the window',
    facts(wbc, { ...good, performedAt: before(360 * MINUTE) }),
    'recognisable',
    [],
  ],
  ['a moment later', facts(wbc, { ...good, performedAt: before(360 * MINUTE + 1) }), 'reference-only', ['stale']],
  ['a sampling time the source does not tell', facts(wbc, { ...good, performedAt: undefined }), 'reference-only', ['time-unknown']],
  ['no report time, where sampling counts', facts(wbc, { ...good, reportedAt: undefined }), 'recognisable', []],
  ['sampled a little ahead of our clock', facts(wbc, { ...good, performedAt: before(-5 * MINUTE) }), 'recognisable', []],

  ['no window in the edition: 30 days', facts(cholesterol, { ...good, performedAt: before(30 * DAY) }), 'recognisable', []],
  ['no window, 30 days and a moment', facts(cholesterol, { ...good, performedAt: before(30 * DAY + 1) }), 'reference-only', ['stale']],
  ['imaging without a window: 90 days', facts(chest, { ...good, performedAt: before(90 * DAY) }), 'recognisable', []],
  ['imaging, 90 days and a moment', facts(chest, { ...good, performedAt: before(90 * DAY + 1) }), 'reference-only', ['stale']],
  [
    'pathology counts from the report',
    facts(biopsy, { ...good, performedAt: before(60 * DAY), reportedAt: before(30 * DAY) }),
    'recognisable',
    [],
  ],
  ['pathology, a moment later', facts(biopsy, { ...good, reportedAt: before(30 * DAY + 1) }), 'reference-only', ['stale']],
  ['pathology without a report time', facts(biopsy, { ...good, reportedAt: undefined }), 'reference-only', ['time-unknown']],

  ['an amended report', facts(wbc, { ...good, statuses: ['amended', 'final'] }), 'recognisable', []],
  ['a corrected report', facts(wbc, { ...good, statuses: ['corrected', 'corrected'] }), 'recognisable', []],
  ['a report with additions', facts(wbc, { ...good, statuses: ['appended', 'final'] }), 'recognisable', []],
  ['a preliminary report', facts(wbc, { ...good, statuses: ['preliminary', 'final'] }), 'reference-only', ['not-final']],
  [
    'a preliminary measurement in a final report',
    facts(wbc, { ...good, statuses: ['final', 'preliminary'] }),
    'reference-only',
    ['not-final'],
  ],
  ['a status nobody knows', facts(wbc, { ...good, statuses: ['final', 'unknown'] }), 'reference-only', ['not-final']],
  ['a report entered in error', facts(wbc, { ...good, statuses: ['entered-in-error', 'final'] }), 'none', ['withdrawn']],
  ['a cancelled measurement in a final report', facts(wbc, { ...good, statuses: ['final', 'cancelled'] }), 'none', ['withdrawn']],
  ['a measurement without a value', facts(wbc, { ...good, hasValue: false }), 'none', ['no-value']],
  ['a result of the asking institution itself', facts(wbc, { ...good, institution: OWN }), 'none', ['own-hospital']],

  [
    'stale and preliminary: both are said',
    facts(wbc, { ...good, statuses: ['preliminary', 'final'], performedAt: before(DAY) }),
    'reference-only',
    ['not-final', 'stale'],
  ],
  [
    'own and withdrawn ones: what keeps each from being shown is said',
    facts(
      wbc,
      { ...good, institution: OWN },
      { ...good, reference: 'Observation/b', statuses: ['final', 'entered-in-error'], hasValue: false },
    ),
    'none',
    ['own-hospital', 'withdrawn', 'no-value'],
  ],
  ['an own one beside a good one', facts(wbc, { ...good, institution: OWN }, { ...good, reference: 'Observation/b' }), 'recognisable', []],
])('%s', ([, given, verdict, reasons]) => {
  expect(judgeItem(given, RULES, NOW)).toMatchObject({ verdict, reasons });
});

test.for<[string, readonly Candidate[], string, number]>([
  ['the newer', [good, { ...good, reference: 'Observation/b', performedAt: before(10 * MINUTE) }], 'Observation/b', 1],
  [
    'a recognisable one before a newer one that is not',
    [good, { ...good, reference: 'Observation/b', performedAt: before(1 * MINUTE), statuses: ['preliminary', 'final'] }],
    'Observation/a',
    1,
  ],
  [
    'of the same time, that of the higher level',
    [
      { ...good, level: 2 },
      { ...good, reference: 'Observation/b', level: 3 },
    ],
    'Observation/b',
    1,
  ],
  [
    'a level before none',
    [
      { ...good, level: null },
      { ...good, reference: 'Observation/b', level: 1 },
    ],
    'Observation/b',
    1,
  ],
  ['what cannot be shown is not counted', [good, { ...good, reference: 'Observation/b', institution: OWN }], 'Observation/a', 0],
])('the best: %s', ([, candidates, best, others]) => {
  const verdict = judgeItem(facts(wbc, ...candidates), RULES, NOW);
  expect(verdict.best?.candidate.reference).toBe(best);
  expect(verdict.others).toBe(others);
});

test('the window that was applied is told, and until when the best result is good', () => {
  expect(judgeItem(facts(wbc, good), RULES, NOW)).toMatchObject({
    window: { minutes: 360, basis: 'sampled', source: 'edition' },
    best: { validUntil: new Date(NOW.getTime() + 300 * MINUTE) },
  });
  expect(judgeItem(facts(chest, good), RULES, NOW).window).toEqual({ minutes: 129_600, basis: 'examined', source: 'look-back' });
});

const aMoment = fc.option(fc.integer({ min: -2 * DAY, max: 200 * DAY }).map(before), { nil: undefined });
const aStatus = fc.constantFrom(
  'final',
  'amended',
  'corrected',
  'appended',
  'preliminary',
  'registered',
  'cancelled',
  'entered-in-error',
  'unknown',
);
const aCandidate = fc.record({
  institution: fc.constantFrom(OWN, OTHER, 3),
  level: fc.constantFrom(null, 1, 2, 3),
  statuses: fc.array(aStatus, { minLength: 1, maxLength: 2 }),
  hasValue: fc.boolean(),
  performedAt: aMoment,
  reportedAt: aMoment,
});
const someCandidates = fc
  .array(aCandidate, { maxLength: 6 })
  .map((list): readonly Candidate[] => list.map((it, index) => ({ ...it, reference: `Observation/${index}` })));
const anItem = fc.constantFrom(wbc, cholesterol, chest, biopsy);
const somePermitted = fc.subarray([...CATEGORIES]);

test('the order of the candidates does not matter', () => {
  fc.assert(
    fc.property(anItem, someCandidates, fc.array(fc.nat(), { minLength: 6, maxLength: 6 }), (item, candidates, keys) => {
      const shuffled = candidates.map((it, index) => ({ it, key: keys[index] ?? 0 })).sort((a, b) => a.key - b.key);
      const other = facts(item, ...shuffled.map(({ it }) => it));
      expect(judgeItem(other, RULES, NOW)).toEqual(judgeItem(facts(item, ...candidates), RULES, NOW));
    }),
  );
});

test('a narrower consent never reveals more', () => {
  fc.assert(
    fc.property(anItem, someCandidates, somePermitted, somePermitted, (item, candidates, permitted, taken) => {
      const wide = judgeItem({ ...facts(item, ...candidates), permitted }, RULES, NOW);
      const narrow = judgeItem({ ...facts(item, ...candidates), permitted: permitted.filter((it) => !taken.includes(it)) }, RULES, NOW);
      if (narrow.verdict !== 'consent-required') expect(narrow).toEqual(wide);
      else expect(narrow).toMatchObject({ best: undefined, others: 0, reasons: ['consent-required'] });
    }),
  );
});

test('without consent the answer does not depend on what there is', () => {
  fc.assert(
    fc.property(anItem, someCandidates, (item, candidates) => {
      expect(judgeItem({ ...facts(item, ...candidates), permitted: [] }, RULES, NOW)).toEqual(
        judgeItem({ ...facts(item), permitted: [] }, RULES, NOW),
      );
    }),
  );
});

test('recognisable and without a reason are the same thing, and reasons come in their order', () => {
  fc.assert(
    fc.property(anItem, someCandidates, (item, candidates) => {
      const { verdict, reasons, best } = judgeItem(facts(item, ...candidates), RULES, NOW);
      expect(reasons.length === 0).toBe(verdict === 'recognisable');
      expect(best !== undefined).toBe(verdict === 'recognisable' || verdict === 'reference-only');
      expect(reasons).toEqual(REASON_CODES.filter((it) => reasons.includes(it)));
      if (verdict === 'recognisable') expect(best?.candidate.institution).not.toBe(OWN);
    }),
  );
});

test('time only ever takes recognition away', () => {
  fc.assert(
    fc.property(anItem, someCandidates, fc.nat({ max: 100 * DAY }), (item, candidates, later) => {
      const now = judgeItem(facts(item, ...candidates), RULES, NOW);
      const then = judgeItem(facts(item, ...candidates), RULES, new Date(NOW.getTime() + later));
      if (then.verdict === 'recognisable') expect(now.verdict).toBe('recognisable');
    }),
  );
});
