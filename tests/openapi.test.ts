import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { describeApi } from '../src/cli/describe-api.ts';

interface Operation {
  readonly operationId?: string;
  readonly summary?: string;
  readonly description?: string;
  readonly tags?: readonly string[];
  readonly parameters?: readonly { readonly name: string; readonly description?: string }[];
  readonly responses?: Readonly<Record<string, { readonly description?: string }>>;
}

const text = await describeApi();
const description = JSON.parse(text) as {
  openapi: string;
  tags: readonly { name: string }[];
  paths: Record<string, Record<string, Operation>>;
};
const operations = Object.entries(description.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ door: `${method.toUpperCase()} ${path}`, operation })),
);

test('openapi/openapi.json says what the routes do (if not: npm run openapi)', async () => {
  expect(await readFile(new URL('../openapi/openapi.json', import.meta.url), 'utf8')).toBe(text);
});

test('every door says what it is for and what it answers', () => {
  expect(description.openapi).toBe('3.1.0');
  const silent = operations.filter(({ operation: { operationId, summary, description: more, tags, responses } }) => {
    return !operationId || !summary || !more || !tags?.length || !responses || Object.keys(responses).length === 0;
  });

  expect(silent.map(({ door }) => door)).toEqual([]);
});

test('every parameter and every answer says what it is', () => {
  const silent = operations.flatMap(({ door, operation: { parameters = [], responses = {} } }) => [
    ...parameters.filter((it) => !it.description).map((it) => `${door}: ${it.name}`),
    ...Object.entries(responses).flatMap(([status, it]) =>
      !it.description || it.description === 'Default Response' ? [`${door}: ${status}`] : [],
    ),
  ]);

  expect(silent).toEqual([]);
});

test('every door stands under one of the headings', () => {
  const headings = description.tags.map((it) => it.name);

  expect(operations.filter(({ operation }) => !operation.tags?.every((it) => headings.includes(it))).map(({ door }) => door)).toEqual([]);
});

test('every flat door describes its failures as a Problem', () => {
  const silent = operations.filter(
    ({ door, operation }) => door.includes(' /v1/') && !Object.keys(operation.responses ?? {}).some((it) => /^[45]|default/.test(it)),
  );

  expect(silent.map(({ door }) => door)).toEqual([]);
});
