import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type ExactDocument, type Json, parseExactJson } from '../../src/fhir/exact-json.ts';
import { failureOf } from '../support/failures.ts';
import { fhirObject, writeLoosely } from '../support/fhir-json.ts';

const nested = (levels: number): string => `${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`;
const lists = (levels: number): string => `{"a":${'['.repeat(levels)}1${']'.repeat(levels)}}`;

test.for<[string, string, string, string]>([
  ['an object whose member appears twice', '{"a":1,"b":2,"a":3}', '$', 'line 1, column 14: "a" appears twice'],
  ['the same name written in two ways', '{"a":1,"\\u0061":2}', '$', 'line 1, column 8: "a" appears twice'],
  ['a comma after the last member', '{"a":1,}', '$', 'line 1, column 8: a comma before the closing bracket is not allowed'],
  ['a comma after the last element', '{"a":[1,]}', '$.a', 'line 1, column 9: a comma before the closing bracket is not allowed'],
  ['a comma before the first member', '{,"a":1}', '$', 'line 1, column 2: a member name in double quotes was expected'],
  ['two commas', '{"a":[1,,2]}', '$.a[1]', 'line 1, column 9: a JSON value was expected'],
  ['a comment of a line', '{"a": // x\n1}', '$.a', 'line 1, column 7: comments are not allowed'],
  ['a comment in stars', '{"a": /* x */ 1}', '$.a', 'line 1, column 7: comments are not allowed'],
  ['a comment before a name', '{/* x */"a":1}', '$', 'line 1, column 2: a member name in double quotes was expected'],
  ['a byte order mark', '\ufeff{"a":1}', '$', 'line 1, column 1: a byte order mark is not allowed'],
  ['null as a value', '{"a":null}', '$.a', 'line 1, column 6: null is not allowed here; leave the element out'],
  ['an empty list', '{"a":[]}', '$.a', 'line 1, column 7: an empty array is not allowed'],
  ['an empty list with space in it', '{"a":[ \n ]}', '$.a', 'line 2, column 2: an empty array is not allowed'],
  ['an empty object', '{}', '$', 'line 1, column 2: an empty object is not allowed'],
  ['an empty object inside', '{"a":{}}', '$.a', 'line 1, column 7: an empty object is not allowed'],
  ['a tab inside of a string', '{"a":"x\ty"}', '$.a', 'line 1, column 8: a control character stands unescaped in a string'],
  ['a line break inside of a string', '{"a":"x\ny"}', '$.a', 'line 1, column 8: a control character stands unescaped in a string'],
  ['a NUL inside of a string', '{"a":"\0"}', '$.a', 'line 1, column 7: a control character stands unescaped in a string'],
  ['a string that does not end', '{"a":"x', '$.a', 'line 1, column 6: a string is not closed'],
  ['a string that ends in a backslash', '{"a":"x\\', '$.a', 'line 1, column 6: a string is not closed'],
  ['an escape JSON does not know', '{"a":"\\x41"}', '$.a', 'line 1, column 6: a string holds an escape that JSON does not know'],
  ['half an escape', '{"a":"\\u00"}', '$.a', 'line 1, column 6: a string holds an escape that JSON does not know'],
  [
    'a NUL in an escape',
    '{"a":"x\\u0000"}',
    '$.a',
    'line 1, column 6: a string holds a character that FHIR does not allow (a control character, or half of a character)',
  ],
  [
    'a bell in an escape',
    '{"a":"\\u0007"}',
    '$.a',
    'line 1, column 6: a string holds a character that FHIR does not allow (a control character, or half of a character)',
  ],
  [
    'the first half of a character',
    '{"a":"\\ud83d"}',
    '$.a',
    'line 1, column 6: a string holds a character that FHIR does not allow (a control character, or half of a character)',
  ],
  [
    'the second half of a character',
    '{"a":"\\ude00x"}',
    '$.a',
    'line 1, column 6: a string holds a character that FHIR does not allow (a control character, or half of a character)',
  ],
  [
    'a NUL in a name',
    '{"\\u0000":1}',
    '$',
    'line 1, column 2: a string holds a character that FHIR does not allow (a control character, or half of a character)',
  ],
  ['a name without quotes', '{a:1}', '$', 'line 1, column 2: a member name in double quotes was expected'],
  ['a name in single quotes', "{'a':1}", '$', 'line 1, column 2: a member name in double quotes was expected'],
  ['a missing colon', '{"a" 1}', '$', 'line 1, column 6: ":" was expected'],
  ['a missing comma', '{"a":1 "b":2}', '$', 'line 1, column 8: "," or "}" was expected'],
  ['the wrong bracket', '{"a":[1}}', '$.a', 'line 1, column 8: "," or "]" was expected'],
  ['a word that is none', '{"a":yes}', '$.a', 'line 1, column 6: a JSON value was expected'],
  ['NaN', '{"a":NaN}', '$.a', 'line 1, column 6: a JSON value was expected'],
  ['a word that only begins well', '{"a":truest}', '$', 'line 1, column 10: "," or "}" was expected'],
  ['text after the end', '{"a":1} x', '$', 'line 1, column 9: there is text after the end of the document'],
  ['a second document', '{"a":1}{"b":2}', '$', 'line 1, column 8: there is text after the end of the document'],
  ['nothing', '', '$', 'line 1, column 1: a JSON object was expected'],
  ['a list', '[{"a":1}]', '$', 'line 1, column 1: a JSON object was expected'],
  ['a lone string', '"a"', '$', 'line 1, column 1: a JSON object was expected'],
  ['a lone number', '1', '$', 'line 1, column 1: a JSON object was expected'],
  ['a lone null', 'null', '$', 'line 1, column 1: a JSON object was expected'],
  ['an end too early', '{"a":', '$.a', 'line 1, column 6: the document ends too early'],
  ['a name that would become a prototype', '{"__proto__":{"x":1}}', '$', 'line 1, column 2: the name "__proto__" is not allowed'],
  ['one level too many', nested(101), `$${'.a'.repeat(100)}`, 'line 1, column 501: more than 100 levels are nested'],
  ['one level too many, in lists', lists(100), `$.a${'[0]'.repeat(99)}`, 'line 1, column 105: more than 100 levels are nested'],
  ['a space that JSON does not have', '{"a":\u00a01}', '$.a', 'line 1, column 6: a JSON value was expected'],
])('refused with its place: %s', ([, text, path, said]) => {
  const failure = failureOf(() => parseExactJson(text));

  expect(failure.code).toBe('malformed');
  expect(failure.issues).toEqual([{ path, en: said, zh: expect.stringMatching(/^第 \d+ 行第 \d+ 列：\p{Script=Han}/u) }]);
});

