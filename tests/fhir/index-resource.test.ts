import { expect, test } from 'vitest';
import type { Json } from '../../src/fhir/exact-json.ts';
import { indexResource } from '../../src/fhir/index-resource.ts';
import { localReferenceAt, pathNumber, presenceAt, tokenAt, unitNumber } from '../../src/fhir/search-hash.ts';

const LOINC = { system: 'http://loinc.org', code: '6690-2' };
const ID = '12345678123456780000000000000001';

/** Tokens by what they say: `path=text`, `path>Type/id` for local references, `path?` for what is there and nothing more. */
function token(said: string): string {
  const [, path = '', sign, text = ''] = /^((?:[^=>?(]|\([^)]*\))+)([=>?])(.*)$/s.exec(said) ?? [];
  const number = pathNumber(path);
  if (sign === '?') return presenceAt(number);
  if (sign === '=') return tokenAt(number, text);
  const [type = '', id = ''] = text.split('/');
  return localReferenceAt(number, type, id) ?? 'no local reference';
}

test.for<[string, Json, readonly string[]]>([
  ['a code', { resourceType: 'Observation', status: 'final' }, ['status=final']],
  ['a boolean', { resourceType: 'Patient', active: false }, ['active=false']],
  [
    'a coding: by code, by both, by system',
    { resourceType: 'Observation', code: { coding: [LOINC] } },
    ['code=6690-2', 'code=http://loinc.org|6690-2', 'code=http://loinc.org|'],
  ],
  [
    'a coding whose code has a bar in it, which is no code of a system',
    { resourceType: 'Observation', code: { coding: [{ code: 'urn:c|A' }] } },
    ['code=urn:c\\|A', 'code=|urn:c\\|A'],
  ],
  ['a coding without a system', { resourceType: 'Observation', code: { coding: [{ code: 'WBC' }] } }, ['code=WBC', 'code=|WBC']],
  ['a concept that is text alone', { resourceType: 'Observation', code: { text: '白细胞' } }, ['code?']],
  [
    'a Coding by itself',
    { resourceType: 'Encounter', class: { system: 'urn:c', code: 'AMB' } },
    ['class=AMB', 'class=urn:c|AMB', 'class=urn:c|'],
  ],
  [
    'codings inside of a list, each once',
    {
      resourceType: 'ImagingStudy',
      series: [{ modality: { system: 'urn:m', code: 'CT' } }, { modality: { system: 'urn:m', code: 'CT' } }],
    },
    ['series.modality=CT', 'series.modality=urn:m|CT', 'series.modality=urn:m|'],
  ],
  [
    'an identifier, also with its type',
    {
      resourceType: 'Observation',
      identifier: [{ system: 'urn:a', value: '1', type: { coding: [{ system: 'urn:t', code: 'MR' }] } }],
    },
    ['identifier=1', 'identifier=urn:a|1', 'identifier=urn:a|', 'identifier:of-type=urn:t|MR|1'],
  ],
  ['one identifier where a list should be', { resourceType: 'Observation', identifier: { value: '1' } }, ['identifier=1', 'identifier=|1']],
  ['an identifier without a value', { resourceType: 'Observation', identifier: [{ system: 'urn:a' }] }, ['identifier=urn:a|']],
  [
    'a phone, by its use too, and apart from other ways',
    { resourceType: 'Practitioner', telecom: [{ system: 'phone', use: 'work', value: '23' }] },
    ['telecom', "telecom.where(system='phone')"].flatMap((it) => [`${it}=23`, `${it}=work|23`, `${it}=work|`]),
  ],
  [
    'a local reference, and of which type it is',
    { resourceType: 'Observation', subject: { reference: `Patient/${ID}` } },
    [`subject>Patient/${ID}`, 'subject:type=Patient'],
  ],
  [
    'a reference to a version',
    { resourceType: 'Observation', specimen: { reference: `Specimen/${ID}/_history/2` } },
    [`specimen>Specimen/${ID}`, `specimen=Specimen/${ID}/_history/2`],
  ],
  ['a reference to an id of others', { resourceType: 'Observation', specimen: { reference: 'Specimen/1' } }, ['specimen=Specimen/1']],
  [
    'an absolute reference',
    { resourceType: 'Observation', subject: { reference: `https://a.example/fhir/Patient/${ID}` } },
    [`subject=https://a.example/fhir/Patient/${ID}`, 'subject:type=Patient'],
  ],
  ['a urn', { resourceType: 'Observation', specimen: { reference: 'urn:uuid:1' } }, ['specimen=urn:uuid:1']],
  ['a contained reference', { resourceType: 'Observation', specimen: { reference: '#p' } }, ['specimen?']],
  [
    'a reference by identifier',
    { resourceType: 'Observation', subject: { type: 'Patient', identifier: { system: 'urn:a', value: '1' } } },
    ['subject?', 'subject:identifier=1', 'subject:identifier=urn:a|1', 'subject:identifier=urn:a|', 'subject:type=Patient'],
  ],
  ['a reference that is shown alone', { resourceType: 'Observation', specimen: { display: 'serum' } }, ['specimen?']],
  [
    'a canonical with a version',
    { resourceType: 'Observation', meta: { profile: ['http://a/p|2'] } },
    ['meta.profile=http://a/p|2', 'meta.profile=http://a/p'],
  ],
  ['a name, exactly', { resourceType: 'Organization', name: 'Zhōngshān 医院' }, ['name:exact=Zhōngshān 医院']],
  ['who is dead, by whatever form', { resourceType: 'Patient', deceasedDateTime: '2020' }, ['deceasedDateTime=true']],
  ['who is not dead', { resourceType: 'Patient', deceasedBoolean: false }, []],
  [
    'a coded component beside its value',
    {
      resourceType: 'Observation',
      component: [
        { code: { coding: [{ code: 'a' }] }, valueCodeableConcept: { coding: [{ code: 'x' }] } },
        { code: { coding: [{ code: 'b' }] } },
      ],
    },
    [
      'component.code=a',
      'component.code=|a',
      'component.code=b',
      'component.code=|b',
      'component.valueCodeableConcept=x',
      'component.valueCodeableConcept=|x',
      ...['a', '|a'].flatMap((code) =>
        ['x', '|x'].map((value) => `component(component.code$component.valueCodeableConcept)=${code}$${value}`),
      ),
    ],
  ],
  [
    'elements of the wrong form',
    { resourceType: 'Observation', code: 'x', subject: 'Patient/1', status: {} },
    ['code?', 'subject?', 'status?'],
  ],
  ['a type nobody knows', { resourceType: 'Nothing', code: { coding: [LOINC] } }, []],
])('found by: %s', ([, resource, said]) => {
  const tokens = said.map(token);

  expect(indexResource(resource).tokens.toSorted()).toEqual(tokens.toSorted());
});

