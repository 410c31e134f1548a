import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  type LeafRange,
  prunableBefore,
  prunedLeaves,
  prunedNames,
  requireRetained,
  unionOf,
  withLeaf,
} from '../../../src/access-log/transparency/retention.rules.ts';
import { ConfigError, readConfig } from '../../../src/config.ts';

test.for<[string, number, string]>([
  ['2026-11-15T00:00:00Z', 6, '2026-05'],
  ['2026-10-31T15:59:59.999Z', 6, '2026-04'],
  ['2026-10-31T16:00:00.000Z', 6, '2026-05'],
  ['2028-02-29T15:59:59.999Z', 72, '2022-02'],
  ['2028-02-29T16:00:00.000Z', 72, '2022-03'],
])('at %s entries kept for %i months may go before %s', ([now, months, limit]) => {
  expect(prunableBefore(new Date(now), months)).toBe(limit);
  expect(() => requireRetained(limit, new Date(now), months)).not.toThrow();
  expect(() => requireRetained(`${limit.slice(0, 4)}-99`, new Date(now), months)).toThrow(`is later than ${limit}`);
});

test('the law is not to be undercut by a setting', () => {
  expect(readConfig({}).accessLogRetentionMonths).toBe(72);
  expect(readConfig({ ACCESS_LOG_RETENTION_MONTHS: '6' }).accessLogRetentionMonths).toBe(6);
  expect(() => readConfig({ ACCESS_LOG_RETENTION_MONTHS: '5' })).toThrow(ConfigError);
});

const leavesOf = (ranges: readonly LeafRange[]): number[] =>
  ranges.flatMap((it) => Array.from({ length: it.to - it.from + 1 }, (_, index) => it.from + index));
const rangesOf = (leaves: readonly number[]): LeafRange[] => {
  const ranges: LeafRange[] = [];
  for (const leaf of leaves) withLeaf(ranges, leaf);
  return ranges;
};
const someLeaves = fc.uniqueArray(fc.nat(60)).map((it) => it.toSorted((a, b) => a - b));

test('ranges hold the leaves they were made of, those of both, as few as can be, and come back from an entry', () => {
  fc.assert(
    fc.property(someLeaves, someLeaves, (one, other) => {
      expect(leavesOf(rangesOf(one))).toEqual(one);
      const union = unionOf(rangesOf(one), rangesOf(other));
      expect(leavesOf(union)).toEqual([...new Set([...one, ...other])].toSorted((a, b) => a - b));
      expect(union).toEqual(rangesOf(leavesOf(union)));
      expect(prunedLeaves(prunedNames('2020-01', union))).toEqual(union);
    }),
  );
});
