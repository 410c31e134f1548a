import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { AnswerToItem, AskedCheck } from '../../src/recognition/find-answers.ts';
import { performedOf } from '../../src/repeats/examination.rules.ts';
import {
  bearingMoments,
  evidenceFor,
  type Facts,
  isSameFinding,
  judgeExamination,
  type RecognisableThen,
} from '../../src/repeats/finding.rules.ts';

const at = (text: string): Date => new Date(`2026-03-02T${text}+08:00`);
const EXAMINED = at('10:00:00.000');
const LIN_MIN = { system: 'urn:oid:2.16.156.10011.1.4', value: 'D-1001', name: '林敏' };

function answer(more: Partial<AnswerToItem> = {}): AnswerToItem {
  return {
    decision: 'd1',
    check: 'c1',
    key: { person: 1n, id: 1n },
    decidedOn: 'WBC',
    kind: 'recognised',
    reasonList: null,
    reason: null,
    report: 'DiagnosticReport/a',
    reportVersion: 1,
    practitioner: LIN_MIN,
    encounter: null,
    checkedAt: at('09:00:00.000'),
    decidedAt: at('09:05:00.000'),
    isRevoked: false,
    validUntil: at('12:00:00.000'),
    ...more,
  };
}

const refusal = (more: Partial<AnswerToItem> = {}) => answer({ kind: 'not-recognised', reason: '1', ...more });

const RECOGNISABLE: RecognisableThen = {
  report: 'DiagnosticReport/a/_history/1',
  institution: 6,
  window: { minutes: 1440, basis: 'sampled', source: 'edition' },
  edition: 'tongjian-1',
  rulesVersion: 'national-2022.1',
};

function facts(more: Partial<Facts> = {}): Facts {
  return { performed: { from: EXAMINED, to: EXAMINED }, answers: [], checks: [], encounters: [], recognisable: RECOGNISABLE, ...more };
}

const outcomeOf = (more: Partial<Facts>) => judgeExamination(facts(more)).outcome;

const earlier = (moment: Date, ms: number): Date => new Date(moment.getTime() - ms);
const DAY = 86_400_000;

describe('an examination', () => {
  test.for<[string, Partial<Facts>, string]>([
    ['with nothing said of what was recognisable', {}, 'unexplained'],
    ['with nothing recognisable', { recognisable: undefined }, 'nothing'],
    ['after a recognition', { answers: [answer()] }, 'repeated'],
    ['after a refusal', { answers: [refusal()] }, 'explained'],
    [
      'after a recognition, though nothing is found recognisable looking back',
      { answers: [answer()], recognisable: undefined },
      'repeated',
    ],
    ['after a refusal of what could not be recognised', { answers: [refusal()], recognisable: undefined }, 'explained'],
    ['after a recognition that was taken back', { answers: [answer({ isRevoked: true })] }, 'unexplained'],
    ['after a refusal that was taken back', { answers: [refusal({ isRevoked: true })] }, 'unexplained'],
    [
      'after a recognition that was taken back, with nothing left',
      { answers: [answer({ isRevoked: true })], recognisable: undefined },
      'nothing',
    ],
  ])('%s: %s', ([, more, outcome]) => {
    expect(outcomeOf(more)).toBe(outcome);
  });

  test.for<[string, Partial<AnswerToItem>, string, string]>([
    ['in the last millisecond of its window', { validUntil: EXAMINED }, 'repeated', 'explained'],
    ['a millisecond after its window, in the visit', { validUntil: earlier(EXAMINED, 1) }, 'unexplained', 'explained'],
    [
      'after its window, on another day',
      { validUntil: earlier(EXAMINED, 1), checkedAt: earlier(EXAMINED, DAY) },
      'unexplained',
      'unexplained',
    ],
    ['within its window, on another day', { checkedAt: earlier(EXAMINED, DAY) }, 'repeated', 'explained'],
    ['of a result whose time is not known, in the visit', { validUntil: undefined }, 'unexplained', 'explained'],
    ['at the very moment of the check', { checkedAt: EXAMINED }, 'repeated', 'explained'],
    ['a millisecond before the check', { checkedAt: new Date(EXAMINED.getTime() + 1) }, 'unexplained', 'unexplained'],
    ['before the decision, which came late', { decidedAt: new Date(EXAMINED.getTime() + DAY) }, 'repeated', 'explained'],
  ])('%s', ([, more, recognised, refused]) => {
    expect([outcomeOf({ answers: [answer(more)] }), outcomeOf({ answers: [refusal(more)] })]).toEqual([recognised, refused]);
  });
});

