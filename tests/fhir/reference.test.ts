import { expect, test } from 'vitest';
import type { Json } from '../../src/fhir/exact-json.ts';
import { linksOf, pathTo, type ReferenceForm, readIdentifierCriteria, readReference } from '../../src/fhir/reference.ts';

const BASE = 'https://exchange.example/fhir';
const URN = 'urn:uuid:6f1a7a4e-1f0e-4bb0-9c7a-1f0e4bb09c7a';

test.for<[string, string, ReferenceForm]>([
  ['a type and an id', 'Patient/1a', { kind: 'literal', type: 'Patient', id: '1a', version: undefined }],
  ['one with a version', 'Patient/1a/_history/3', { kind: 'literal', type: 'Patient', id: '1a', version: '3' }],
  ['an absolute one below our own address', `${BASE}/Patient/1a`, { kind: 'literal', type: 'Patient', id: '1a', version: undefined }],
  ['an absolute one elsewhere', 'https://other.example/fhir/Patient/1a', { kind: 'external' }],
  ['an address that only begins like ours', `${BASE}x/Patient/1a`, { kind: 'external' }],
  ['an entry of the Bundle', URN, { kind: 'urn', urn: URN }],
  ['an entry by its OID', 'urn:oid:1.2.3', { kind: 'urn', urn: 'urn:oid:1.2.3' }],
  ['another urn', 'urn:ietf:rfc:3986', { kind: 'external' }],
  ['a contained resource', '#doctor', { kind: 'contained' }],
  ['the container itself', '#', { kind: 'contained' }],
  ['a condition', 'Patient?identifier=a|b', { kind: 'conditional', type: 'Patient', criteria: 'identifier=a|b' }],
  [
    'a condition with a slash in it',
    'Patient?identifier=http://a/b|c',
    { kind: 'conditional', type: 'Patient', criteria: 'identifier=http://a/b|c' },
  ],
  ['an id with 64 characters', `Patient/${'a'.repeat(64)}`, { kind: 'literal', type: 'Patient', id: 'a'.repeat(64), version: undefined }],
  ['an id with 65 characters', `Patient/${'a'.repeat(65)}`, { kind: 'external' }],
  ['a type alone', 'Patient', { kind: 'external' }],
  ['a small letter', 'patient/1', { kind: 'external' }],
])('%s', ([, text, form]) => {
  expect(readReference(text, BASE)).toEqual(form);
});

test.for<[string, string, { system: string; value: string } | undefined]>([
  ['system and value', 'identifier=urn:a|b', { system: 'urn:a', value: 'b' }],
  ['a bar in the value', 'identifier=urn:a|b|c', { system: 'urn:a', value: 'b|c' }],
  ['percent-encoded', 'identifier=http%3A%2F%2Fa%7C%E5%BC%A0', { system: 'http://a', value: '张' }],
  ['a plus, which is no space', 'identifier=urn:a|b+c', { system: 'urn:a', value: 'b+c' }],
  ['a space', 'identifier=urn:a|b%20c', { system: 'urn:a', value: 'b c' }],
  ['no system, said so', 'identifier=|b', { system: '', value: 'b' }],
  ['a comma of the value', 'identifier=urn:a|b\\,c', { system: 'urn:a', value: 'b,c' }],
  ['whatever system', 'identifier=b', undefined],
  ['two alternatives', 'identifier=urn:a|b,urn:a|c', undefined],
  ['a system alone', 'identifier=urn:a|', undefined],
  ['nothing', 'identifier=', undefined],
  ['another parameter', 'name=b', undefined],
  ['a second parameter', 'identifier=urn:a|b&active=true', undefined],
  ['the same twice', 'identifier=urn:a|b&identifier=urn:a|b', undefined],
  ['a modifier', 'identifier:exact=urn:a|b', undefined],
])('a criterion: %s', ([, criteria, identifier]) => {
  expect(readIdentifierCriteria(criteria)).toEqual(identifier);
});

const RESOURCE: Json = {
  resourceType: 'Observation',
  implicitRules: URN,
  text: { status: 'generated', div: `<div xmlns="http://www.w3.org/1999/xhtml"><a href="${URN}">x</a></div>` },
  contained: [
    { resourceType: 'Practitioner', id: 'p', photo: [{ url: URN }], extension: [{ url: 'http://a', valueReference: { reference: URN } }] },
  ],
  extension: [
    { url: 'http://a', valueUri: URN },
    { url: 'http://b', valueUrl: URN },
    { url: 'http://c', valueUuid: URN },
    { url: 'http://d', valueOid: 'urn:oid:1.2' },
    { url: 'http://e', valueCanonical: URN },
    { url: 'http://f', valueString: URN },
  ],
  subject: { reference: URN },
  derivedFrom: [{ reference: 'Observation/1' }, { identifier: { system: URN, value: URN } }],
  instantiatesUri: URN,
  instantiatesCanonical: URN,
};

test('every link of a resource is found: references, uris, the narrative; no canonicals, no identifiers, no texts', () => {
  expect(
    linksOf(RESOURCE)
      .map((it) => `${it.kind} ${pathTo(RESOURCE, it)}`)
      .toSorted(),
  ).toEqual(
    [
      'narrative text.div',
      'uri contained[0].photo[0].url',
      'reference contained[0].extension[0].valueReference.reference',
      'uri extension[0].valueUri',
      'uri extension[1].valueUrl',
      'uri extension[2].valueUuid',
      'uri extension[3].valueOid',
      'reference subject.reference',
      'reference derivedFrom[0].reference',
      'uri instantiatesUri',
    ].toSorted(),
  );
});

test('the places of many links are found in one walk', () => {
  const entry = Array.from({ length: 30_000 }, (_, at) => ({ item: { reference: `Patient?identifier=urn:x|${at}` } }));
  const list = { resourceType: 'List', entry };

  const places = linksOf(list).map((it) => pathTo(list, it));

  expect(places.at(-1)).toBe('entry[29999].item.reference');
  expect(new Set(places).size).toBe(30_000);
});
