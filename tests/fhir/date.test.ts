import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readDate } from '../../src/fhir/date.ts';

test.for<[string, string, string]>([
  ['2026', '2026-01-01T00:00:00.000Z', '2027-01-01T00:00:00.000Z'],
  ['2026-02', '2026-02-01T00:00:00.000Z', '2026-03-01T00:00:00.000Z'],
  ['2026-12', '2026-12-01T00:00:00.000Z', '2027-01-01T00:00:00.000Z'],
  ['2026-02-28', '2026-02-28T00:00:00.000Z', '2026-03-01T00:00:00.000Z'],
  ['2024-02-29', '2024-02-29T00:00:00.000Z', '2024-03-01T00:00:00.000Z'],
  ['2000-02-29', '2000-02-29T00:00:00.000Z', '2000-03-01T00:00:00.000Z'],
  ['2026-12-31', '2026-12-31T00:00:00.000Z', '2027-01-01T00:00:00.000Z'],
  ['0050-06-01', '0050-06-01T00:00:00.000Z', '0050-06-02T00:00:00.000Z'],
  ['0099', '0099-01-01T00:00:00.000Z', '0100-01-01T00:00:00.000Z'],
  ['2026-03-01T09:30:00Z', '2026-03-01T09:30:00.000Z', '2026-03-01T09:30:01.000Z'],
  ['2026-03-01T09:30:00.1Z', '2026-03-01T09:30:00.100Z', '2026-03-01T09:30:00.200Z'],
  ['2026-03-01T09:30:00.12Z', '2026-03-01T09:30:00.120Z', '2026-03-01T09:30:00.130Z'],
  ['2026-03-01T09:30:00.123Z', '2026-03-01T09:30:00.123Z', '2026-03-01T09:30:00.124Z'],
  ['2026-03-01T09:30:00.123456789Z', '2026-03-01T09:30:00.123Z', '2026-03-01T09:30:00.124Z'],
  ['2026-03-01T09:30:00+08:00', '2026-03-01T01:30:00.000Z', '2026-03-01T01:30:01.000Z'],
  ['2026-03-01T07:59:59+08:00', '2026-02-28T23:59:59.000Z', '2026-03-01T00:00:00.000Z'],
  ['2026-03-01T08:00:00+08:00', '2026-03-01T00:00:00.000Z', '2026-03-01T00:00:01.000Z'],
  ['2026-02-28T23:59:59-00:30', '2026-03-01T00:29:59.000Z', '2026-03-01T00:30:00.000Z'],
  ['2026-03-01T00:00:00+14:00', '2026-02-28T10:00:00.000Z', '2026-02-28T10:00:01.000Z'],
  ['2016-12-31T23:59:60Z', '2016-12-31T23:59:59.000Z', '2017-01-01T00:00:00.000Z'],
  ['9999', '9999-01-01T00:00:00.000Z', '9999-12-31T23:59:59.999Z'],
  ['9999-12-31', '9999-12-31T00:00:00.000Z', '9999-12-31T23:59:59.999Z'],
  ['9999-12-31T23:59:59-08:00', '9999-12-31T23:59:59.999Z', '9999-12-31T23:59:59.999Z'],
  ['0001-01-01T00:00:00+08:00', '0001-01-01T00:00:00.000Z', '0001-01-01T00:00:00.000Z'],
])('%s covers %s to %s', ([text, from, until]) => {
  const range = readDate(text);

  expect([range?.from.toISOString(), range?.until.toISOString()]).toEqual([from, until]);
});

test.for<[string, string]>([
  ['31 February', '2026-02-31'],
  ['31 February with a time', '2026-02-31T10:00:00Z'],
  ['29 February of a common year', '2026-02-29'],
  ['29 February of 1900', '1900-02-29'],
  ['31 April', '2026-04-31'],
  ['day 0', '2026-01-00'],
  ['month 0', '2026-00'],
  ['month 13', '2026-13'],
  ['the year 0', '0000'],
  ['a year of five digits', '12026'],
  ['a year of two digits', '26'],
  ['24 hours', '2026-03-01T24:00:00Z'],
  ['60 minutes', '2026-03-01T23:60:00Z'],
  ['61 seconds', '2026-03-01T23:59:61Z'],
  ['a time without seconds', '2026-03-01T09:30Z'],
  ['a time without an offset', '2026-03-01T09:30:00'],
  ['a time on a month', '2026-03T09:30:00Z'],
  ['an offset without a colon', '2026-03-01T09:30:00+0800'],
  ['an offset of hours alone', '2026-03-01T09:30:00+08'],
  ['an offset beyond fourteen hours', '2026-03-01T09:30:00+14:01'],
  ['an offset of 60 minutes', '2026-03-01T09:30:00+07:60'],
  ['a small z', '2026-03-01T09:30:00z'],
  ['a small t', '2026-03-01t09:30:00Z'],
  ['a space for the T', '2026-03-01 09:30:00Z'],
  ['slashes', '2026/03/01'],
  ['no hyphens', '20260301'],
  ['space before it', ' 2026-03-01'],
  ['a line break after it', '2026-03-01\n'],
  ['full-width digits', '2026-03-0１'],
  ['nothing', ''],
])('not a date: %s', ([, text]) => {
  expect(readDate(text)).toBeUndefined();
});

test('an instant written at any offset is the same instant', () => {
  const instant = fc.date({ min: new Date('0002-01-01T00:00:00Z'), max: new Date('9999-12-30T00:00:00Z'), noInvalidDate: true });
  fc.assert(
    fc.property(instant, fc.integer({ min: -14 * 60, max: 14 * 60 }), (at, offset) => {
      const sign = offset < 0 ? '-' : '+';
      const [hours, minutes] = [Math.floor(Math.abs(offset) / 60), Math.abs(offset) % 60].map((it) => String(it).padStart(2, '0'));
      const local = new Date(at.getTime() + offset * 60_000).toISOString().replace('Z', `${sign}${hours}:${minutes}`);

      expect(readDate(local)?.from).toEqual(at);
    }),
  );
});

test('a day is all of its seconds and none of its neighbours', () => {
  fc.assert(
    fc.property(fc.date({ min: new Date('0001-01-02T00:00:00Z'), max: new Date('9999-12-29T00:00:00Z'), noInvalidDate: true }), (at) => {
      const day = readDate(at.toISOString().slice(0, 10));
      const second = readDate(at.toISOString());

      expect(day && second && day.from <= second.from && second.until <= day.until).toBe(true);
      expect((day?.until.getTime() ?? 0) - (day?.from.getTime() ?? 0)).toBe(86_400_000);
    }),
  );
});

test('a time says the same however often and in whichever text it is read', () => {
  const text = 'at 2026-03-01T09:30:00.123Z and later';
  const first = readDate(text.slice(3, 27));

  expect(readDate(text.slice(3, 27))).toEqual(first);
  expect(readDate('2026-03-01T09:30:00.124Z')).not.toEqual(first);
  expect(readDate(`2026-03-01T09:30:00.${'1'.repeat(400)}Z`)).toEqual(readDate('2026-03-01T09:30:00.111Z'));
});
