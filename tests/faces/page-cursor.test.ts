import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeCursor, decodePlace, encodeCursor, encodePlace, MOMENT_PART, NUMBER_PART } from '../../src/faces/page-cursor.ts';
import { Failure } from '../../src/failure.ts';
import { freshNumber } from '../../src/resources/resource-id.ts';

const FORMS = [MOMENT_PART, NUMBER_PART];

test('a cursor comes back as it was given out', () => {
  fc.assert(
    fc.property(fc.date({ min: new Date('1970-01-01T00:00:00Z'), max: new Date('2999-01-01T00:00:00Z'), noInvalidDate: true }), (date) => {
      const parts = [date.toISOString(), String(freshNumber())];
      expect(decodeCursor(encodeCursor(parts), FORMS)).toEqual(parts);
    }),
  );
});

test('a place comes back as it was given out, and none as none', () => {
  const place = { at: new Date('2026-03-01T00:30:00.123Z'), id: freshNumber() };

  expect(decodePlace(encodePlace(place))).toEqual(place);
  expect(decodePlace(encodePlace(undefined))).toBeUndefined();
});

test('what is no place is refused at the parameter it came by', () => {
  expect(() => decodePlace('x', '_after')).toThrow(expect.objectContaining({ issues: [expect.objectContaining({ path: '_after' })] }));
});

test.for<[string, string]>([
  ['nonsense', 'x'],
  ['no list', Buffer.from('{"a":1}').toString('base64url')],
  ['too few parts', encodeCursor(['1'])],
  ['too many parts', encodeCursor(['2026-03-01T00:00:00.000Z', '1', '2'])],
  ['a day that is none', encodeCursor(['2026-13-01T00:00:00.000Z', '1'])],
  ['an hour that is none', encodeCursor(['2026-03-01T99:00:00.000Z', '1'])],
  ['a number beyond 63 bits', encodeCursor(['2026-03-01T00:00:00.000Z', '9999999999999999999'])],
])('%s is no cursor', ([, cursor]) => {
  expect(() => decodeCursor(cursor, FORMS)).toThrow(Failure);
});

test('any text is either read or refused', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      try {
        expect(decodeCursor(text, FORMS)).toHaveLength(2);
      } catch (error) {
        expect(error).toMatchObject({ code: 'parameter-invalid' });
      }
    }),
  );
});
