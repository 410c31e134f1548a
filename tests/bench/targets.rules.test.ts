import { expect, test } from 'vitest';
import { judgedLines, judgeWorks } from '../../src/bench/judge-works.ts';
import type { Figures, WorkFigures } from '../../src/bench/measure.ts';
import { expectedSeconds } from '../../src/bench/measure-all.ts';
import { overviewLines } from '../../src/bench/overview.ts';
import { isMet, isQuiet, type Judged } from '../../src/bench/targets.rules.ts';
import { quietLine } from '../../src/bench/watch-machine.ts';

test.for<[string, Omit<Judged, 'what'>, boolean]>([
  ['just enough', { value: 0.5, least: 0.5 }, true],
  ['not enough', { value: 0.499, least: 0.5 }, false],
  ['just not too much', { value: 4, most: 4 }, true],
  ['too much', { value: 4.001, most: 4 }, false],
  ['not measured, with a least', { value: Number.NaN, least: 0.5 }, false],
  ['not measured, with a most', { value: Number.NaN, most: 4 }, false],
])('a target: %s', ([, judged, met]) => {
  expect(isMet({ what: 'it', ...judged })).toBe(met);
});

test.for([
  ['at rest', 0, 0, true],
  ['just quiet', 0.1, 0.01, true],
  ['busy', 0.11, 0, false],
  ['in the shade of another machine', 0, 0.011, false],
] as const)('a machine %s', ([, busy, stolen, quiet]) => {
  expect(isQuiet({ busy, stolen })).toBe(quiet);
});

test('what was taken during the run counts against the quiet of before', () => {
  const before = { load: 0.1, busy: 0.02, stolen: 0 };

  expect(quietLine(before, 0)).toBe(
    'machine before the run: load 0.10, 98.0 % idle; taken by other machines during the run: 0.0 % (quiet)',
  );
  expect(quietLine(before, 0.05)).toContain('NOT quiet');
  expect(quietLine({ ...before, busy: 0.5 }, 0)).toContain('NOT quiet');
  expect(quietLine(undefined, undefined)).toContain('cannot be told');
});

test('each work is held against its reference, its usual answers and its fewest clients', () => {
  const works = [work('publish', 8, [40, 60, 50], 100), work('publish', 32, [47, 47, 47], 100)];

  expect(judgeWorks(works)).toEqual([
    { what: 'publish, 8 clients: of the bare', value: 0.5, least: 0.5 },
    { what: 'publish, 8 clients: p99 by p50', value: 3, most: 4 },
    { what: 'publish, 32 clients: of the bare', value: 0.47, least: 0.5 },
    { what: 'publish, 32 clients: of what 8 do', value: 0.94, least: 0.95 },
  ]);
  expect(judgedLines(judgeWorks(works))).toEqual([
    '2 of 4 targets met; not met:',
    '  publish, 32 clients: of the bare 0.470, target ≥ 0.5',
    '  publish, 32 clients: of what 8 do 0.940, target ≥ 0.95',
  ]);
});

test('a work without a target has no ratio to reach', () => {
  expect(judgeWorks([work('order-sign', 8, [10], 100)]).map((it) => it.what)).toEqual(['order-sign, 8 clients: p99 by p50']);
  expect(judgedLines([])).toEqual(['0 of 0 targets met']);
});

test('one table has a row for each work and for each further reference, and every wrong answer', () => {
  const { subjects, ...rest } = work('publish', 8, [40, 60, 50], 100);
  const [ours, bare] = subjects as [Figures, Figures];
  const lines = overviewLines([{ ...rest, subjects: [{ ...ours, errors: 2, firstError: 'status 500' }, bare, { ...bare, name: 'raw' }] }]);

  expect(lines.map((it) => it.trim().split(/\s{2,}/))).toEqual([
    ['workload', 'clients', 'ours/s', 'reference', 'per s', 'ratio', 'target', 'p50 ms', 'p95', 'p99', 'p99/p50'].concat([
      'CPU % server',
      'database',
      'driver',
      'others',
      'statements',
    ]),
    ['publish', '8', '50', 'bare', '100', '0.50', '≥ 0.5', '10.0', '20.0', '30.0', '3.00', '90', '70', '20', '-', '7'],
    ['raw', '100', '0.50'],
    ['Tongjian: 2 WRONG ANSWERS, the first: status 500'],
  ]);
});

test('a run of everything as it comes takes at most seven minutes, and longer with more clients', () => {
  expect(expectedSeconds({ clients: [8], seconds: 3, rounds: 3 })).toBeLessThanOrEqual(420);
  expect(expectedSeconds({ clients: [8, 32], seconds: 3, rounds: 3 })).toBeGreaterThan(360);
});

function work(name: string, clients: number, rates: readonly number[], reference: number): WorkFigures {
  const figures = (of: string, each: readonly number[], perSecond: number): Figures => ({
    name: of,
    perSecond,
    p50: 10,
    p95: 20,
    p99: 30,
    answerBytes: 0,
    cores: { server: 0.9, database: 0.7, driver: 0.2, others: undefined },
    walBytes: 0,
    serverMiB: undefined,
    statements: { perPiece: 7, list: [] },
    rates: each,
    errors: 0,
    firstError: undefined,
  });
  const middle = rates.toSorted((a, b) => a - b)[Math.floor(rates.length / 2)] ?? 0;
  const subjects = [
    figures('Tongjian', rates, middle),
    figures(
      'bare',
      rates.map(() => reference),
      reference,
    ),
  ];
  return { name, about: name, clients, subjects };
}
