import { expect, test } from 'vitest';
import { readBenchOptions } from '../../src/cli/bench/bench-options.ts';
import { benchCommand } from '../../src/cli/bench.ts';
import { readConfig } from '../../src/config.ts';

test('a workload alone is measured with eight clients, three rounds of five seconds', () => {
  expect(readBenchOptions(['publish'])).toEqual({
    workload: 'publish',
    clients: [8],
    workers: 1,
    rounds: 3,
    seconds: 5,
    entries: 1_000_000,
    sizes: [10_000, 100_000, 1_000_000],
    publications: 100_000,
    small: false,
    database: undefined,
    replica: undefined,
    json: undefined,
    profile: undefined,
  });
});

test('without a workload all of them are measured, for a shorter time each', () => {
  expect(readBenchOptions([])).toMatchObject({ workload: 'all', clients: [8], rounds: 3, seconds: 3, entries: 100_000 });
});

test.for(['publish', 'lookup', 'check', 'log', 'pull', 'verdict', 'growth', 'memory', 'start', 'faults'])(
  '%s is a workload',
  (workload) => {
    expect(readBenchOptions([workload]).workload).toBe(workload);
  },
);

test.for<[readonly string[], boolean]>([
  [['replica', '--replica', 'postgres://s/y', '--database', 'postgres://x/y'], true],
  [['replica', '--database', 'postgres://x/y'], false],
  [['replica', '--replica', 'postgres://s/y'], false],
  [['lookup', '--replica', 'postgres://s/y', '--database', 'postgres://x/y'], false],
])('a replica has a workload, a database and an address of its own: %s', ([argv, good]) => {
  if (good) expect(readBenchOptions(argv)).toMatchObject({ workload: 'replica', replica: 'postgres://s/y' });
  else expect(() => readBenchOptions(argv)).toThrow(TypeError);
});

test('what the log costs is measured with 32 clients, unless said otherwise', () => {
  expect(readBenchOptions(['log']).clients).toEqual([32]);
  expect(readBenchOptions(['log', '--clients', '8']).clients).toEqual([8]);
});

test('everything can be said otherwise', () => {
  const argv = [
    'lookup',
    '--clients=2,16',
    '--workers',
    '2',
    '--rounds=1',
    '--seconds',
    '10',
    '--json',
    'a.json',
    '--database',
    'postgres://x/y',
  ];
  expect(readBenchOptions(argv)).toMatchObject({
    workload: 'lookup',
    clients: [2, 16],
    workers: 2,
    rounds: 1,
    seconds: 10,
    json: 'a.json',
    database: 'postgres://x/y',
  });
});

test.for<[string, string[]]>([
  ['an unknown workload', ['speed']],
  ['two workloads', ['publish', 'lookup']],
  ['an unknown option', ['publish', '--fast']],
  ['no clients', ['publish', '--clients', '0']],
  ['too many clients', ['publish', '--clients', '1001']],
  ['numbers of clients that do not rise', ['publish', '--clients', '8,8']],
  ['a number of clients left out', ['publish', '--clients', '8,']],
  ['a region too small to have all kinds of persons', ['growth', '--sizes', '999']],
  ['regions that shrink', ['growth', '--sizes', '100000,10000']],
  ['no workers', ['publish', '--workers', '0']],
  ['more workers than a gateway takes', ['publish', '--workers', '65']],
  ['the memory of a process in several of them', ['memory', '--workers', '2']],
  ['too few publications for quarters of them', ['memory', '--publications', '3']],
  ['half a second', ['publish', '--seconds', '0.5']],
  ['rounds in words', ['publish', '--rounds', 'three']],
  ['an empty number', ['publish', '--rounds', '']],
])('refused: %s', ([, argv]) => {
  expect(() => readBenchOptions(argv)).toThrow(TypeError);
});

test.for([
  ['the usage by itself, when it is asked for', ['--help'], 0, /^Usage: npm run bench/],
  ['the usage, after what is wrong', ['speed'], 2, /^Name one workload.*\n\nUsage: npm run bench/],
] as const)('%s', async ([, argv, code, usage]) => {
  const said: string[] = [];

  expect(
    await benchCommand(
      readConfig({}),
      argv,
      () => undefined,
      (line) => said.push(line),
    ),
  ).toBe(code);
  expect(said.join('\n')).toMatch(usage);
});
