import { expect, test } from 'vitest';
import type { Json } from '../../src/fhir/exact-json.ts';
import { RESOURCE_TYPES } from '../../src/fhir/resource-types.ts';
import { indexResource, searchParametersOf } from '../../src/fhir/search-index.ts';

const LOINC = { system: 'http://loinc.org', code: '6690-2' };

test.for<[string, Json, readonly string[]]>([
  [
    'an identifier, with and without its system',
    { resourceType: 'Patient', identifier: [{ system: 'urn:a', value: '1' }] },
    ['identifier=1', 'identifier=urn:a|1'],
  ],
  ['an identifier without a system', { resourceType: 'Patient', identifier: [{ value: '1' }] }, ['identifier=1', 'identifier=|1']],
  ['an identifier without a value', { resourceType: 'Patient', identifier: [{ system: 'urn:a' }] }, []],
  [
    'one identifier where a list should be',
    { resourceType: 'Encounter', identifier: { system: 'urn:a', value: '1' } },
    ['identifier=1', 'identifier=urn:a|1'],
  ],
  ['a code', { resourceType: 'Observation', status: 'final' }, ['status=final']],
  ['a boolean', { resourceType: 'Patient', active: false }, ['active=false']],
  ['a coding of a concept', { resourceType: 'Observation', code: { coding: [LOINC] } }, ['code=6690-2', 'code=http://loinc.org|6690-2']],
  ['a coding without a system', { resourceType: 'Observation', code: { coding: [{ code: 'WBC' }] } }, ['code=WBC', 'code=|WBC']],
  ['a concept that is text alone', { resourceType: 'Observation', code: { text: '白细胞' } }, []],
  [
    'two codings of two concepts',
    { resourceType: 'Observation', category: [{ coding: [{ code: 'a' }, { code: 'b' }] }, { coding: [{ code: 'c' }] }] },
    ['category=a', 'category=|a', 'category=b', 'category=|b', 'category=c', 'category=|c'],
  ],
  ['a Coding by itself', { resourceType: 'Encounter', class: { system: 'urn:c', code: 'AMB' } }, ['class=AMB', 'class=urn:c|AMB']],
  [
    'a coding inside of a list',
    {
      resourceType: 'ImagingStudy',
      series: [{ modality: { system: 'urn:m', code: 'CT' } }, { modality: { system: 'urn:m', code: 'CT' } }],
    },
    ['modality=CT', 'modality=urn:m|CT'],
  ],
  [
    'a patient as subject and as patient',
    { resourceType: 'Observation', subject: { reference: 'Patient/1' } },
    ['subject=Patient/1', 'patient=Patient/1'],
  ],
  ['a group as subject alone', { resourceType: 'Observation', subject: { reference: 'Group/1' } }, ['subject=Group/1']],
  [
    'a versioned reference',
    { resourceType: 'Observation', subject: { reference: 'Patient/1/_history/2' } },
    ['subject=Patient/1', 'patient=Patient/1'],
  ],
  ['a contained reference', { resourceType: 'Observation', subject: { reference: '#p' } }, []],
  [
    'references of a list',
    { resourceType: 'DiagnosticReport', result: [{ reference: 'Observation/1' }, { reference: 'Observation/2' }] },
    ['result=Observation/1', 'result=Observation/2'],
  ],
  [
    'a reference deep inside',
    { resourceType: 'Consent', provision: { actor: [{ reference: { reference: 'Organization/1' } }] } },
    ['actor=Organization/1'],
  ],
  [
    'elements of the wrong form',
    { resourceType: 'Observation', status: 5, code: 'x', subject: 'Patient/1', category: [[]] as never },
    ['code=x'],
  ],
  [
    'a type nobody gave parameters',
    { resourceType: 'Basic', code: { coding: [LOINC] }, identifier: [{ value: '1' }] },
    ['identifier=1', 'identifier=|1'],
  ],
])('found by: %s', ([, resource, tokens]) => {
  expect(indexResource(resource).tokens.toSorted()).toEqual(tokens.toSorted());
});

test.for<[string, Json, string | undefined, string | undefined]>([
  ['a day', { resourceType: 'Observation', effectiveDateTime: '2026-03-01' }, '2026-03-01T00:00:00.000Z', '2026-03-02T00:00:00.000Z'],
  ['a month', { resourceType: 'DiagnosticReport', effectiveDateTime: '2026-03' }, '2026-03-01T00:00:00.000Z', '2026-04-01T00:00:00.000Z'],
  [
    'an instant',
    { resourceType: 'Observation', effectiveInstant: '2026-03-01T08:00:00.5+08:00' },
    '2026-03-01T00:00:00.500Z',
    '2026-03-01T00:00:00.600Z',
  ],
  [
    'a period',
    { resourceType: 'Encounter', period: { start: '2026-03-01', end: '2026-03-02' } },
    '2026-03-01T00:00:00.000Z',
    '2026-03-03T00:00:00.000Z',
  ],
  [
    'a period without an end',
    { resourceType: 'Observation', effectivePeriod: { start: '2026-03-01' } },
    '2026-03-01T00:00:00.000Z',
    undefined,
  ],
  [
    'a period without a start',
    { resourceType: 'Observation', effectivePeriod: { end: '2026-03-01' } },
    undefined,
    '2026-03-02T00:00:00.000Z',
  ],
  [
    'a date inside',
    { resourceType: 'Specimen', collection: { collectedDateTime: '2026-03-01' } },
    '2026-03-01T00:00:00.000Z',
    '2026-03-02T00:00:00.000Z',
  ],
  ['a timing, which is no one time', { resourceType: 'Observation', effectiveTiming: { event: ['2026-03-01'] } }, undefined, undefined],
  ['no date', { resourceType: 'Observation', effectiveDateTime: 'yesterday' }, undefined, undefined],
  ['none at all', { resourceType: 'Observation' }, undefined, undefined],
])('its time: %s', ([, resource, from, until]) => {
  const { time } = indexResource(resource);

  expect([time.from?.toISOString(), time.until?.toISOString()]).toEqual([from, until]);
});

test('every type that has a date has one only, since the time of a resource is one', () => {
  const several = [...RESOURCE_TYPES].filter((type) => searchParametersOf(type).filter((it) => it.type === 'date').length > 1);

  expect(several).toEqual([]);
});

test('no type has two parameters of one name', () => {
  const doubled = [...RESOURCE_TYPES].filter((type) => {
    const names = searchParametersOf(type).map((it) => it.name);
    return new Set(names).size !== names.length;
  });

  expect(doubled).toEqual([]);
});
