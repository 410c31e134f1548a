import { describe, expect, test } from 'vitest';
import { acceptsJson, isJsonFormat, plainType, refusedParameter } from '../../src/faces/media-type.rules.ts';

describe('trap 30: what may be answered in JSON', () => {
  test.for<[string | undefined, boolean]>([
    [undefined, true],
    ['', true],
    [' , ', true],
    ['*/*', true],
    ['*/*;q=0.1', true],
    ['*/*;q=0', false],
    ['application/*', true],
    ['text/*', false],
    ['application/fhir+json', true],
    ['APPLICATION/FHIR+JSON', true],
    ['application/json', true],
    ['text/json', true],
    ['application/json+fhir', true],
    ['application/fhir+json;q=0', false],
    ['application/fhir+json;q=0.0, */*', false],
    ['application/json;q=0, */*', true],
    ['application/*;q=0, */*', false],
    ['application/*;q=0, application/fhir+json', true],
    ['application/fhir+xml, application/fhir+json;q=0.1', true],
    ['application/fhir+xml, application/xml', false],
    ['text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8', true],
    ['application/fhir+json; fhirVersion=4.0', true],
    ['application/fhir+json; fhirVersion="4.0"', true],
    ['application/fhir+json;fhirversion=4.0.1', true],
    ['application/fhir+json; fhirVersion=3.0', false],
    ['application/fhir+json; fhirVersion=40', false],
    ['application/fhir+json; fhirVersion=5.0, application/fhir+json; fhirVersion=4.0; q=0.5', true],
    ['application/fhir+json; fhirVersion=5.0, */*;q=0.1', true],
    ['application/fhir+json; charset=utf-8', true],
    ['nonsense', false],
  ])('Accept: %s is %s', ([accept, expected]) => {
    expect(acceptsJson(accept)).toBe(expected);
  });
});

test.for<[string, boolean]>([
  ['json', true],
  ['JSON', true],
  ['application/json', true],
  ['application/fhir+json', true],
  ['application/fhir json', true],
  ['application/fhir+json; fhirVersion=4.0', true],
  ['application/fhir+json; fhirVersion=3.0', false],
  ['application/json+fhir', true],
  ['text/json', true],
  ['xml', false],
  ['application/fhir+xml', false],
  ['ttl', false],
  ['text/turtle', false],
  ['html', false],
  ['', false],
  ['notjson', false],
])('_format=%s asks for JSON: %s', ([format, expected]) => {
  expect(isJsonFormat(format)).toBe(expected);
});

test.for<[string, ReturnType<typeof refusedParameter>]>([
  ['application/fhir+json', undefined],
  ['application/fhir+json; charset=UTF-8', undefined],
  ['application/fhir+json;charset="utf-8"', undefined],
  ['application/fhir+json; charset=gb18030', 'charset'],
  ['application/fhir+json; charset=', 'charset'],
  ['application/fhir+json; fhirVersion=4.0', undefined],
  ['application/fhir+json; fhirVersion=3.0', 'fhirVersion'],
  ['application/x-www-form-urlencoded; charset=iso-8859-1', 'charset'],
])('Content-Type: %s, refused for its %s', ([type, expected]) => {
  expect(refusedParameter(type)).toBe(expected);
});

test('every name of JSON is one media type', () => {
  expect(['Text/JSON; charset=utf-8', 'application/json', 'application/json-patch+json'].map(plainType)).toEqual([
    'application/fhir+json',
    'application/fhir+json',
    'application/json-patch+json',
  ]);
});
