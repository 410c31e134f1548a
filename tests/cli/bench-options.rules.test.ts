import { expect, test } from 'vitest';
import { benchCommand, readBenchOptions } from '../../src/cli/bench.ts';
import { readConfig } from '../../src/config.ts';

test('a workload alone is measured with eight clients, three rounds of five seconds', () => {
  expect(readBenchOptions(['publish'])).toEqual({
    workload: 'publish',
    clients: 8,
    rounds: 3,
    seconds: 5,
    entries: 1_000_000,
    database: undefined,
    json: undefined,
    profile: undefined,
  });
});

test.for(['publish', 'lookup', 'check', 'verdict'])('%s is a workload', (workload) => {
  expect(readBenchOptions([workload]).workload).toBe(workload);
});

test('what the log costs is measured with 32 clients, unless said otherwise', () => {
  expect(readBenchOptions(['log']).clients).toBe(32);
  expect(readBenchOptions(['log', '--clients', '8']).clients).toBe(8);
});

test('everything can be said otherwise', () => {
  const argv = ['lookup', '--clients=2', '--rounds=1', '--seconds', '10', '--json', 'a.json', '--database', 'postgres://x/y'];
  expect(readBenchOptions(argv)).toMatchObject({
    workload: 'lookup',
    clients: 2,
    rounds: 1,
    seconds: 10,
    json: 'a.json',
    database: 'postgres://x/y',
  });
});

test.for<[string, string[]]>([
  ['no workload', []],
  ['an unknown workload', ['growth']],
  ['two workloads', ['publish', 'lookup']],
  ['an unknown option', ['publish', '--fast']],
  ['no clients', ['publish', '--clients', '0']],
  ['too many clients', ['publish', '--clients', '1001']],
  ['half a second', ['publish', '--seconds', '0.5']],
  ['rounds in words', ['publish', '--rounds', 'three']],
  ['an empty number', ['publish', '--rounds', '']],
])('refused: %s', ([, argv]) => {
  expect(() => readBenchOptions(argv)).toThrow(TypeError);
});

test.for([
  ['the usage by itself, when it is asked for', ['--help'], 0, /^Usage: npm run bench/],
  ['the usage, after what is wrong', ['growth'], 2, /^Name one workload.*\n\nUsage: npm run bench/],
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