test.for([
  '01',
  '+1',
  '1.',
  '.5',
  '1e',
  '1e+',
  '0x1F',
  '1_000',
  '-',
  '--1',
  '1.2.3',
  'Infinity',
  '-Infinity',
  '1a',
  '00',
  '-01',
  '1E5.5',
  '１',
])('not a number as JSON writes it: %s', (digits) => {
  expect(failureOf(() => parseExactJson(`{"value":${digits}}`)).issues[0]?.path).toMatch(/^\$/);
});

test.for(['0', '-0', '1', '-1', '6.10', '1e2', '1E+2', '1.0e-10', '0.000', '123456789012345678901234567890.12345678901234567890'])(
  'a number as JSON writes it keeps its digits: %s',
  (digits) => {
    const { value, spans, text } = parseExactJson(`{"value":${digits}}`);
    const place = spans.get(value)?.members.get('value');

    expect(text.slice(place?.start, place?.end)).toBe(digits);
    expect(value['value']).toBe(Number(digits));
  },
);

test('a hundred levels are taken', () => {
  expect(parseExactJson(nested(100)).value).toHaveProperty(Array(100).fill('a'), 1);
  expect(parseExactJson(lists(99)).value).toHaveProperty('a');
});

test('null is taken inside of a list, where FHIR aligns values with their extensions', () => {
  expect(parseExactJson('{"given":["a",null],"_given":[null,{"id":"x"}]}').value).toEqual({
    given: ['a', null],
    _given: [null, { id: 'x' }],
  });
});

