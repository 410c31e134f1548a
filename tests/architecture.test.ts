import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { type Import, reachOf, readImports, sourceFiles, sourceOf } from './support/imports.ts';

/**
 * The house from the top floor down. A file may import from its own room and from any floor below, never from above or beside.
 *
 * `faces` stands low, since every flat route names its Problem schema; the log it writes to is handed to it by the server.
 */
const FLOORS = [
  ['main.ts'],
  ['cli'],
  ['bench', 'simulation'],
  ['server.ts'],
  ['custody.ts', 'rounds.ts'],
  ['operation'],
  ['indicators'],
  ['savings', 'repeats', 'recalls'],
  ['recognition'],
  ['reports'],
  ['catalogue', 'consents'],
  ['access-log'],
  ['persons', 'institutions', 'conformance'],
  ['resources'],
  ['security'],
  ['faces'],
  ['fhir', 'database'],
  ['config.ts', 'failure.ts', 'beijing-time.ts', 'version.ts'],
] as const;

/**
 * Queries that other rooms may use. What persons, consents and reports are about is resources, and each of these is one statement by key: a
 * verb before it would only forward.
 */
const OPEN_QUERIES = ['resources/resource.queries.ts', 'resources/publication.queries.ts'];

/** Names that say nothing. */
const EMPTY_NAMES = /(^|\/)(index|utils?|helpers?|types|common|misc|services?|lib)(\.ts$|\/)/;

const FASTIFY = /^(fastify|fastify-plugin|@fastify\/.*)$/;
/** Doors, plugins, the manners of a face, the one file where all of them meet; and the bare server beside which the gateway is measured. */
const MAY_SPEAK_FASTIFY = /(\.route|\.plugin)\.ts$|^server\.ts$|^(faces|operation)\/|\/speak-[a-z]+\.ts$|^bench\/reference-server\.ts$/;

const files = await sourceFiles();
const imports = (await Promise.all(files.map(async (it) => readImports(it, await sourceOf(it))))).flat();

const roomOf = (file: string): string => file.split('/')[0] as string;
const floorOf = (file: string): number => FLOORS.findIndex((rooms) => (rooms as readonly string[]).includes(roomOf(file)));
const isInside = ({ to }: Import): boolean => to.endsWith('.ts');
const shown = ({ from, to }: Import): string => `${from} -> ${to}`;

test('every room has a floor', () => {
  expect(files.filter((it) => floorOf(it) < 0)).toEqual([]);
});

test('README.md shows the floors as they are', async () => {
  const drawn = FLOORS.map((rooms) => rooms.map((it) => it.replace('.ts', '')).join('  ')).join('\n');

  expect(await readFile(new URL('../README.md', import.meta.url), 'utf8')).toContain(`\`\`\`\n${drawn}\n\`\`\``);
});

test('every import goes down', () => {
  const wrong = imports.filter((it) => isInside(it) && roomOf(it.from) !== roomOf(it.to) && floorOf(it.to) <= floorOf(it.from));

  expect(wrong.map(shown)).toEqual([]);
});

test('a rule reaches no package, no query and no table, by whatever way', () => {
  const wrong = files
    .filter((it) => it.endsWith('.rules.ts'))
    .flatMap((rule) =>
      reachOf(rule, imports)
        .filter((it) => !it.endsWith('.ts') || /\.(queries|tables|route|plugin)\.ts$/.test(it))
        .map((it) => `${rule} -> ${it}`),
    );

  expect(wrong).toEqual([]);
});

test('only doors, faces, operation and the server speak Fastify', () => {
  const wrong = imports.filter((it) => FASTIFY.test(it.to) && !it.typeOnly && !MAY_SPEAK_FASTIFY.test(it.from));

  expect(wrong.map(shown)).toEqual([]);
});

test('queries and tables are used in their own room', () => {
  const wrong = imports.filter(
    (it) => /\.(queries|tables)\.ts$/.test(it.to) && roomOf(it.from) !== roomOf(it.to) && !OPEN_QUERIES.includes(it.to),
  );

  expect(wrong.map(shown)).toEqual([]);
});

test('a door is opened by the server alone', () => {
  const wrong = imports.filter((it) => it.to.endsWith('.route.ts') && !it.typeOnly && it.from !== 'server.ts');

  expect(wrong.map(shown)).toEqual([]);
});

test('the environment is read by main.ts alone', async () => {
  const sources = await Promise.all(files.map(async (it) => [it, await sourceOf(it)] as const));

  expect(sources.filter(([, source]) => /\bprocess\.env\b|['"]node:process['"]/.test(source)).map(([it]) => it)).toEqual(['main.ts']);
});

test('files are named after what they hold, in kebab case', () => {
  expect(files.filter((it) => EMPTY_NAMES.test(it) || !/^([a-z0-9-]+\/)*[a-z0-9-]+(\.[a-z]+)?\.ts$/.test(it))).toEqual([]);
});

test.for<[string, string, Omit<Import, 'from'>]>([
  ['a value', "import { a } from '../fhir/date.ts';", { to: 'fhir/date.ts', typeOnly: false }],
  ['a type', "import type { A } from './a.ts';", { to: 'reports/a.ts', typeOnly: true }],
  ['types, each marked', "import { type A, type B } from 'fastify';", { to: 'fastify', typeOnly: true }],
  ['a type beside a value', "import { type A, b } from 'pg';", { to: 'pg', typeOnly: false }],
  ['several lines', "import {\n  type A,\n  b,\n} from './b.ts';", { to: 'reports/b.ts', typeOnly: false }],
  ['for its effect', "import './effect.ts';", { to: 'reports/effect.ts', typeOnly: false }],
  ['passed on', "export { a } from '../main.ts';", { to: 'main.ts', typeOnly: false }],
  ['when it is needed', "const { a } = await import('../cli/demo.ts');", { to: 'cli/demo.ts', typeOnly: false }],
])('an import is seen: %s', ([, source, seen]) => {
  expect(readImports('reports/x.ts', source)).toEqual([{ from: 'reports/x.ts', ...seen }]);
});
