import { expect, test } from 'vitest';
import { provinceOf } from '../../../src/catalogue/certificates/province.rules.ts';

const provinces = Array.from({ length: 100 }, (_, index) => provinceOf(String(index).padStart(2, '0'))).filter((it) => it !== undefined);

test('there are 34, each with a name and a sign of its own', () => {
  expect(provinces).toHaveLength(34);
  expect(new Set(provinces.map((it) => it.name)).size).toBe(34);
  expect(new Set(provinces.map((it) => it.short)).size).toBe(34);
  expect(provinces.every((it) => [...it.short].length === 1)).toBe(true);
});

test.for<[string, string | undefined]>([
  ['500112', '渝'],
  ['42', '鄂'],
  ['5101', '川'],
  ['000000', undefined],
  ['5', undefined],
  ['', undefined],
])('a division %s lies in %s', ([division, short]) => {
  expect(provinceOf(division)?.short).toBe(short);
});
