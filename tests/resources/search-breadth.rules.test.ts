import { expect, test } from 'vitest';
import { isBroadSearch } from '../../src/resources/search-breadth.rules.ts';

const id = '0'.repeat(32);

test.for<[query: string, isBroad: boolean]>([
  [`patient=${id}`, false],
  [`subject:Patient=${id}`, false],
  [`_id=${id},${id}`, false],
  ['identifier=urn:oid:1.2.3|4', false],
  [`code=718-7&patient=${id}`, false],
  ['code=718-7', true],
  ['', true],
  ['patient=', true],
  ['identifier=urn:oid:1.2.3|', true],
  ['identifier=urn:oid:1.2.3|4,urn:oid:1.2.3|', true],
  ['identifier:not=urn:oid:1.2.3|4', true],
  ['_id:not=x', true],
  ['subject:missing=false', true],
  ['encounter.status=finished', true],
  ['patient.birthdate=ge1900', true],
  ['subject:Patient.name=x', true],
])('%s goes over many patients: %s', ([query, isBroad]) => {
  expect(isBroadSearch([...new URLSearchParams(query)], false)).toBe(isBroad);
});

test('of the directory no search is broad', () => {
  expect(isBroadSearch([['name', 'x']], true)).toBe(false);
});
