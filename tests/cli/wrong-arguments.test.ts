import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { reindexCommand } from '../../src/cli/reindex.ts';
import { tokenCommand } from '../../src/cli/token.ts';
import { readConfig } from '../../src/config.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tongjian-arguments-'));
  await writeFile(join(folder, 'text.json'), 'no JSON');
  await writeFile(join(folder, 'nameless.json'), '{}');
});
afterAll(() => rm(folder, { recursive: true }));

const COMMANDS = {
  reindex: (argv: readonly string[], say: (line: string) => void) => reindexCommand(readConfig({}), argv, say),
  token: (argv: readonly string[], say: (line: string) => void) => tokenCommand(readConfig({}), argv, () => undefined, say),
};

async function run(name: keyof typeof COMMANDS, argv: readonly string[]): Promise<{ code: number; said: string }> {
  let said = '';
  const code = await COMMANDS[name](
    argv.map((it) => it.replace('FOLDER', folder)),
    (line) => (said += `${line}\n`),
  );
  return { code, said };
}

test.for<[name: keyof typeof COMMANDS, argv: readonly string[], words: string]>([
  ['reindex', ['--typ', 'Patient'], "Unknown option '--typ'"],
  ['reindex', ['--type'], "Option '--type <value>' argument missing"],
  ['reindex', ['Patient'], 'Unexpected argument'],
  ['reindex', ['--type', 'Patients'], '--type: "Patients" is no resource type'],
  ['reindex', ['--after', '1'], '--after: "1" is no id'],
  ['token', ['--keys', 'x'], "Unknown option '--keys'"],
  ['token', [], 'Give --key and --scope.'],
  ['token', ['--key', 'FOLDER/none.json', '--scope', 'operator'], 'cannot be read (ENOENT)'],
  ['token', ['--key', 'FOLDER/text.json', '--scope', 'operator'], 'is no JSON'],
  ['token', ['--key', 'FOLDER/nameless.json', '--scope', 'operator'], 'Give --client'],
  ['token', ['--key', 'FOLDER/nameless.json', '--scope', 'operator', '--practitioner', 'x'], '--practitioner takes'],
])('tongjian %s %j says what is wrong, and the usage', async ([name, argv, words]) => {
  const { code, said } = await run(name, argv);

  expect(said.split('\n')[0]).toContain(words);
  expect(said).toContain(`\n\nUsage: tongjian ${name}`);
  expect(code).toBe(2);
});

test.for(['reindex', 'token'] as const)('tongjian %s --help is answered with the usage alone', async (name) => {
  const { code, said } = await run(name, ['--help']);

  expect([code, said.startsWith(`Usage: tongjian ${name}`)]).toEqual([0, true]);
});
