import { expect, test } from 'vitest';
import { periodOf } from '../../src/simulation/calendar.rules.ts';
import { CHONGQING_2024 } from '../../src/simulation/chongqing-2024.preset.ts';
import { planVisits } from '../../src/simulation/course.rules.ts';
import { inventPerson } from '../../src/simulation/person.rules.ts';
import { Random } from '../../src/simulation/random.ts';
import { planInstitutions } from '../../src/simulation/region.rules.ts';

const period = periodOf(CHONGQING_2024);
const sites = planInstitutions(CHONGQING_2024, 0.01, '1');
const planned = Array.from({ length: 600 }, (_, number) =>
  planVisits(new Random('1', 'life', number), CHONGQING_2024, inventPerson(CHONGQING_2024, '1', number), sites, period),
);

test('visits are in the order of time and within the period', () => {
  for (const visits of planned) {
    const times = visits.map((it) => it.at);
    expect(times).toEqual([...times].sort((a, b) => a - b));
    expect(times.every((it) => it >= period.from && it < period.until)).toBe(true);
  }
});

test('more people come on a Monday morning than on a Sunday night', () => {
  const firsts = planned.flat().filter((it) => !it.isSentTo && it.orders.length > 0);
  const beijing = firsts.map((it) => new Date(it.at + 8 * 3_600_000));
  const on = (weekday: number, from: number, to: number) =>
    beijing.filter((it) => it.getUTCDay() === weekday && it.getUTCHours() >= from && it.getUTCHours() < to).length;
  expect(on(1, 8, 12)).toBeGreaterThan(5 * on(0, 20, 24));
});

test('whoever is sent on goes to another institution', () => {
  const sent = planned.filter((visits) => visits.some((it) => it.isSentTo && it.orders.length > 0));
  expect(sent.every((visits) => new Set(visits.map((it) => it.institution)).size > 1)).toBe(true);
});
