import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { CatalogueItem } from '../../src/catalogue/items/find-items.ts';
import type { Candidate, Situation } from '../../src/recognition/candidate.rules.ts';
import { judgeItems } from '../../src/recognition/panel.rules.ts';
import { REASON_CODES } from '../../src/recognition/reason.rules.ts';
import { type ItemVerdict, judgeItem, type Verdict } from '../../src/recognition/verdict.rules.ts';
import { CATEGORIES } from '../../src/resources/category.ts';
import { alt, before, biopsy, certificate, chest, DAY, good, hiv, NOW, OTHER, OWN, situation, wbc } from '../support/verdict-facts.ts';

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
const aMark: fc.Arbitrary<Candidate['mark']> = fc.constantFrom<Candidate['mark']>(
  { certificate },
  { reason: 'no-hr-mark' },
  { reason: 'certificate-lapsed' },
  { reason: 'scope-mismatch' },
);
const someAlliances = fc.subarray(['A', 'B']);
const aCandidate = fc.record({
  report: fc.constantFrom('DiagnosticReport/1', 'DiagnosticReport/2', 'DiagnosticReport/3'),
  institution: fc.constantFrom(OWN, OTHER, 3),
  level: fc.constantFrom(null, 1, 2, 3),
  alliances: someAlliances,
  statuses: fc.array(fc.oneof({ weight: 3, arbitrary: fc.constant('final') }, aStatus), { minLength: 1, maxLength: 2 }),
  hasValue: fc.boolean(),
  performedAt: aMoment,
  reportedAt: aMoment,
  mark: aMark,
  unit: fc.constantFrom('comparable', 'converted', 'not-comparable', 'none'),
  originals: fc.constantFrom('retrievable', 'missing', 'not-needed'),
  treatedSince: fc.constantFrom('yes', 'no', 'unknown'),
});
/** As often as not a result that breaks no rule, so that something is recognisable at all. */
const someCandidates = fc
  .array(fc.oneof(aCandidate, fc.record({ report: fc.constantFrom('DiagnosticReport/1', 'DiagnosticReport/4') })), { maxLength: 6 })
  .map((list): readonly Candidate[] => list.map((it, index) => ({ ...good, ...it, reference: `Observation/${index}` })));
const anItem: fc.Arbitrary<CatalogueItem> = fc
  .tuple(fc.constantFrom(wbc, alt, chest, biopsy, hiv), fc.boolean(), fc.boolean(), fc.integer({ max: 9, min: 0 }))
  .map(([item, windowWithoutTreatment, originalsRequired, luck]) => ({
    ...item,
    windowWithoutTreatment,
    originalsRequired,
    negative: luck === 0 ? { zh: '变化快', en: 'changes fast' } : null,
  }));
const aSituation = fc
  .record({
    hrMarkRequired: fc.boolean(),
    levelRule: fc.constantFrom('none' as const, 'same-or-higher' as const),
    ownHospital: fc.record({ recognised: fc.boolean(), exclusionHours: fc.constantFrom(0, 2) }),
    refuseOnIdentityDoubt: fc.boolean(),
    doubt: fc.integer({ max: 4, min: 0 }),
    level: fc.constantFrom(null, 1, 2, 3),
    alliances: someAlliances,
    categories: fc.oneof({ weight: 3, arbitrary: fc.constant([...CATEGORIES]) }, fc.subarray([...CATEGORIES])),
    sensitivities: fc.subarray(['HIV' as const, 'PSY' as const]),
  })
  .map(
    ({ hrMarkRequired, levelRule, ownHospital, refuseOnIdentityDoubt, doubt, level, alliances, categories, sensitivities }): Situation =>
      situation({
        rules: { hrMarkRequired, levelRule, ownHospital, refuseOnIdentityDoubt },
        receiver: { level, alliances },
        permission: { categories, sensitivities },
        identityDoubt: doubt === 0,
      }),
  );

const itemFacts = (item: CatalogueItem, candidates: readonly Candidate[]) => ({ code: item.code, item, candidates });

/** A panel of two items with results of their own, or a single item. */
const aQuestion = fc.oneof(
  fc.tuple(anItem, someCandidates).map(([item, candidates]) => itemFacts(item, candidates)),
  fc.tuple(anItem, someCandidates, someCandidates).map(([item, first, second]) => ({
    code: 'PANEL',
    item: { ...item, code: 'PANEL' },
    members: [
      itemFacts({ ...item, code: 'ONE' }, first),
      itemFacts(
        { ...item, code: 'TWO' },
        second.map((it) => ({ ...it, reference: `${it.reference}-two` })),
      ),
    ],
  })),
);
type Question = typeof aQuestion extends fc.Arbitrary<infer T> ? T : never;

/** The same question with each list of results changed. */
function changed(question: Question, change: (candidates: readonly Candidate[]) => readonly Candidate[]): Question {
  if ('members' in question) return { ...question, members: question.members.map((it) => ({ ...it, candidates: change(it.candidates) })) };
  return { ...question, candidates: change(question.candidates) };
}

const judge = (question: Question, when: Situation): ItemVerdict<Candidate> => judgeItems([question], when)[0] as ItemVerdict<Candidate>;

