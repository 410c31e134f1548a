import { expect, test } from 'vitest';
import { indicatorsCommand } from '../../src/cli/indicators.ts';
import { readConfig } from '../../src/config.ts';

async function run(...argv: string[]): Promise<{ code: number; said: string }> {
  let said = '';
  const code = await indicatorsCommand(
    readConfig({}),
    argv,
    () => undefined,
    (line) => (said += `${line}\n`),
  );
  return { code, said };
}

test.for([
  ['neither to check nor to rebuild', []],
  ['both', ['--check', '--rebuild']],
  ['an unknown option', ['--chek']],
  ['a word', ['check']],
  ['a day without a text', ['--check', '--from']],
  ['a day that there is not', ['--check', '--from', '2026-02-29']],
] as const)('wrong arguments are answered with the usage: %s', async ([, argv]) => {
  const { code, said } = await run(...argv);

  expect(code).toBe(2);
  expect(said).toMatch(/^.+\n\nUsage: tongjian indicators/);
});

test('the usage by itself, when it is asked for', async () => {
  const { code, said } = await run('--help');

  expect(code).toBe(0);
  expect(said).toMatch(/^Usage: tongjian indicators/);
});
