import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isCalendarDay, readIdCard } from '../../src/persons/id-card.rules.ts';
import { checkCharacter } from '../support/people.ts';

const withCheck = (first17: string): string => first17 + checkCharacter(first17);

test.for<[string, string, ReturnType<typeof readIdCard>]>([
  ['the example of the standard', '11010519491231002X', { number: '11010519491231002X', birthDate: '1949-12-31', gender: 'female' }],
  ['a man’s', '440524188001010014', { number: '440524188001010014', birthDate: '1880-01-01', gender: 'male' }],
  ['of 29 February', withCheck('50011220000229001'), { number: withCheck('50011220000229001'), birthDate: '2000-02-29', gender: 'male' }],
  ['of 29 February of a common year', withCheck('50011220010229001'), 'birth-date'],
  ['of 29 February 1900', withCheck('50011219000229001'), 'birth-date'],
  ['of 31 April', withCheck('50011219900431001'), 'birth-date'],
  ['of month 13', withCheck('50011219901301001'), 'birth-date'],
  ['of month 0', withCheck('50011219900001001'), 'birth-date'],
  ['of day 0', withCheck('50011219900100001'), 'birth-date'],
  ['of the year 0', withCheck('50011200000101001'), 'birth-date'],
  ['with another check character', '110105194912310021', 'check-character'],
  ['with a small x, which is made large before', '11010519491231002x', 'form'],
  ['with an X inside', '1101051949123100X2', 'form'],
  ['of 17 digits', '11010519491231002', 'form'],
  ['of 19 digits', '11010519491231002X1', 'form'],
  ['of the first generation, 15 digits', '110105491231002', 'form'],
  ['that begins with 0', withCheck('01010519491231002'), 'form'],
  ['with a space', '110105 19491231002X', 'form'],
  ['in full width', '１１０１０５１９４９１２３１００２Ｘ', 'form'],
  ['with a line break after it', '11010519491231002X\n', 'form'],
  ['that is empty', '', 'form'],
])('a number %s', ([, number, read]) => {
  expect(readIdCard(number)).toEqual(read);
});

const number = fc
  .tuple(
    fc.integer({ min: 110_000, max: 659_999 }),
    fc.date({ min: new Date('1900-01-01T00:00:00Z'), max: new Date('2026-01-01T00:00:00Z'), noInvalidDate: true }),
    fc.integer({ min: 0, max: 999 }),
  )
  .map(([region, birth, sequence]) =>
    withCheck(`${region}${birth.toISOString().slice(0, 10).replaceAll('-', '')}${String(sequence).padStart(3, '0')}`),
  );

test('every number that is made by the rule is read back', () => {
  fc.assert(
    fc.property(number, (it) => {
      expect(readIdCard(it)).toEqual({
        number: it,
        birthDate: `${it.slice(6, 10)}-${it.slice(10, 12)}-${it.slice(12, 14)}`,
        gender: Number(it[16]) % 2 === 1 ? 'male' : 'female',
      });
    }),
  );
});

test('one wrong character is always caught, wherever it stands', () => {
  fc.assert(
    fc.property(number, (it) => {
      for (let place = 0; place < 18; place++) {
        for (const wrong of '0123456789X') {
          if (wrong !== it[place]) expect(readIdCard(it.slice(0, place) + wrong + it.slice(place + 1))).toBeTypeOf('string');
        }
      }
    }),
    { numRuns: 30 },
  );
});

test('two neighbours in the wrong order are always caught', () => {
  fc.assert(
    fc.property(number, (it) => {
      for (let place = 0; place < 17; place++) {
        if (it[place] === it[place + 1]) continue;
        const swapped = `${it.slice(0, place)}${it[place + 1]}${it[place]}${it.slice(place + 2)}`;
        expect(readIdCard(swapped), swapped).toBeTypeOf('string');
      }
    }),
    { numRuns: 300 },
  );
});

test.for<[string, boolean]>([
  ['2026-02-28', true],
  ['2024-02-29', true],
  ['2026-02-29', false],
  ['2026-13-01', false],
  ['2026-1-1', false],
  ['20260101', false],
  ['2026-01-01T00:00:00Z', false],
])('%s is a calendar day: %s', ([text, is]) => {
  expect(isCalendarDay(text)).toBe(is);
});
