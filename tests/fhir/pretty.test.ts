import fc from 'fast-check';
import { expect, test } from 'vitest';
import { prettyText } from '../../src/fhir/pretty.ts';
import { fhirObject, writeLoosely } from '../support/fhir-json.ts';

/** The tokens of JSON text, as they are written. */
const tokensOf = (text: string): readonly string[] => text.match(/"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/g) ?? [];

test('only the white space between tokens changes, to the last digit and escape', () => {
  fc.assert(
    fc.property(fhirObject, fc.infiniteStream(fc.nat(29)), (value, choices) => {
      const text = writeLoosely(value, () => choices.next().value as number);

      const pretty = prettyText(text);

      expect(tokensOf(pretty)).toEqual(tokensOf(text));
      // The layout itself is that of everybody, wherever nothing is written in a way of its own.
      expect(prettyText(JSON.stringify(value))).toBe(JSON.stringify(value, undefined, 2));
      expect(prettyText(pretty)).toBe(pretty);
    }),
  );
});

test('numbers keep every digit, strings every escape and bracket', () => {
  expect(prettyText('{"a":[1.10,1e2,-0.0, 12345678901234567890.123456789],"b":"\\u4e2d{\\"x\\": [1,2]}\\\\","c":{ } ,"d":[\n]}')).toBe(
    [
      '{',
      '  "a": [',
      '    1.10,',
      '    1e2,',
      '    -0.0,',
      '    12345678901234567890.123456789',
      '  ],',
      '  "b": "\\u4e2d{\\"x\\": [1,2]}\\\\",',
      '  "c": {},',
      '  "d": []',
      '}',
    ].join('\n'),
  );
});