describe('the visit of a refusal whose window is over', () => {
  const over = (more: Partial<AnswerToItem>) => refusal({ validUntil: earlier(EXAMINED, 1), ...more });
  test.for<[string, Partial<AnswerToItem>, readonly string[], Date, string]>([
    ['the same number', { encounter: 'OP-1', checkedAt: earlier(EXAMINED, 3 * DAY) }, ['OP-1'], EXAMINED, 'explained'],
    [
      'the same number, written with blanks and full-width',
      { encounter: ' ＯＰ-1 ', checkedAt: earlier(EXAMINED, 3 * DAY) },
      ['OP-1'],
      EXAMINED,
      'explained',
    ],
    ['another number on the same day', { encounter: 'OP-2' }, ['OP-1'], EXAMINED, 'unexplained'],
    ['no number at the check', { encounter: null }, ['OP-1'], EXAMINED, 'explained'],
    ['no number in the report', { encounter: 'OP-1' }, [], EXAMINED, 'explained'],
    ['the first moment of the day in Beijing', { checkedAt: at('00:00:00.000') }, [], EXAMINED, 'explained'],
    ['the last moment of the day before', { checkedAt: new Date(at('00:00:00.000').getTime() - 1) }, [], EXAMINED, 'unexplained'],
    [
      'a night shift over midnight',
      { checkedAt: new Date('2026-02-28T23:59:00+08:00') },
      [],
      new Date('2026-03-01T00:01:00+08:00'),
      'unexplained',
    ],
    [
      'midnight of UTC within one day of Beijing',
      { checkedAt: new Date('2026-02-28T23:59:00Z') },
      [],
      new Date('2026-03-01T00:01:00Z'),
      'explained',
    ],
    ['a leap day', { checkedAt: new Date('2028-02-29T00:00:00+08:00') }, [], new Date('2028-02-29T23:59:59.999+08:00'), 'explained'],
    [
      'the day after a leap day',
      { checkedAt: new Date('2028-02-29T23:59:59.999+08:00') },
      [],
      new Date('2028-03-01T00:00:00+08:00'),
      'unexplained',
    ],
  ])('%s', ([, more, encounters, examined, outcome]) => {
    const validUntil = earlier(examined, 1);
    const performed = { from: examined, to: examined };
    expect(outcomeOf({ answers: [over({ ...more, validUntil })], encounters, performed })).toBe(outcome);
  });
});

describe('an examination that is only dated by its day', () => {
  const performed = { from: at('00:00:00.000'), to: at('23:59:59.999') };

  test.for<[string, AnswerToItem, string]>([
    ['a refusal of that day explains it', refusal({ checkedAt: at('23:59:59.999') }), 'explained'],
    [
      'a refusal of the next day does not',
      refusal({ checkedAt: new Date(at('23:59:59.999').getTime() + 1), validUntil: at('23:59:59.999') }),
      'unexplained',
    ],
    ['a recognition of that day says nothing against anybody', answer({ checkedAt: at('00:00:00.001') }), 'nothing'],
    ['one of its first moment came before', answer({ checkedAt: at('00:00:00.000') }), 'repeated'],
  ])('%s', ([, it, outcome]) => {
    expect(outcomeOf({ answers: [it], performed })).toBe(outcome);
  });

  test('what was certain before counts all the same', () => {
    const answers = [answer({ decision: 'a', checkedAt: at('00:00:00.000') }), answer({ decision: 'b', checkedAt: at('08:00:00.000') })];
    expect(judgeExamination(facts({ answers, performed }))).toMatchObject({ outcome: 'repeated', decision: { decision: 'a' } });
  });
});