test('the order of the candidates does not matter', () => {
  fc.assert(
    fc.property(aQuestion, aSituation, fc.array(fc.nat(), { minLength: 6, maxLength: 6 }), (question, when, keys) => {
      const shuffled = changed(question, (list) =>
        list
          .map((it, index) => ({ it, key: keys[index] ?? 0 }))
          .sort((a, b) => a.key - b.key)
          .map(({ it }) => it),
      );
      expect(judge(shuffled, when)).toEqual(judge(question, when));
    }),
    { numRuns: 500 },
  );
});

test('the same facts get the same verdict', () => {
  fc.assert(
    fc.property(aQuestion, aSituation, (question, when) => {
      expect(judge(structuredClone(question), structuredClone(when))).toEqual(judge(question, when));
    }),
  );
});

const RANK: Readonly<Record<Verdict, number>> = { 'unknown-item': 0, 'consent-required': 0, none: 1, 'reference-only': 2, recognisable: 3 };

const BETTER: readonly ((it: Candidate) => Candidate)[] = [
  (it) => ({ ...it, mark: { certificate } }),
  (it) => ({ ...it, originals: 'retrievable' }),
  (it) => ({ ...it, hasValue: true }),
  (it) => ({ ...it, statuses: ['final', 'final'] }),
  (it) => ({ ...it, unit: 'comparable' }),
  (it) => ({ ...it, treatedSince: 'no' }),
];

test('more quality evidence never takes anything away', () => {
  fc.assert(
    fc.property(aQuestion, aSituation, fc.subarray([...BETTER]), fc.nat({ max: 5 }), (question, when, gains, which) => {
      const better = changed(question, (list) =>
        list.map((it, index) => (index === which ? gains.reduce<Candidate>((one, gain) => gain(one), it) : it)),
      );
      expect(RANK[judge(better, when).verdict]).toBeGreaterThanOrEqual(RANK[judge(question, when).verdict]);
    }),
    { numRuns: 1_000 },
  );
});

test('one more result never takes anything away', () => {
  fc.assert(
    fc.property(aQuestion, aSituation, aCandidate, (question, when, more) => {
      const richer = changed(question, (list) => [...list, { ...good, ...more, reference: 'Observation/more' }]);
      expect(RANK[judge(richer, when).verdict]).toBeGreaterThanOrEqual(RANK[judge(question, when).verdict]);
    }),
  );
});

test('a narrower consent never reveals more', () => {
  fc.assert(
    fc.property(
      anItem,
      someCandidates,
      aSituation,
      fc.subarray([...CATEGORIES]),
      fc.boolean(),
      (item, candidates, when, taken, unnamed) => {
        const { categories, sensitivities } = when.permission;
        const permission = { categories: categories.filter((it) => !taken.includes(it)), sensitivities: unnamed ? [] : sensitivities };
        const wide = judgeItem(itemFacts(item, candidates), when);
        const narrow = judgeItem(itemFacts(item, candidates), { ...when, permission });
        if (narrow.verdict !== 'consent-required') expect(narrow).toEqual(wide);
        else expect(narrow).toMatchObject({ best: undefined, others: 0 });
      },
    ),
  );
});

test('without consent, and with a doubt that refuses, the answer does not depend on what there is', () => {
  const closed = [
    situation({ permission: { categories: [], sensitivities: [] } }),
    situation({ identityDoubt: true, rules: { refuseOnIdentityDoubt: true } }),
  ];
  fc.assert(
    fc.property(aQuestion, fc.constantFrom(...closed), (question, when) => {
      expect(judge(question, when)).toEqual(
        judge(
          changed(question, () => []),
          when,
        ),
      );
    }),
  );
});

test('recognisable and without a reason are the same thing, and reasons come once, in their order', () => {
  fc.assert(
    fc.property(aQuestion, aSituation, (question, when) => {
      const { verdict, reasons, best } = judge(question, when);
      expect(reasons.length === 0).toBe(verdict === 'recognisable');
      expect(best !== undefined).toBe(verdict === 'recognisable' || verdict === 'reference-only');
      expect(reasons).toEqual(REASON_CODES.filter((it) => reasons.includes(it)));
      if (verdict === 'recognisable' && !when.rules.ownHospital.recognised) expect(best?.candidate.institution).not.toBe(OWN);
    }),
    { numRuns: 500 },
  );
});

test('a panel is recognisable exactly when all its members are and nothing speaks against itself', () => {
  fc.assert(
    fc.property(aQuestion, aSituation, (question, when) => {
      if (!('members' in question)) return;
      const verdict = judge(question, when);
      const alone = question.members.map((it) => judgeItem(it, when));
      const all = alone.every((it) => it.verdict === 'recognisable') && question.item.negative === null;
      expect(verdict.verdict === 'recognisable').toBe(all);
    }),
  );
});

test('time only ever takes recognition away, but for the last hours of own results', () => {
  fc.assert(
    fc.property(anItem, someCandidates, aSituation, fc.nat({ max: 100 * DAY }), (item, candidates, when, later) => {
      const rules = { ...when.rules, ownHospital: { recognised: true, exclusionHours: 0 } };
      const now = judgeItem(itemFacts(item, candidates), { ...when, rules });
      const then = judgeItem(itemFacts(item, candidates), { ...when, rules, now: new Date(NOW.getTime() + later) });
      if (then.verdict === 'recognisable') expect(now.verdict).toBe('recognisable');
    }),
  );
});
