import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compareDecimals } from '../../src/fhir/compare-decimals.ts';
import { readDate } from '../../src/fhir/date.ts';
import { type Bounds, dateBounds, numberBounds } from '../../src/fhir/search-bounds.ts';
import type { IndexEntry } from '../../src/fhir/search-condition.ts';
import { holds } from '../../src/fhir/search-holds.ts';

const NOW = new Date('2026-07-01T00:00:00Z');

/** Whether a range from low to high meets the bounds. */
function meets(alternatives: Bounds, low: string, high: string): boolean {
  const entry: IndexEntry = { tokens: [], ranges: [['1', low, high, '0', '0', '0']], texts: [], time: {}, status: null };
  return alternatives.some((bounds) => holds(entry, { kind: 'range', key: '1', bounds }));
}

test.for<[string, string, boolean]>([
  // Whole numbers and decimals mean what rounds to them (R4, 3.1.1.4.6).
  ['100', '99.5', true],
  ['100', '99.499999999999999999999', false],
  ['100', '100.499999999999999999999', true],
  ['100', '100.5', false],
  ['100.00', '99.995', true],
  ['100.00', '99.99', false],
  ['100.00', '100.005', false],
  ['eq100', '100.4', true],
  ['5.40e-3', '0.005395', true],
  ['5.40e-3', '0.005405', false],
  ['1e2', '95', true],
  ['1e2', '94.9', false],
  ['1e2', '105', false],
  ['-1.5', '-1.55', true],
  ['-1.5', '-1.45', false],
  ['0', '-0.5', true],
  ['ne100', '99.4', true],
  ['ne100', '100', false],
  ['ne100', '100.5', true],
])('trap 22: %s means what rounds to it, so finds %s: %s', ([search, value, found]) => {
  expect(meets(numberBounds('x', search), value, value)).toBe(found);
});

test.for<[string, string, boolean]>([
  // All but eq and ne mean the very number.
  ['gt100', '100', false],
  ['gt100', '100.0000000000000000000001', true],
  ['lt100', '100', false],
  ['lt100', '99.9999999999999999999999', true],
  ['ge100', '100', true],
  ['ge100', '99.99', false],
  ['le100', '100', true],
  ['le100', '100.01', false],
  ['sa100', '100', false],
  ['sa100', '100.1', true],
  ['eb100', '100', false],
  ['eb100', '99.9', true],
  ['ap100', '90', true],
  ['ap100', '89.9', false],
  ['ap100', '110', true],
  ['ap100', '110.1', false],
  ['ap0', '0.5', true],
  ['ap0', '0.6', false],
])('trap 16: %s finds the number %s: %s', ([search, value, found]) => {
  expect(meets(numberBounds('x', search), value, value)).toBe(found);
});

test.for<[string, string, string, boolean]>([
  ['5', '4', '6', false],
  ['gt5', '4', '6', true],
  ['lt5', '4', '6', true],
  ['sa5', '4', '6', false],
  ['sa3', '4', '6', true],
  ['eb5', '4', '6', false],
  ['eb7', '4', '6', true],
  ['ne5', '4', '6', true],
  ['ge6', '4', '6', false],
  ['ge5.9', '4', '6', true],
  ['le4', '4', '6', false],
  ['ap6', '4', '6', true],
  ['lt5', '-Infinity', '3', true],
  ['gt5', '-Infinity', '3', false],
  ['gt5', '3', 'Infinity', true],
  ['5', '5', 'Infinity', false],
])('trap 16: %s finds what lies from %s to %s: %s', ([search, low, high, found]) => {
  expect(meets(numberBounds('x', search), low, high)).toBe(found);
});

test.for(['', 'five', '1,5', '1.', '.5', 'gt', 'xx5', '5 ', '+5', '0x10', '1e99999', 'Infinity', 'NaN', 'gt gt5', 'EQ5'])(
  'no number: "%s"',
  (text) => {
    expect(() => numberBounds('x', text)).toThrow(expect.objectContaining({ code: 'parameter-invalid' }));
  },
);

