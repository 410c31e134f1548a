import { describe, expect, test } from 'vitest';
import { isUscc } from '../../src/institutions/uscc.rules.ts';
import { readIdCard } from '../../src/persons/id-card.rules.ts';
import { CHONGQING_2024 } from '../../src/simulation/chongqing-2024.preset.ts';
import { inventPerson } from '../../src/simulation/person.rules.ts';
import { Random } from '../../src/simulation/random.ts';
import { planCertificates, planInstitutions } from '../../src/simulation/region.rules.ts';

describe('chance that can be repeated', () => {
  test('the same name gives the same stream, and another name another one', () => {
    const stream = (...name: (string | number)[]) => {
      const random = new Random(...name);
      return Array.from({ length: 8 }, () => random.fraction());
    };
    expect(stream('1', 'life', 7)).toEqual(stream('1', 'life', 7));
    expect(stream('1', 'life', 7)).not.toEqual(stream('1', 'life', 8));
    expect(stream('1', 'life', 7)).not.toEqual(stream('2', 'life', 7));
  });

  test('is even, and shares come about as they say', () => {
    const random = new Random('even');
    const drawn = Array.from({ length: 20_000 }, () => random.fraction());
    expect(drawn.every((it) => it >= 0 && it < 1)).toBe(true);
    expect(drawn.reduce((sum, it) => sum + it, 0) / drawn.length).toBeCloseTo(0.5, 1);
    const rare = Array.from({ length: 20_000 }, () => random.draw([{ share: 9 }, { share: 1 }])).filter((it) => it.share === 1);
    expect(rare.length / 20_000).toBeCloseTo(0.1, 1);
    expect(new Set(Array.from({ length: 500 }, () => random.place([0, 1, 0, 1])))).toEqual(new Set([1, 3]));
  });

  test('a wait is never negative, and as long as its mean on average', () => {
    const random = new Random('wait');
    const waits = Array.from({ length: 20_000 }, () => random.wait(10));
    expect(Math.min(...waits)).toBeGreaterThanOrEqual(0);
    expect(waits.reduce((sum, it) => sum + it, 0) / waits.length).toBeGreaterThan(9.5);
    expect(waits.reduce((sum, it) => sum + it, 0) / waits.length).toBeLessThan(10.5);
  });
});

describe('people who do not exist', () => {
  test('have valid ID cards that agree with birth date and sex, and no two the same one', () => {
    const people = Array.from({ length: 3_000 }, (_, number) => inventPerson(CHONGQING_2024, '1', number * 997));
    for (const { idCard, birthDate, gender } of people) {
      expect(readIdCard(idCard)).toEqual({ number: idCard, birthDate, gender });
    }
    expect(new Set(people.map((it) => it.idCard)).size).toBe(people.length);
  });

  test('are the same for the same seed, whoever else is there', () => {
    expect(inventPerson(CHONGQING_2024, '1', 41)).toEqual(inventPerson(CHONGQING_2024, '1', 41));
    expect(inventPerson(CHONGQING_2024, '1', 41).name).not.toBe(inventPerson(CHONGQING_2024, '2', 41).name);
  });
});

describe('the institutions of a region', () => {
  test('number 1,249 at scale 1, each with a credit code of its own', () => {
    const planned = planInstitutions(CHONGQING_2024, 1, '1');
    expect(planned.length).toBe(1_249);
    expect(new Set(planned.map((it) => it.uscc)).size).toBe(1_249);
    expect(planned.every((it) => isUscc(it.uscc))).toBe(true);
  });

  test.for([0.000_05, 0.01, 0.02])('have every level at scale %d, and some of the first district', (scale) => {
    const planned = planInstitutions(CHONGQING_2024, scale, '1');
    expect(new Set(planned.map((it) => it.level))).toEqual(new Set([1, 2, 3]));
    expect(planned.some((it) => it.district === '500112' && it.level === 1)).toBe(true);
  });

  test('renew their certificates, some of them late', () => {
    const items = Array.from({ length: 400 }, (_, index) => `ITEM-${index}`);
    const certificates = planCertificates(CHONGQING_2024, '1', 'anybody', items);
    const firsts = certificates.filter((it) => it.validFrom === '2024-01-01');
    expect(firsts.every((it) => it.validUntil === '2024-06-30')).toBe(true);
    expect(firsts.length).toBeLessThan(items.length);
    expect(firsts.length).toBeGreaterThan(items.length * 0.9);
    expect(new Set(certificates.map((it) => it.validFrom))).toEqual(new Set(['2024-01-01', '2024-07-01', '2024-07-22']));
  });
});
