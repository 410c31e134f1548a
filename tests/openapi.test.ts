import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { describeApi } from '../src/cli/describe-api.ts';

interface Operation {
  readonly operationId?: string;
  readonly summary?: string;
  readonly tags?: readonly string[];
  readonly responses?: Readonly<Record<string, unknown>>;
}

const text = await describeApi();
const description = JSON.parse(text) as { openapi: string; paths: Record<string, Record<string, Operation>> };
const operations = Object.entries(description.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ door: `${method.toUpperCase()} ${path}`, operation })),
);

test('openapi/openapi.json says what the routes do (if not: npm run openapi)', async () => {
  expect(await readFile(new URL('../openapi/openapi.json', import.meta.url), 'utf8')).toBe(text);
});

test('every door says what it is for and what it answers', () => {
  expect(description.openapi).toBe('3.1.0');
  const silent = operations.filter(({ operation: { operationId, summary, tags, responses } }) => {
    return !operationId || !summary || !tags?.length || !responses || Object.keys(responses).length === 0;
  });

  expect(silent.map(({ door }) => door)).toEqual([]);
});

test('every flat door describes its failures as a Problem', () => {
  const silent = operations.filter(
    ({ door, operation }) => door.includes(' /v1/') && !Object.keys(operation.responses ?? {}).some((it) => /^[45]|default/.test(it)),
  );

  expect(silent.map(({ door }) => door)).toEqual([]);
});
