import fc from 'fast-check';
import { expect, test } from 'vitest';
import { idCardNumber, inventPeople, inventPerson } from '../../../src/cli/demo/people.ts';
import { Random } from '../../../src/cli/demo/random.ts';

const NOW = new Date('2026-03-01T04:00:00Z');

test.for<[string, string, number, string]>([
  // The two examples of GB 11643-1999, annex A.
  ['110105', '1949-12-31', 2, '11010519491231002X'],
  ['440524', '1880-01-01', 1, '440524188001010014'],
])('division %s, born %s, sequence %i is %s', ([division, birthDate, sequence, expected]) => {
  expect(idCardNumber(division, birthDate, sequence)).toBe(expected);
});

test('every invented person is one whole: number, sex, birth date and name agree', () => {
  fc.assert(
    fc.property(fc.string(), (seed) => {
      const person = inventPerson(new Random(seed), NOW);
      expect(person.idCard).toMatch(/^5[01]\d{15}[\dX]$/);
      expect(remainder(person.idCard)).toBe(1);
      expect(person.idCard.slice(6, 14)).toBe(person.birthDate.replaceAll('-', ''));
      expect(Number(person.idCard[16]) % 2 === 1 ? 'male' : 'female').toBe(person.gender);
      expect(person.idCard.slice(14, 17)).not.toBe('000');
      expect(new Date(person.birthDate).toISOString().slice(0, 10)).toBe(person.birthDate);
      expect(new Date(person.birthDate).getTime()).toBeLessThan(NOW.getTime());
      expect(NOW.getFullYear() - Number(person.birthDate.slice(0, 4))).toBeLessThanOrEqual(95);
      expect(person.name).toBe(`${person.family ?? ''}${person.given}`);
      expect(person.phone).toMatch(/^\+86 100 0000 \d{4}$/);
    }),
  );
});

test('among many people are compound surnames, rare characters and names with a middle dot', () => {
  const names = inventPeople(new Random('many'), 400, NOW).map((it) => it.name);
  expect(names.some((it) => /^(欧阳|司马|上官|诸葛|夏侯|皇甫)/.test(it))).toBe(true);
  expect(names.some((it) => it.includes('·'))).toBe(true);
  expect(names.some((it) => /[\u{20000}-\u{3fffd}]/u.test(it))).toBe(true);
});

test('no two of the people share a number, and the same seed invents the same people', () => {
  const people = inventPeople(new Random('same'), 300, NOW);
  expect(new Set(people.map((it) => it.idCard)).size).toBe(300);
  expect(inventPeople(new Random('same'), 300, NOW)).toEqual(people);
});

/** ISO 7064 MOD 11-2 in its recursive form, which is 1 for every valid number. */
function remainder(idCard: string): number {
  let product = 0;
  for (const character of idCard.slice(0, 17)) product = ((product + Number(character)) * 2) % 11;
  const check = idCard[17] === 'X' ? 10 : Number(idCard[17]);
  return (product + check) % 11;
}
