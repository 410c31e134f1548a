import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isUscc, normaliseUscc, usccCheckSign } from '../../src/institutions/uscc.rules.ts';

const SIGNS = [...'0123456789ABCDEFGHJKLMNPQRTUWXY'];

/** First 17 signs of a well-formed code. */
const first17 = fc
  .tuple(
    fc.array(fc.constantFrom(...SIGNS), { minLength: 2, maxLength: 2 }),
    fc.array(fc.constantFrom(...SIGNS.slice(0, 10)), { minLength: 6, maxLength: 6 }),
    fc.array(fc.constantFrom(...SIGNS), { minLength: 9, maxLength: 9 }),
  )
  .map((parts) => parts.flat().join(''));

describe('统一社会信用代码 (GB 32100)', () => {
  test.for<[string, string, boolean]>([
    ['a commission', '11500000MB1670604W', true],
    ['a commission of a district', '11500103MB1849823N', true],
    ['a hospital', '12330000470051726F', true],
    ['the last sign wrong', '12330000470051726G', false],
    ['one figure wrong', '12330000470051727F', false],
    ['two neighbours exchanged', '12330000470057126F', false],
    ['17 signs', '1233000047005172F', false],
    ['19 signs', '12330000470051726FF', false],
    ['a letter that GB 32100 leaves out', '1I330000470051726F', false],
    ['a letter in the division', '123300A0470051726F', false],
    ['lower case, which is not normalised', '12330000470051726f', false],
    ['nothing', '', false],
  ])('%s', ([, text, expected]) => {
    expect(isUscc(text)).toBe(expected);
  });

  test('the check sign makes a valid code, and every other sign in its place an invalid one', () => {
    fc.assert(
      fc.property(first17, fc.constantFrom(...SIGNS), (text, other) => {
        expect(isUscc(text + usccCheckSign(text))).toBe(true);
        expect(isUscc(text + other)).toBe(other === usccCheckSign(text));
      }),
    );
  });

  test('one changed sign is always found', () => {
    fc.assert(
      fc.property(first17, fc.nat({ max: 16 }), fc.constantFrom(...SIGNS), (text, place, sign) => {
        const valid = text + usccCheckSign(text);
        const changed = valid.slice(0, place) + sign + valid.slice(place + 1);
        expect(isUscc(changed)).toBe(changed === valid);
      }),
    );
  });

  test.for<[string, string]>([
    ['full-width signs', '１２３３００００４７００５１７２６Ｆ'],
    ['lower case', '12330000470051726f'],
    ['spaces in between', ' 1233 0000 4700 5172 6F '],
    ['an ideographic space', '12330000　470051726F'],
  ])('%s are written alike', ([, text]) => {
    expect(normaliseUscc(text)).toBe('12330000470051726F');
  });
});
