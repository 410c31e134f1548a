import { expect, test } from 'vitest';
import { monthBegins, monthOf, monthsAfter } from '../../src/beijing-time.ts';
import { partitionOf } from '../../src/database/month-partitions.ts';

test.for<[string, string]>([
  ['2026-02-28T15:59:59.999Z', '2026-02'],
  ['2026-02-28T16:00:00.000Z', '2026-03'],
  ['2028-02-28T16:00:00.000Z', '2028-02'],
  ['2028-02-29T15:59:59.999Z', '2028-02'],
  ['2028-02-29T16:00:00.000Z', '2028-03'],
  ['2026-12-31T15:59:59.999Z', '2026-12'],
  ['2026-12-31T16:00:00.000Z', '2027-01'],
])('%s is in %s, as the calendar in Beijing has it', ([moment, month]) => {
  expect(monthOf(new Date(moment))).toBe(month);
});

test.for<[string, number, string]>([
  ['2026-03', 0, '2026-03'],
  ['2026-12', 1, '2027-01'],
  ['2026-01', -1, '2025-12'],
  ['2028-02', 12, '2029-02'],
  ['2026-03', -72, '2020-03'],
])('%s and %i months are %s', ([month, months, other]) => {
  expect(monthsAfter(month, months)).toBe(other);
});

test('a month begins at midnight in Beijing, and its partition is named after it', () => {
  expect(monthBegins('2028-03').toISOString()).toBe('2028-02-29T16:00:00.000Z');
  expect(partitionOf('access_log', '2028-03')).toBe('access_log_2028_03');
});