/** A time of a resource: one date, or a period of two; an empty half is open. */
function spanOf(text: string): readonly [string, string] {
  if (!text.includes('/')) {
    const range = readDate(text);
    if (!range) throw new Error(text);
    return [String(range.from.getTime()), String(range.until.getTime())];
  }
  const [start = '', end = ''] = text.split('/');
  return [start ? String(readDate(start)?.from.getTime()) : '-Infinity', end ? String(readDate(end)?.until.getTime()) : 'Infinity'];
}

/** A row of the tables below: what is searched, the time of a resource, whether it is found. */
type DateRow = [search: string, time: string, found: boolean];

const isFound = ([search, time, found]: DateRow): void => {
  expect(meets(dateBounds('date', search, NOW), ...spanOf(time))).toBe(found);
};

test.for<DateRow>([
  // What is searched must hold all of what is there.
  ['2018-05-11', '2018-05-11', true],
  ['2018-05-11', '2018-05-11T23:59:59.999Z', true],
  ['2018-05-11', '2018-05-12', false],
  ['2018-05-11', '2018-05', false],
  ['2018-05-11', '2018', false],
  ['2018-05', '2018-05-11', true],
  ['2018', '2018-01-01/2018-12-31', true],
  ['2018', '2018-01-01/2019-01-01', false],
  ['2018', '2018-01-01/', false],
  ['2018', '/2018-06-01', false],
  // The end of a period covers its whole day.
  ['2013-01-17', '2013-01-17T08:00:00Z/2013-01-17', true],
  ['le2013-01-17', '2013-01-14/2013-01-17', true],
])('trap 15: %s finds %s: %s', isFound);

test.for<DateRow>([
  // Each prefix, both sides.
  ['ne2018', '2018-06', false],
  ['ne2018', '2019', true],
  ['ne2018', '2017-12-31/2018-01-01', true],
  ['gt2018-05-11', '2018-05-11T23:59:59Z', false],
  ['gt2018-05-11', '2018-05-12T00:00:00Z', true],
  ['gt2018-05-11', '2018-05', true],
  ['lt2018-05-11', '2018-05-11T00:00:00Z', false],
  ['lt2018-05-11', '2018-05-10T23:59:59.999Z', true],
  ['ge2018-05-11', '2018-05-11', true],
  ['ge2018-05-11', '2018-05-10', false],
  ['ge2018-05-11', '2018-05-10/2018-05-11', false],
  ['ge2018-05-11', '2018-05-10/', true],
  ['le2018-05-11', '2018-05-11', true],
  ['le2018-05-11', '2018-05-12', false],
  ['le2018-05-11', '2018-05-11/2018-05-12', false],
  ['le2018-05-11', '/2018-05-12', true],
  ['sa2018-05-11', '2018-05-12', true],
  ['sa2018-05-11', '2018-05-11/2018-05-13', false],
  ['sa2018-05-11', '2018-05-11T23:59:59.999Z/2019', false],
  ['eb2018-05-11', '2018-05-10', true],
  ['eb2018-05-11', '2018-05-10/2018-05-11', false],
  ['eb2018-05-11', '2018-05-01/', false],
  ['ap2026-06-01', '2026-05-30', true],
  ['ap2026-06-01', '2026-05-20', false],
  ['ap2016', '2015-01-01', true],
])('trap 16: %s finds the time %s: %s', isFound);

test.for<DateRow>([
  // A day is a day in UTC, an instant is where its zone puts it.
  ['2018-05-11', '2018-05-11T07:59:59+08:00', false],
  ['2018-05-11', '2018-05-11T08:00:00+08:00', true],
  ['2018-05-11', '2018-05-12T07:59:59+08:00', true],
  ['2018-05-11', '2018-05-12T08:00:00+08:00', false],
  ['2018-05-11T08:00:00+08:00', '2018-05-11T00:00:00Z', true],
  ['2018-05-11T08:00:00 08:00', '2018-05-11T00:00:00Z', true],
  ['2018-05-11T08:00+08:00', '2018-05-11T00:00:59Z', true],
  ['2018-05-11T08:00+08:00', '2018-05-11T00:01:00Z', false],
  ['2018-05-11T08:00', '2018-05-11T08:00:30Z', true],
  ['2018-05-11T08:00:00', '2018-05-11T08:00:00.5Z', true],
])('trap 17: %s finds %s: %s', isFound);

