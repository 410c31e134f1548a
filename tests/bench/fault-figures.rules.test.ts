import { expect, test } from 'vitest';
import { type Answered, secondsUntilFull, spanOf, statusWords, usualRate } from '../../src/bench/fault-figures.rules.ts';

/** Answers of one status at an even rate, each after 10 ms. */
function answers(from: number, until: number, perSecond: number, status = 200): readonly Answered[] {
  const count = ((until - from) * perSecond) / 1_000;
  return Array.from({ length: count }, (_, index) => {
    const answeredAt = from + (index * 1_000) / perSecond;
    return { askedAt: answeredAt - 10, answeredAt, status, saysWhen: true };
  });
}

test('a span tells what was done, what was refused in time, and what was neither', () => {
  const all = [...answers(0, 2_000, 10), ...answers(0, 2_000, 5, 503), ...answers(0, 2_000, 1, 500), ...answers(2_000, 3_000, 100)];

  expect(spanOf(all, 0, 2_000)).toEqual({ perSecond: 10, refusedPerSecond: 5, wrong: 2, p50: 10, p99: 10, refusedP99: 10 });
});

test('a 503 that does not say when to come again is wrong, and so is no answer', () => {
  const silent = answers(0, 1_000, 2, 503).map((it) => ({ ...it, saysWhen: false }));

  expect(spanOf([...silent, ...answers(0, 1_000, 1, 0)], 0, 1_000)).toMatchObject({ perSecond: 0, refusedPerSecond: 0, wrong: 3 });
  expect(statusWords([...silent, ...answers(0, 1_000, 1, 0)])).toBe('503 without Retry-After: 2, no answer: 1');
});

test('one odd second does not change the usual rate', () => {
  expect(usualRate([...answers(0, 1_000, 10), ...answers(2_000, 4_000, 12)], 0, 4_000)).toBe(11);
  expect(usualRate(answers(0, 3_000, 10), 0, 3_000)).toBe(10);
});

test.for([
  ['at once', 0, 10, 0],
  ['after a while', 1_500, 10, 1.5],
  ['with nine tenths of it', 1_000, 9, 1],
  ['never with less', 1_000, 8, Number.POSITIVE_INFINITY],
] as const)('the full rate is there %s', ([, from, perSecond, seconds]) => {
  expect(secondsUntilFull(answers(from, 5_000, perSecond), 0, 5_000, 10)).toBe(seconds);
});