const KG = { value: 1.1, unit: 'Kg', system: 'http://unitsofmeasure.org', code: 'kg' };
const UNITS = ['http://unitsofmeasure.org|kg', '|kg', '|Kg'].map(unitNumber);
const NO_UNITS = ['0', '0', '0'];

test.for<[string, Json, readonly (readonly string[])[]]>([
  ['a quantity', { resourceType: 'Observation', valueQuantity: KG }, [['valueQuantity', '1.1', '1.1', ...UNITS]]],
  [
    'less than a quantity',
    { resourceType: 'Observation', valueQuantity: { value: 5, comparator: '<' } },
    [['valueQuantity', '-Infinity', '5', ...NO_UNITS]],
  ],
  [
    'at least a quantity',
    { resourceType: 'Observation', valueQuantity: { value: 5, comparator: '>=' } },
    [['valueQuantity', '5', 'Infinity', ...NO_UNITS]],
  ],
  [
    'very small and very large',
    { resourceType: 'Observation', valueQuantity: { value: 1.5e-9 } },
    [['valueQuantity', '0.0000000015', '0.0000000015', ...NO_UNITS]],
  ],
  [
    'beyond what a computer counts',
    { resourceType: 'Observation', valueQuantity: { value: 1.5e30 } },
    [['valueQuantity', '15'.padEnd(31, '0'), '15'.padEnd(31, '0'), ...NO_UNITS]],
  ],
  ['a quantity that says none', { resourceType: 'Observation', valueQuantity: { unit: 'kg' } }, []],
  [
    'a date that is not the clinical one',
    { resourceType: 'Observation', valueDateTime: '1970-01-02' },
    [['valueDateTime', '86400000', '172800000', ...NO_UNITS]],
  ],
  [
    'an open period',
    { resourceType: 'Observation', valuePeriod: { start: '1970-01-02' } },
    [['valuePeriod', '86400000', 'Infinity', ...NO_UNITS]],
  ],
  [
    'money',
    { resourceType: 'Invoice', totalNet: { value: 19.9, currency: 'CNY' } },
    [['totalNet', '19.9', '19.9', unitNumber('urn:iso:std:iso:4217|CNY'), unitNumber('|CNY'), '0']],
  ],
  [
    'a range',
    { resourceType: 'Condition', onsetRange: { low: { value: 30 }, high: { value: 40 } } },
    [['onsetRange', '30', '40', ...NO_UNITS]],
  ],
])('its ranges: %s', ([, resource, ranges]) => {
  expect(indexResource(resource).ranges).toEqual(ranges.map(([path = '', ...rest]) => [String(pathNumber(path)), ...rest]));
});

