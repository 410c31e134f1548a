import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isReviewDue, loggable } from '../../src/access-log/access.rules.ts';
import { readMoment } from '../../src/access-log/access-filter.rules.ts';

test('what the log cannot hold is replaced, the rest stays', () => {
  expect(loggable('a\0b')).toBe('a\uFFFDb');
  expect(loggable('\uD83D')).toBe('\uFFFD');
  expect(loggable('\uDE00x')).toBe('\uFFFDx');
  expect(loggable('张三 😀 𠮷')).toBe('张三 😀 𠮷');
  expect(loggable('abcdef', 3)).toBe('abc…');
});

test('any text can be written as JSON that PostgreSQL takes', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const kept = loggable(text);
      expect(kept).not.toContain('\0');
      expect(Buffer.from(kept).toString('utf8')).toBe(kept);
    }),
  );
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 0xffff })), (units) => {
      const kept = loggable(String.fromCharCode(...units));
      expect(Buffer.from(kept).toString('utf8')).toBe(kept);
    }),
  );
});

test.for<['C' | 'R' | 'U' | 'D' | 'E', boolean, boolean]>([
  ['R', true, true],
  ['E', true, true],
  ['R', false, false],
  ['E', false, false],
  ['C', true, false],
  ['U', true, false],
  ['D', true, false],
])('an access %s, in an emergency: %s, is to be reviewed: %s', ([action, emergency, due]) => {
  expect(isReviewDue(action, emergency)).toBe(due);
});

test.for<[string, string | undefined]>([
  ['2026-03-01', '2026-02-28T16:00:00.000Z'],
  ['2026-03-01T00:00:00+08:00', '2026-02-28T16:00:00.000Z'],
  ['2026-03-01T00:00:00.250Z', '2026-03-01T00:00:00.250Z'],
  ['2026-02-29', undefined],
  ['2026-03', undefined],
  ['2026-03-01T00:00:00', undefined],
  ['2026-03-01T00:00:00 08:00', undefined],
  ['yesterday', undefined],
])('the moment %s is %s', ([text, moment]) => {
  expect(readMoment(text)?.toISOString()).toBe(moment);
});