describe('of several decisions', () => {
  const first = { checkedAt: at('08:00:00.000') };

  test('the last check counts', () => {
    expect(outcomeOf({ answers: [answer(first), refusal({ decision: 'd2' })] })).toBe('explained');
    expect(outcomeOf({ answers: [refusal(first), answer({ decision: 'd2' })] })).toBe('repeated');
  });

  test('every recognition that was repeated is undone, and none where a reason explains', () => {
    const recognitions = [answer(first), answer({ decision: 'd2' })];
    expect(judgeExamination(facts({ answers: recognitions })).undone.map((it) => it.decision)).toEqual(['d1', 'd2']);
    expect(
      judgeExamination(facts({ answers: [...recognitions, refusal({ decision: 'd3', checkedAt: at('09:30:00.000') })] })).undone,
    ).toEqual([]);
  });

  const anyAnswer = fc
    .record({
      decision: fc.uuid(),
      kind: fc.constantFrom('recognised' as const, 'not-recognised' as const),
      checkedAt: fc.integer({ min: -3, max: 3 }).map((hours) => new Date(EXAMINED.getTime() + hours * 3_600_000)),
      decidedAt: fc.integer({ min: -3, max: 3 }).map((hours) => new Date(EXAMINED.getTime() + hours * 3_600_000)),
      validUntil: fc.option(
        fc.integer({ min: -2, max: 2 }).map((hours) => new Date(EXAMINED.getTime() + hours * 3_600_000)),
        { nil: undefined },
      ),
      encounter: fc.constantFrom(null, 'OP-1', 'OP-2'),
      isRevoked: fc.boolean(),
    })
    .map((it) => answer(it));

  test('their order does not matter', () => {
    fc.assert(
      fc.property(
        fc
          .uniqueArray(anyAnswer, { maxLength: 6, selector: (it) => it.decision })
          .chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length }))),
        fc.boolean(),
        ([one, other], has) => {
          const judge = (answers: readonly AnswerToItem[]) => {
            const given = facts({ answers, encounters: ['OP-1'], recognisable: has ? RECOGNISABLE : undefined });
            const judgement = judgeExamination(given);
            return { outcome: judgement.outcome, decision: judgement.decision?.decision, evidence: evidenceFor(judgement, given) };
          };
          expect(judge(other)).toEqual(judge(one));
        },
      ),
    );
  });

  test('what was taken back is as if it had never been said', () => {
    fc.assert(
      fc.property(fc.array(anyAnswer, { maxLength: 6 }), (answers) => {
        const said = answers.filter((it) => !it.isRevoked);
        expect(outcomeOf({ answers })).toBe(outcomeOf({ answers: said }));
      }),
    );
  });

  test('nothing is a lead where nothing was recognisable, and nothing undone but a recognition that stands', () => {
    fc.assert(
      fc.property(fc.array(anyAnswer, { maxLength: 6 }), (answers) => {
        const { outcome, undone } = judgeExamination(facts({ answers, recognisable: undefined }));
        expect(outcome).not.toBe('unexplained');
        expect(undone.every((it) => it.kind === 'recognised' && !it.isRevoked && it.checkedAt <= EXAMINED)).toBe(true);
      }),
    );
  });
});

describe('the check that a lead names', () => {
  const check = (more: Partial<AskedCheck> = {}): AskedCheck => ({
    check: 'c1',
    checkedAt: at('09:00:00.000'),
    encounter: null,
    practitioner: LIN_MIN,
    verdict: 'recognisable',
    shown: [RECOGNISABLE.report],
    isReminded: true,
    ...more,
  });
  const named = (...checks: readonly AskedCheck[]) => judgeExamination(facts({ checks })).check?.check;

  test('is the last before the examination that was of the visit or showed the result', () => {
    expect(named()).toBeUndefined();
    expect(named(check(), check({ check: 'c2', checkedAt: at('09:30:00.000') }))).toBe('c2');
    expect(named(check({ checkedAt: EXAMINED }))).toBe('c1');
    expect(named(check({ checkedAt: new Date(EXAMINED.getTime() + 1) }))).toBeUndefined();
    expect(named(check({ checkedAt: earlier(EXAMINED, 5 * DAY) }))).toBe('c1');
    expect(named(check({ checkedAt: earlier(EXAMINED, 5 * DAY), shown: [] }))).toBeUndefined();
  });

  test('is kept with what it showed and whether it reminded', () => {
    const given = facts({ checks: [check()] });
    expect(evidenceFor(judgeExamination(given), given)).toEqual({
      recognisable: RECOGNISABLE,
      check: { id: 'c1', checkedAt: at('09:00:00.000').toISOString(), isReminded: true, shown: [RECOGNISABLE.report] },
    });
  });
});