test('a tab, line breaks and characters in two halves are taken in escapes', () => {
  expect(parseExactJson('{"a":"\\t\\n\\r\\u0009\\ud83d\\ude00\\u007f"}').value).toEqual({ a: '\t\n\r\t😀\u007f' });
});

test('names of the object prototype are names like any other', () => {
  const { value } = parseExactJson('{"constructor":"a","toString":"b","hasOwnProperty":"c"}');

  expect(Object.entries(value)).toEqual([
    ['constructor', 'a'],
    ['toString', 'b'],
    ['hasOwnProperty', 'c'],
  ]);
});

test('the place of a fault is told by line, column and path, whatever the line ends', () => {
  const failure = failureOf(() => parseExactJson('{\r\n  "entry": [\r\n    { "resource": {\r\n      "value": 01 } } ] }', 'Bundle'));

  expect(failure.issues).toMatchObject([
    { path: 'Bundle.entry[0].resource.value', en: 'line 4, column 16: a number is not written as JSON writes it' },
  ]);
});

test('what is valid is read as JSON.parse reads it, however it is written', () => {
  fc.assert(
    fc.property(fhirObject, fc.infiniteStream(fc.nat(29)), (value, choices) => {
      const text = writeLoosely(value, () => choices.next().value as number);

      expect(parseExactJson(text).value).toStrictEqual(JSON.parse(text));
    }),
    { numRuns: 300 },
  );
});

test('every span is the text of its value', () => {
  fc.assert(
    fc.property(fhirObject, fc.infiniteStream(fc.nat(29)), (value, choices) => {
      const document = parseExactJson(writeLoosely(value, () => choices.next().value as number));

      for (const holder of holdersIn(document.value)) {
        for (const [read, place] of placesOf(document, holder))
          expect(JSON.parse(document.text.slice(place.start, place.end))).toStrictEqual(read);
      }
    }),
    { numRuns: 100 },
  );
});

/** The objects and arrays of a value, itself among them. */
function holdersIn(value: unknown): readonly object[] {
  return typeof value === 'object' && value !== null ? [value, ...Object.values(value).flatMap(holdersIn)] : [];
}

test('what is not of the document has no span in it', () => {
  const document = parseExactJson('{"a":{"b":1}}');

  expect(document.spans.get({ b: 1 })).toBeUndefined();
});

function placesOf(document: ExactDocument, holder: object): readonly [unknown, { start: number; end: number }][] {
  const span = document.spans.get(holder);
  if (!span) throw new Error('no span');
  if (Array.isArray(holder)) return holder.map((it, index) => [it, span.elements[index] as { start: number; end: number }]);
  return Object.entries(holder as Json).map(([name, it]) => [it, span.members.get(name) as { start: number; end: number }]);
}

test('any other text is refused with a Failure and nothing else; what JSON.parse refuses is refused here', () => {
  const broken = fc
    .tuple(fhirObject, fc.nat(), fc.constantFrom('', ',', '"', '{', ']', 'null', '\u0000', '\\'))
    .map(([value, at, insert]) => {
      const text = JSON.stringify(value);
      const place = at % (text.length + 1);
      return text.slice(0, place) + insert + text.slice(place + (insert === '' ? 1 : 0));
    });
  fc.assert(
    fc.property(fc.oneof(broken, fc.string({ unit: 'binary' })), (text) => {
      let read: Json;
      try {
        read = parseExactJson(text).value;
      } catch (error) {
        expect(error).toMatchObject({ name: 'Failure', code: 'malformed' });
        return;
      }
      expect(read).toStrictEqual(JSON.parse(text));
    }),
    { numRuns: 500 },
  );
});
