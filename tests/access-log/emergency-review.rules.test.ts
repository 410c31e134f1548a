import { expect, test } from 'vitest';
import { daysWaiting, isSameJudgement, mayReview } from '../../src/access-log/emergency-review.rules.ts';

const SYSTEM = 'urn:oid:2.16.156.10011.1.4';
const looked = { practitionerSystem: SYSTEM, practitionerValue: 'D-1001' };

test.for<[string, typeof looked | { practitionerSystem: null; practitionerValue: null }, { system: string; value: string }, boolean]>([
  ['the clinician who looked', looked, { system: SYSTEM, value: 'D-1001' }, false],
  ['a colleague', looked, { system: SYSTEM, value: 'D-1002' }, true],
  ['somebody with the same number of another system', looked, { system: 'urn:x', value: 'D-1001' }, true],
  ['anybody, where nobody was named', { practitionerSystem: null, practitionerValue: null }, { system: SYSTEM, value: 'D-1001' }, true],
])('%s may review it: %o', ([, access, reviewer, may]) => {
  expect(mayReview(access, reviewer)).toBe(may);
});

const judgement = { outcome: 'justified', text: '属实', reviewer: { system: SYSTEM, value: 'D-2001' } } as const;

test.for<[string, Partial<{ outcome: 'not-justified'; text: string; reviewer: { system: string; value: string } }>, boolean]>([
  ['the same again', {}, true],
  ['another outcome', { outcome: 'not-justified' }, false],
  ['other words', { text: '情况属实' }, false],
  ['another reviewer', { reviewer: { system: SYSTEM, value: 'D-2002' } }, false],
])('%s is the same judgement: %o', ([, change, same]) => {
  expect(isSameJudgement(judgement, { ...judgement, ...change })).toBe(same);
});

test.for<[string, number]>([
  ['2026-03-01T00:00:00.000Z', 0],
  ['2026-03-01T23:59:59.999Z', 0],
  ['2026-03-02T00:00:00.000Z', 1],
  ['2026-03-08T12:00:00.000Z', 7],
  // The clock of another gateway may be behind.
  ['2026-02-28T23:59:59.000Z', 0],
])('at %s it has waited %i days', ([now, days]) => {
  expect(daysWaiting(new Date('2026-03-01T00:00:00.000Z'), new Date(now))).toBe(days);
});
