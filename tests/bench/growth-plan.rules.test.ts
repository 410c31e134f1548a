import fc from 'fast-check';
import { expect, test } from 'vitest';
import { CHECK_REPORTS, LOOKUP_REPORTS, originalsOf, populationOf } from '../../src/bench/growth-plan.rules.ts';

test('the smallest region and a large one', () => {
  expect(populationOf(1_000)).toEqual({ check: 1, lookup: 5, single: 805, bare: 1_189 });
  expect(populationOf(1_000_000)).toEqual({ check: 1_000, lookup: 5_000, single: 805_000, bare: 1_189_000 });
});

test('a region has as many reports as was said, and twice as many persons', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1_000, max: 10_000_000 }), (reports) => {
      const { check, lookup, single, bare } = populationOf(reports);
      expect(check * CHECK_REPORTS + lookup * LOOKUP_REPORTS + single).toBe(reports);
      expect(check + lookup + single + bare).toBe(2 * reports);
      expect(Math.min(check, lookup, single, bare)).toBeGreaterThan(0);
    }),
  );
});

test('no more are published one by one than there are in the smallest region', () => {
  expect(originalsOf(populationOf(1_000))).toEqual({ check: 1, lookup: 5, single: 100, bare: 1_189 });
  expect(originalsOf(populationOf(10_000))).toEqual({ check: 10, lookup: 50, single: 100, bare: 2_000 });
});
