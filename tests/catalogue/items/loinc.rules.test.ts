import { expect, test } from 'vitest';
import { isLoinc } from '../../../src/catalogue/items/loinc.rules.ts';

test.for<[string, boolean]>([
  ['6690-2', true],
  ['6690-3', false],
  ['58410-2', true],
  ['94500-6', true],
  ['789-8', true],
  ['788-8', false],
  ['1-8', true],
  ['12345678-9', false],
  ['66902', false],
  ['6690-', false],
  ['-2', false],
  ['LP6690-2', false],
  ['', false],
])('%s is a LOINC code: %s', ([code, is]) => {
  expect(isLoinc(code)).toBe(is);
});
