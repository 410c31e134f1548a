import fc from 'fast-check';
import { expect, test } from 'vitest';
import { median, percentile, shown } from '../../src/bench/figures.rules.ts';

test.for<[string, number[], number, number]>([
  ['half of an odd number', [1, 2, 3], 0.5, 2],
  ['half of an even number is the lower one', [1, 2, 3, 4], 0.5, 2],
  ['95 of a hundred', Array.from({ length: 100 }, (_, index) => index + 1), 0.95, 95],
  ['99 of a hundred', Array.from({ length: 100 }, (_, index) => index + 1), 0.99, 99],
  ['99 of a few is the largest', [1, 2, 3], 0.99, 3],
  ['all', [1, 2, 3], 1, 3],
  ['none of them', [1, 2, 3], 0, 1],
  ['a single value', [7], 0.5, 7],
])('percentile: %s', ([, sorted, share, value]) => {
  expect(percentile(sorted, share)).toBe(value);
});

test('percentile and median of nothing are no numbers', () => {
  expect(percentile([], 0.5)).toBeNaN();
  expect(median([])).toBeNaN();
});

test('the median has as many values above as below', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -1_000, max: 1_000 }), { minLength: 1 }), (values) => {
      const middle = median(values);
      const above = values.filter((it) => it > middle).length;
      const below = values.filter((it) => it < middle).length;
      expect(above).toBeLessThanOrEqual(values.length / 2);
      expect(below).toBeLessThanOrEqual(values.length / 2);
    }),
  );
});

test.for<[number | undefined, string]>([
  [undefined, '-'],
  [Number.NaN, '-'],
  [0, '0'],
  [0.0004, '0.000'],
  [0.1234, '0.123'],
  [1.234, '1.23'],
  [12.34, '12.3'],
  [123.4, '123'],
  [12_345, '12345'],
])('%s is shown as %s', ([value, text]) => {
  expect(shown(value)).toBe(text);
});
