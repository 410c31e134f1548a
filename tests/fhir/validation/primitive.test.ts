import { describe, expect, test } from 'vitest';
import { namesOf } from '../../../src/fhir/definitions/structures.ts';
import type { JsonValue } from '../../../src/fhir/exact-json.ts';
import { primitiveCheck } from '../../../src/fhir/validation/primitive.ts';

/** R4, 2.24.0.1: for each primitive type what is just in and what is just out. */
const FORMS: Readonly<Record<string, { readonly good: readonly JsonValue[]; readonly bad: readonly JsonValue[] }>> = {
  boolean: { good: [true, false], bad: ['true', 0, null, {}] },
  integer: { good: [0, -2147483648, 2147483647], bad: [2147483648, -2147483649, 1.5, '1'] },
  unsignedInt: { good: [0, 2147483647], bad: [-1, 0.5, 2147483648] },
  positiveInt: { good: [1, 2147483647], bad: [0, -1, 2147483648] },
  decimal: { good: [0, -1.5, 1e22], bad: ['1.0', true] },
  string: { good: ['a', ' a ', '中文\n', 'x'.repeat(1_048_576)], bad: ['', ' \n\t', 1, 'x'.repeat(1_048_577)] },
  markdown: { good: ['# a'], bad: ['', ' '] },
  code: { good: ['a', 'a b', 'a-b.c', '男'], bad: ['', ' a', 'a ', 'a  b', 'a\n\nb'] },
  id: { good: ['a', 'A-1.z', 'x'.repeat(64)], bad: ['', 'x'.repeat(65), 'a_b', 'a/b', '中'] },
  uri: { good: ['a', 'urn:x:y', 'http://a/b?c=d#e'], bad: ['', 'a b', 'a\n'] },
  url: { good: ['http://a'], bad: [' http://a'] },
  canonical: { good: ['http://a|1.0#x'], bad: ['http://a |1'] },
  oid: { good: ['urn:oid:1.2.3', 'urn:oid:2.16.156.10011'], bad: ['1.2.3', 'urn:oid:3.1', 'urn:oid:1.02', 'urn:oid:1', 'urn:oid:1.2.'] },
  uuid: {
    good: ['urn:uuid:c757873d-ec9a-4326-a141-556f43239520'],
    bad: ['c757873d-ec9a-4326-a141-556f43239520', 'urn:uuid:C757873D-EC9A-4326-A141-556F43239520', 'urn:uuid:c757873d'],
  },
  date: {
    good: ['2026', '2026-02', '2026-02-28', '2024-02-29', '2000-02-29', '0001-01-01'],
    bad: ['2026-02-29', '2100-02-29', '2026-04-31', '2026-13', '2026-00', '2026-1', '26-01-01', '0000', '2026-01-01T00:00:00Z', ''],
  },
  dateTime: {
    good: ['2026', '2026-02', '2026-02-28', '2026-02-28T00:00:00Z', '2026-02-28T23:59:60.123456789+14:00', '2026-02-28T08:00:00-13:59'],
    bad: [
      '2026-02-30',
      '2026-02-28T08:00:00',
      '2026-02-28T08:00Z',
      '2026-02-28T24:00:00Z',
      '2026-02-28T08:60:00Z',
      '2026-02-28T08:00:61Z',
      '2026-02-28T08:00:00.Z',
      '2026-02-28T08:00:00+14:01',
      '2026-02-28 08:00:00Z',
      '2026-02T08:00:00Z',
      '2026-02-30T08:00:00Z',
    ],
  },
  instant: {
    good: ['2026-02-28T08:00:00Z', '2026-02-28T08:00:00.1+08:00'],
    bad: ['2026-02-28', '2026-02-28T08:00:00', '2026-02-29T08:00:00Z'],
  },
  time: { good: ['00:00:00', '23:59:60', '08:30:00.5'], bad: ['24:00:00', '08:30', '08:30:00Z', '8:30:00'] },
  base64Binary: { good: ['YWJj', 'YWI=', 'YQ==', 'YW Jj\n', 'ab+/'], bad: ['', 'YWJ', 'YQ=', '=YQ=', 'YQ=a', 'ab-_', 'ä'] },
  xhtml: { good: ['<div xmlns="http://www.w3.org/1999/xhtml">a</div>'], bad: ['a', '', 1] },
};

test('every primitive type of R4 has a form', () => {
  expect(Object.keys(FORMS).sort()).toEqual([...namesOf('primitive-type')].sort());
});

describe.each(Object.entries(FORMS))('%s', (type, { good, bad }) => {
  test.each(good.map((it) => [shown(it), it]))('takes %s', (_, value) => {
    expect(primitiveCheck(type)(value as JsonValue)).toBeUndefined();
  });

  test.each(bad.map((it) => [shown(it), it]))('refuses %s', (_, value) => {
    const fault = primitiveCheck(type)(value as JsonValue);

    expect(fault?.en).toMatch(/^[a-z<]/);
    expect(fault?.zh).toMatch(/\p{Script=Han}/u);
  });
});

function shown(value: JsonValue): string {
  const text = JSON.stringify(value);
  return text.length > 50 ? `${text.slice(0, 20)}… (${text.length - 2})` : text;
}
