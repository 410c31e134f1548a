import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bytesOf, parted } from '../../src/fhir/text-pieces.ts';

const piece = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.integer({ min: 0, max: 90_000 }).map((it) => '查'.repeat(it)),
);

test('pieces are written as the text they make up, whatever their lengths', () => {
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
      expect(bytesOf(pieces).equals(Buffer.from(pieces.join('')))).toBe(true);
    }),
    { numRuns: 60 },
  );
});

test('no pieces are no bytes', () => {
  expect(bytesOf([])).toHaveLength(0);
  expect(bytesOf([''])).toHaveLength(0);
});

test('what is parted has a comma between every two', () => {
  expect(parted([]).join('')).toBe('');
  expect(parted([['{', '}']]).join('')).toBe('{}');
  expect(parted([['{', '}'], ['1'], ['2']]).join('')).toBe('{},1,2');
});
