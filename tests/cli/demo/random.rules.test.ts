import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Random } from '../../../src/cli/demo/random.ts';

const draw = (seed: string) => {
  const random = new Random(seed);
  return Array.from({ length: 20 }, () => random.fraction());
};

test('the same seed gives the same chance, another seed another', () => {
  expect(draw('region-1')).toEqual(draw('region-1'));
  expect(draw('region-1')).not.toEqual(draw('region-2'));
  expect(draw('')).not.toEqual(draw('0'));
});

test('fractions lie from 0 up to 1 and scatter evenly', () => {
  const random = new Random('even');
  const tenths = new Map<number, number>();
  for (let count = 0; count < 10_000; count++) {
    const tenth = Math.floor(random.fraction() * 10);
    tenths.set(tenth, (tenths.get(tenth) ?? 0) + 1);
  }
  expect([...tenths.keys()].toSorted()).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  expect(Math.min(...tenths.values())).toBeGreaterThan(850);
});

test('whole numbers reach both ends and never pass them', () => {
  fc.assert(
    fc.property(fc.string(), fc.integer({ min: -50, max: 50 }), fc.nat(20), (seed, min, span) => {
      const random = new Random(seed);
      const drawn = new Set(Array.from({ length: 500 }, () => random.integer(min, min + span)));
      expect(Math.min(...drawn)).toBe(min);
      expect(Math.max(...drawn)).toBe(min + span);
    }),
  );
});

test('shuffling changes the order and nothing else', () => {
  fc.assert(
    fc.property(fc.string(), fc.array(fc.integer()), (seed, list) => {
      const before = [...list];
      expect(new Random(seed).shuffle(list).toSorted()).toEqual(before.toSorted());
      expect(list).toEqual(before);
    }),
  );
});

test('measured values scatter around their mean', () => {
  const random = new Random('scatter');
  const values = Array.from({ length: 5_000 }, () => random.around(140, 10));
  const mean = values.reduce((sum, it) => sum + it, 0) / values.length;
  const within = values.filter((it) => Math.abs(it - 140) <= 10).length / values.length;
  expect(mean).toBeCloseTo(140, 0);
  expect(within).toBeGreaterThan(0.64);
  expect(within).toBeLessThan(0.72);
});

test('a UUID is one of version 4, and no two are the same', () => {
  const random = new Random('names');
  const uuids = Array.from({ length: 2_000 }, () => random.uuid());
  expect(new Set(uuids).size).toBe(2_000);
  for (const uuid of uuids) expect(uuid).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
});

test('there is nothing to pick from an empty list', () => {
  expect(() => new Random('1').pick([])).toThrow(RangeError);
});