test.for(['', 'today', '2018-13', '2018-02-30', '20180511', '2018-5-1', 'xx2018', 'gt', '2018-05-11T8:00', '2018-05-11T24:00:00Z'])(
  'no date: "%s"',
  (text) => {
    expect(() => dateBounds('date', text, NOW)).toThrow(expect.objectContaining({ code: 'parameter-invalid' }));
  },
);

/** Days from 0 to 30 of a month, as sets: slow, and nothing but the words of R4, 3.1.1.4.5. */
const FIRST = Date.UTC(2026, 2, 1);
const DAY_MS = 86_400_000;
const dayText = (day: number): string => new Date(FIRST + day * DAY_MS).toISOString().slice(0, 10);

function oracle(prefix: string, searched: number, first: number | undefined, last: number | undefined): boolean {
  const isThere = (day: number): boolean => (first === undefined || first <= day) && (last === undefined || day <= last);
  // A long time before and after stands for ever.
  const days = Array.from({ length: 400 }, (_, index) => index - 200);
  const target = days.filter(isThere);
  const isEqual = target.every((it) => it === searched);
  const isAbove = target.some((it) => it > searched);
  const isBelow = target.some((it) => it < searched);
  const verdicts: Readonly<Record<string, boolean>> = {
    eq: isEqual,
    ne: !isEqual,
    gt: isAbove,
    lt: isBelow,
    ge: isAbove || isEqual,
    le: isBelow || isEqual,
    sa: target.every((it) => it > searched),
    eb: target.every((it) => it < searched),
  };
  return verdicts[prefix] as boolean;
}

test('trap 15, trap 16: days and periods are found as a list of days says', () => {
  const day = fc.integer({ min: 0, max: 6 });
  fc.assert(
    fc.property(
      fc.constantFrom('eq', 'ne', 'gt', 'lt', 'ge', 'le', 'sa', 'eb'),
      day,
      fc.option(day, { nil: undefined }),
      fc.option(day, { nil: undefined }),
      (prefix, searched, first, last) => {
        fc.pre((first !== undefined || last !== undefined) && (first ?? 0) <= (last ?? 6));
        const span = spanOf(`${first === undefined ? '' : dayText(first)}/${last === undefined ? '' : dayText(last)}`);
        expect(meets(dateBounds('date', `${prefix}${dayText(searched)}`, NOW), ...span)).toBe(oracle(prefix, searched, first, last));
      },
    ),
    { numRuns: 2_000 },
  );
});

test('trap 22: a number finds the numbers that are written like it, and those alone', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: -99_999, max: 99_999 }),
      fc.integer({ min: 0, max: 4 }),
      fc.integer({ min: -60, max: 60 }),
      (value, decimals, off) => {
        const written = (value / 10 ** decimals).toFixed(decimals);
        // A hundredth of the last digit, so that 50 of them are half of it.
        const other = ((value * 100 + off) / 10 ** (decimals + 2)).toFixed(decimals + 2);
        expect(meets(numberBounds('x', written), other, other)).toBe(off >= -50 && off < 50);
      },
    ),
    { numRuns: 2_000 },
  );
});

test('decimals are compared by all of their digits', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: -(10n ** 40n), max: 10n ** 40n }), fc.bigInt({ min: -(10n ** 40n), max: 10n ** 40n }), (one, other) => {
      const text = (it: bigint): string =>
        `${it < 0n ? '-' : ''}${(it < 0n ? -it : it)
          .toString()
          .padStart(42, '0')
          .replace(/(?=\d{30}$)/, '.')}`;
      expect(Math.sign(compareDecimals(text(one), text(other)))).toBe(one === other ? 0 : one < other ? -1 : 1);
      expect(compareDecimals(text(one), text(one))).toBe(0);
    }),
  );
});
