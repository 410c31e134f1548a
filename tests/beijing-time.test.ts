import { expect, test } from 'vitest';
import { beijingDay, beijingMinute, readMoment } from '../src/beijing-time.ts';

test.for<[string, string | undefined]>([
  ['2026-03-01', '2026-02-28T16:00:00.000Z'],
  ['2026-03-01T08:30:00+08:00', '2026-03-01T00:30:00.000Z'],
  ['2026-03-01T00:30:00Z', '2026-03-01T00:30:00.000Z'],
  ['2026-03-01T00:30:00.1234567Z', '2026-03-01T00:30:00.123Z'],
  ['2024-02-29', '2024-02-28T16:00:00.000Z'],
  ['2026-02-29', undefined],
  ['2026-02-31T00:00:00Z', undefined],
  ['2026-13-01', undefined],
  ['2026-03-01T24:01:00Z', undefined],
  ['2026-03-01T08:30:00', undefined],
  ['2026-03-01 08:30:00+08:00', undefined],
  ['2026-03', undefined],
  ['1000-01-02', '1000-01-01T16:00:00.000Z'],
  ['1000-01-01', undefined],
  ['0000-01-01', undefined],
  ['9999-12-31T23:59:59Z', '9999-12-31T23:59:59.000Z'],
  ['9999-12-31T23:59:59-01:00', undefined],
  ['2026-03-01T00:00:00 08:00', undefined],
  ['1 March 2026', undefined],
  ['', undefined],
])('"%s" is the moment %s', ([text, moment]) => {
  expect(readMoment(text)?.toISOString()).toBe(moment);
});

test('the day changes at four in the afternoon of UTC', () => {
  expect(beijingDay(new Date('2026-02-28T15:59:59.999Z'))).toBe('2026-02-28');
  expect(beijingDay(new Date('2026-02-28T16:00:00.000Z'))).toBe('2026-03-01');
  expect(beijingMinute(new Date('2026-12-31T16:05:00.000Z'))).toBe('2027-01-01 00:05');
});
