import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const PROJECT = fileURLToPath(new URL('../..', import.meta.url));

/** The bench starts a database server and two programs of its own, beside everything else that is tested. */
const PATIENCE_MS = 300_000;

test('a small run of look-ups answers rightly, in a table and in a file', { timeout: PATIENCE_MS }, async () => {
  const folder = await mkdtemp(join(tmpdir(), 'tongjian-bench-test-'));
  const file = join(folder, 'figures.json');
  const argv = [
    '--import',
    'tsx',
    'src/main.ts',
    'bench',
    'lookup',
    '--small',
    '--seconds',
    '1',
    '--rounds',
    '1',
    '--clients',
    '2',
    '--json',
    file,
  ];

  const { stdout } = await promisify(execFile)(process.execPath, argv, { cwd: PROJECT, env: { PATH: process.env['PATH'] } });
  const figures = JSON.parse(await readFile(file, 'utf8'));
  await rm(folder, { recursive: true });

  expect(stdout).toMatch(/^prior-results, 2 clients: /m);
  expect(stdout).toMatch(/machine/);
  expect(figures.effort).toEqual({ clients: [2], workers: 1, seconds: 1, rounds: 1 });
  expect(figures.works.map((it: { name: string }) => it.name)).toEqual(['prior-results', 'read', 'search']);
  const errors = figures.works.flatMap((it: { subjects: { errors: number }[] }) => it.subjects.map((subject) => subject.errors));
  expect(errors.length).toBeGreaterThanOrEqual(6);
  expect(errors.filter((it: number) => it > 0)).toEqual([]);
});
