import { expect, test } from 'vitest';
import { parseExactJson } from '../../src/fhir/exact-json.ts';
import { failureOf } from '../support/failures.ts';

test('a document of very many very small parts is too large, whatever its length', () => {
  const parts = (count: number): string => `{"a":[${'[1],'.repeat(count - 3)}[1]]}`;

  expect(() => parseExactJson(parts(400_000))).not.toThrow();
  expect(failureOf(() => parseExactJson(parts(400_001)))).toMatchObject({ code: 'too-large' });
});
