import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Decimal, jsonText, type Sendable } from '../../../src/cli/demo/json-text.ts';

test('what JSON knows is written as JSON.stringify writes it', () => {
  const plain = fc.letrec<{ value: Sendable }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 4 },
      fc.string({ unit: 'binary' }),
      fc.boolean(),
      fc.integer(),
      fc.array(tie('value')),
      fc.dictionary(fc.string(), fc.oneof(tie('value'), fc.constant(undefined))),
    ),
  })).value;
  fc.assert(
    fc.property(plain, (value) => {
      expect(jsonText(value)).toBe(JSON.stringify(value));
    }),
  );
});

test('a decimal keeps the digits of the instrument', () => {
  expect(jsonText({ value: new Decimal('6.10'), low: new Decimal('0.000'), high: new Decimal('-12.50') })).toBe(
    '{"value":6.10,"low":0.000,"high":-12.50}',
  );
});

test.for(['', '06.1', '.5', '5.', '1e3', '+1', '1,5', ' 1', '１', 'NaN'])('"%s" is no decimal', (digits) => {
  expect(() => new Decimal(digits)).toThrow(RangeError);
});