test('more codes than are remembered, and longer ones, are indexed all the same', () => {
  const codes = [...Array.from({ length: 4_100 }, (_, number) => `C${number}`), 'x'.repeat(400)];
  for (let round = 0; round < 2; round++) {
    for (const code of codes) {
      const { tokens } = indexResource({ resourceType: 'Observation', code: { coding: [{ system: 'urn:many', code }] } });

      expect(tokens).toEqual([`code=${code}`, `code=urn:many|${code}`, 'code=urn:many|'].map(token));
    }
  }
});

test('a component keeps its code and its value together', () => {
  const component = [
    { code: { coding: [{ code: 'sys' }] }, valueQuantity: { value: 120 } },
    { code: { coding: [{ code: 'dia' }] }, valueQuantity: { value: 80 } },
  ];
  const number = pathNumber('component(component.code$component.valueQuantity)');

  expect(indexResource({ resourceType: 'Observation', component }).ranges).toEqual(
    expect.arrayContaining([
      [tokenAt(number, 'sys'), '120', '120', ...NO_UNITS],
      [tokenAt(number, '|dia'), '80', '80', ...NO_UNITS],
    ]),
  );
});

test.for<[string, Json, readonly string[]]>([
  ['a text without its case and marks', { resourceType: 'Organization', name: ' Clínica  ÉTOILE ' }, ['name:clinica etoile']],
  ['Chinese as it is', { resourceType: 'Organization', name: '重庆医院' }, ['name:重庆医院']],
  [
    'all parts of a name',
    { resourceType: 'Patient', name: [{ family: 'Van Dam', given: ['Ed', 'Jo'], text: 'X' }] },
    ['name:van dam', 'name:ed', 'name:jo', 'name:x', 'name.family:van dam', 'name.given:ed', 'name.given:jo'],
  ],
  ['an address for who asks what begins with it', { resourceType: 'ValueSet', url: 'http://A/b' }, ['url:http://A/b']],
])('its texts: %s', ([, resource, texts]) => {
  const said = texts.map((it) => it.replace(/^[^:]+/, (path) => String(pathNumber(path))));

  expect(indexResource(resource).texts.toSorted()).toEqual(said.toSorted());
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
  ['an open end', { resourceType: 'Observation', effectivePeriod: { start: '2026-03-01' } }, '2026-03-01T00:00:00.000Z', undefined],
  ['an open start', { resourceType: 'Observation', effectivePeriod: { end: '2026-03-01' } }, undefined, '2026-03-02T00:00:00.000Z'],
  [
    'a date inside',
    { resourceType: 'Specimen', collection: { collectedDateTime: '2026-03-01' } },
    '2026-03-01T00:00:00.000Z',
    '2026-03-02T00:00:00.000Z',
  ],
  [
    'a timing, by its outer limits',
    { resourceType: 'Observation', effectiveTiming: { event: ['2026-03-03', '2026-03-01'] } },
    '2026-03-01T00:00:00.000Z',
    '2026-03-04T00:00:00.000Z',
  ],
  [
    'a timing without an end',
    { resourceType: 'Observation', effectiveTiming: { event: ['2026-03-03'], repeat: { boundsPeriod: { start: '2026-03-01' } } } },
    '2026-03-01T00:00:00.000Z',
    undefined,
  ],
  ['no date', { resourceType: 'Observation', effectiveDateTime: 'yesterday' }, undefined, undefined],
  ['none at all', { resourceType: 'Observation' }, undefined, undefined],
])('its time: %s', ([, resource, from, until]) => {
  const { time, ranges } = indexResource(resource);

  expect([time.from?.toISOString(), time.until?.toISOString()]).toEqual([from, until]);
  expect(ranges).toEqual([]);
});