test('judgements are the same where they say the same, whatever the order of members as they were kept', () => {
  const kept = {
    version: 1,
    outcome: 'unexplained',
    performedAt: EXAMINED,
    decision: null,
    evidence: { recognisable: RECOGNISABLE },
  } as const;
  const { report, ...rest } = RECOGNISABLE;
  expect(isSameFinding(kept, { ...kept, evidence: { recognisable: { ...rest, report } } })).toBe(true);
  for (const other of [
    { ...kept, version: 2 },
    { ...kept, outcome: 'explained' as const },
    { ...kept, decision: 7n },
    { ...kept, performedAt: earlier(EXAMINED, 1) },
    { ...kept, evidence: null },
    { ...kept, evidence: { recognisable: RECOGNISABLE, decisions: ['d1'] } },
  ]) {
    expect(isSameFinding(kept, other)).toBe(false);
  }
});

test.for<[string, Partial<AnswerToItem>, { since: Date; until: Date | undefined } | undefined]>([
  ['a recognition, while its result holds', {}, { since: at('08:59:59.000'), until: at('12:00:00.000') }],
  ['a recognition of what is not known to hold', { validUntil: undefined }, undefined],
  ['a refusal without a visit, to the end of its day', refusal(), { since: at('08:59:59.000'), until: at('24:00:00.000') }],
  [
    'a refusal whose result holds longer than its day',
    refusal({ validUntil: new Date(at('24:00:00.000').getTime() + 1) }),
    { since: at('08:59:59.000'), until: new Date(at('24:00:00.000').getTime() + 1) },
  ],
  ['a refusal in a visit, as long as that goes on', refusal({ encounter: 'OP-1' }), { since: at('08:59:59.000'), until: undefined }],
])('a decision bears on examinations: %s', ([, more, expected]) => {
  const exactly = ['2026-03-02', '2026-03-01', '2026-01-01'].map((it) => new Date(`${it}T00:00:00+08:00`));

  expect(bearingMoments(answer(more))).toEqual(expected && { ...expected, exactly });
});

test('what a decision changes the judgement of is among the examinations that it bears on (property)', () => {
  const zone = '+08:00';
  const texts = fc.tuple(fc.integer({ min: 0, max: 40 * 24 * 3_600 }), fc.constantFrom(4, 7, 10, 19)).map(([seconds, length]) => {
    const text = new Date(Date.parse('2026-01-20T00:00:00Z') + seconds * 1_000).toISOString().slice(0, length);
    return length === 19 ? text + zone : text;
  });
  const moments = fc.integer({ min: 0, max: 40 * 24 * 3_600_000 }).map((ms) => new Date(Date.parse('2026-01-20T00:00:00+08:00') + ms));
  const encounter = fc.constantFrom(null, 'OP-1', 'OP-2');
  const said = fc.record({ kind: fc.constantFrom('recognised' as const, 'not-recognised' as const), encounter, checkedAt: moments });
  fc.assert(
    fc.property(texts, said, fc.option(moments, { nil: undefined }), encounter, (effectiveDateTime, more, validUntil, visit) => {
      const performed = performedOf({ report: { effectiveDateTime }, parts: [], isLaboratory: true, recordedAt: new Date(0) });
      const encounters = visit === null ? [] : [visit];
      const made = answer({ ...more, validUntil });
      const bearing = bearingMoments(made);
      const [without, withIt] = [[], [made]].map((answers) => judgeExamination(facts({ performed, encounters, answers })).outcome);
      const isMeant =
        bearing !== undefined &&
        (performed.from >= bearing.since || bearing.exactly.some((it) => it.getTime() === performed.from.getTime())) &&
        (bearing.until === undefined || performed.from <= bearing.until);
      expect(without === withIt || isMeant).toBe(true);
    }),
    { numRuns: 2_000 },
  );
});
