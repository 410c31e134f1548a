import { afterEach, expect, test } from 'vitest';
import { searchParameter } from '../../src/fhir/definitions/search-parameters.ts';
import type { Json } from '../../src/fhir/exact-json.ts';
import { indexResource } from '../../src/fhir/index-resource.ts';
import { loadSearchParameters } from '../../src/fhir/load-search-parameters.ts';
import { holds } from '../../src/fhir/search-holds.ts';
import { readSearch } from '../../src/fhir/search-query.ts';

afterEach(() => loadSearchParameters([]));

const MOTHER = 'https://guide.example/StructureDefinition/mothers-name';

const mothersName: Json = {
  resourceType: 'SearchParameter',
  url: 'https://guide.example/SearchParameter/mothers-name',
  code: 'mothers-name',
  base: ['Patient'],
  type: 'string',
  expression: `Patient.extension.where(url='${MOTHER}').value.as(string)`,
};

const context = {
  base: 'https://here.example/fhir',
  handling: undefined,
  isKnownType: () => true,
  expand: async () => undefined,
  now: new Date(0),
};

const patient: Json = {
  resourceType: 'Patient',
  extension: [
    { url: MOTHER, valueString: 'Müller' },
    { url: 'http://other', valueString: 'Meier' },
  ],
};

test('a parameter of a guide is searched by while it is loaded', async () => {
  await expect(readSearch('Patient', [['mothers-name', 'x']], context)).rejects.toMatchObject({ code: 'not-supported' });

  loadSearchParameters([mothersName]);
  const found = async (value: string): Promise<boolean> =>
    holds(indexResource(patient), (await readSearch('Patient', [['mothers-name', value]], context)).condition);

  expect(await found('mull')).toBe(true);
  expect(await found('meier')).toBe(false);

  loadSearchParameters([]);
  expect(searchParameter('Patient', 'mothers-name')).toBeUndefined();
  expect(indexResource(patient).texts).toEqual([]);
});

test('a composite of a guide may be made of parameters of R4', async () => {
  loadSearchParameters([
    {
      ...mothersName,
      code: 'code-status',
      url: 'https://guide.example/SearchParameter/code-status',
      base: ['Observation'],
      type: 'composite',
      expression: 'Observation',
      component: [
        { definition: 'http://hl7.org/fhir/SearchParameter/clinical-code', expression: 'code' },
        { definition: 'http://hl7.org/fhir/SearchParameter/Observation-status', expression: 'status' },
      ],
    },
  ]);
  const { condition } = await readSearch('Observation', [['code-status', 'a$final']], context);
  const of = (status: string): boolean =>
    holds(indexResource({ resourceType: 'Observation', status, code: { coding: [{ code: 'a' }] } }), condition);

  expect([of('final'), of('preliminary')]).toEqual([true, false]);
});

test('a parameter of every type is one of each', async () => {
  loadSearchParameters([{ ...mothersName, code: 'spoken', base: ['Resource'], type: 'token', expression: 'Resource.language' }]);
  const { condition } = await readSearch('Device', [['spoken', 'zh']], context);

  expect(holds(indexResource({ resourceType: 'Device', language: 'zh' }), condition)).toBe(true);
});

test('what R4 defines itself is passed over', () => {
  loadSearchParameters([{ ...mothersName, code: 'gender', url: 'http://hl7.org/fhir/SearchParameter/individual-gender' }]);

  expect(searchParameter('Patient', 'gender')?.paths).toMatchObject([{ path: 'gender' }]);
});

test.for<[string, Json, string]>([
  ['an expression beyond the grammar', { expression: "Patient.name.where(use='official').first()" }, 'rule-violated'],
  ['an element that R4 does not have', { expression: 'Patient.nothing' }, 'rule-violated'],
  ['an element of another kind', { expression: 'Patient.gender' }, 'rule-violated'],
  ['no expression', { expression: undefined }, 'rule-violated'],
  ['a special parameter', { type: 'special' }, 'rule-violated'],
  ['a type of parameter that there is not', { type: 'text' }, 'rule-violated'],
  ['a composite of what is not there', { type: 'composite', component: [{ definition: 'http://a', expression: 'name' }] }, 'rule-violated'],
  ['no address', { url: undefined }, 'rule-violated'],
  ['a name that R4 has given', { code: 'gender' }, 'conflict'],
])('%s is refused, and nothing changes', ([, change, code]) => {
  loadSearchParameters([mothersName]);

  expect(() => loadSearchParameters([{ ...mothersName, ...change }])).toThrow(expect.objectContaining({ code }));
  expect(searchParameter('Patient', 'mothers-name')).toBeDefined();
});

test('two definitions of one name on one type are refused', () => {
  const other = { ...mothersName, url: 'https://other.example/SearchParameter/mothers-name' };

  expect(() => loadSearchParameters([mothersName, other])).toThrow(expect.objectContaining({ code: 'conflict' }));
});
