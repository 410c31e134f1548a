import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadPackageFiles, readPackageFiles } from '../../src/cli/load-packages.ts';
import { UnusablePackage } from '../../src/cli/unusable-package.ts';
import { fhirPackage } from '../support/fhir-package.ts';
import { useGateway } from '../support/gateway.ts';

const gateway = useGateway();
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tongjian-packages-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const codeSystem = (code: string) => ({
  resourceType: 'CodeSystem',
  url: 'urn:test:command-line',
  status: 'active',
  content: 'complete',
  concept: [{ code }],
});

async function fileOf(name: string, bytes: Buffer): Promise<string> {
  const file = join(folder, name);
  await writeFile(file, bytes);
  return file;
}

test('packages of the command line are loaded once, and say so', async () => {
  const file = await fileOf('good.tgz', await fhirPackage([codeSystem('a')], { name: 'test.command-line' }));
  const said: string[] = [];
  const load = async () =>
    loadPackageFiles(gateway.db, await readPackageFiles([file]), new Date(), (line) => {
      said.push(line);
    });

  await load();
  await load();

  expect(said).toEqual(['Package test.command-line 1.0.0 is loaded.', 'Package test.command-line 1.0.0 was loaded before.']);
  const caller = await gateway.register();
  expect((await caller.get('/fhir/CodeSystem/$lookup?system=urn:test:command-line&code=a')).status).toBe(200);
});

test('another package of the same name and version is refused with its file', async () => {
  const about = { name: 'test.twice' };
  const first = await fileOf('first.tgz', await fhirPackage([], about));
  const second = await fileOf('second.tgz', await fhirPackage([codeSystem('b')], about));

  const loading = readPackageFiles([first, second]).then((it) => loadPackageFiles(gateway.db, it, new Date(), () => undefined));

  await expect(loading).rejects.toThrow(UnusablePackage);
  await expect(loading).rejects.toThrow(/second\.tgz cannot be loaded:\n.*test\.twice 1\.0\.0/);
});

test('a file that is no package ends the program before it serves, with the file and the reason', async () => {
  const bad = await fileOf('bad.tgz', Buffer.from('no gzip'));
  const main = fileURLToPath(new URL('../../src/main.ts', import.meta.url));
  const program = spawn(process.execPath, ['--import', 'tsx', main, 'serve', '--package', bad], { stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  program.stderr.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });

  const [code] = await once(program, 'exit');

  expect(code).toBe(1);
  expect(said).toContain(`${bad} cannot be loaded`);
  expect(said).toMatch(/gzip/);
  expect(said).not.toMatch(/\n\s+at /);
});
