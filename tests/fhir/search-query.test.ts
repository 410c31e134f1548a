import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Json } from '../../src/fhir/exact-json.ts';
import { indexResource } from '../../src/fhir/index-resource.ts';
import { RESOURCE_TYPES } from '../../src/fhir/resource-types.ts';
import type { Search } from '../../src/fhir/search-condition.ts';
import type { SearchContext } from '../../src/fhir/search-criterion.ts';
import { pathNumber } from '../../src/fhir/search-hash.ts';
import { holds } from '../../src/fhir/search-holds.ts';
import { readCriteria, readSearch } from '../../src/fhir/search-query.ts';

const BASE = 'https://here.example/fhir';
const LOINC = 'http://loinc.org';
const ID = '12345678123456780000000000000001';
const OTHER_ID = '12345678123456780000000000000002';

const context: SearchContext = {
  base: BASE,
  handling: undefined,
  isKnownType: (type) => RESOURCE_TYPES.has(type),
  expand: async (wanted, direction) => {
    if (wanted === 'http://a/vs') return [{ system: LOINC, code: '1-1' }];
    return wanted === `${LOINC}|parent` && direction === 'below' ? [{ system: LOINC, code: '1-1' }] : undefined;
  },
  now: new Date('2026-03-01T00:00:00Z'),
};

const read = (query: string, more: Partial<SearchContext> = {}): Promise<Search> => {
  const [type = '', text = ''] = query.split(/\?(.*)/s);
  return readSearch(type, new URLSearchParams(text), { ...context, ...more });
};

async function finds(query: string, content: Json): Promise<boolean> {
  const { condition } = await read(query);
  return holds(indexResource(content), condition, { id: ID, updated: new Date('2026-02-01T10:00:00.000Z'), content });
}

const OBSERVATION: Json = {
  resourceType: 'Observation',
  meta: { profile: ['http://a/fhir/profile|2'], tag: [{ system: 'urn:t', code: 'x' }], source: 'http://a/b' },
  identifier: [{ system: 'urn:a', value: 'L|1,2', type: { coding: [{ system: 'urn:it', code: 'FILL' }] } }],
  status: 'final',
  code: { coding: [{ system: LOINC, code: '1-1', display: 'Leukocytes' }, { code: 'WBC' }], text: '白细胞' },
  subject: { reference: `Patient/${ID}` },
  encounter: { reference: 'Encounter/9', identifier: { system: 'urn:e', value: 'E1' } },
  hasMember: [{ reference: `Observation/${OTHER_ID}/_history/3` }],
  effectiveDateTime: '2026-01-15T08:00:00+08:00',
  valueQuantity: { value: 5.4, unit: 'mg', system: 'http://unitsofmeasure.org', code: 'mg' },
  component: [
    { code: { coding: [{ system: LOINC, code: 'sys' }] }, valueQuantity: { value: 120 } },
    { code: { coding: [{ system: LOINC, code: 'dia' }] }, valueCodeableConcept: { coding: [{ system: 'urn:v', code: 'low' }] } },
  ],
};

/** A row of the tables below: a query about that Observation, and whether it finds it. */
const isFound = async ([query, found]: [string, boolean]): Promise<void> => {
  expect(await finds(`Observation?${query}`, OBSERVATION)).toBe(found);
};

test.for<[string, boolean]>([
  ['code=1-1', true],
  ['code=1-2', false],
  [`code=${LOINC}|1-1`, true],
  ['code=urn:x|1-1', false],
  ['code=|1-1', false],
  ['code=|WBC', true],
  ['code=WBC', true],
  ['code=wbc', false],
  [`code=${LOINC}|`, true],
  ['code=urn:x|', false],
  ['status=final', true],
  ['status=http://hl7.org/fhir/observation-status|final', true],
  ['status=urn:x|final', false],
  ['status=|final', true],
  ['status=http://hl7.org/fhir/observation-status|', true],
  ['code:not=1-1', false],
  ['code:not=other', true],
  // One of the codings is another; `:not` is about all of them.
  ['code:not=WBC', false],
  ['code:not=other,WBC', false],
  // An element that is not there is not that code.
  ['category:not=laboratory', true],
  ['identifier:of-type=urn:it|FILL|L\\|1\\,2', true],
  ['identifier:of-type=urn:it|PLAC|L\\|1\\,2', false],
  ['identifier=urn:a|L\\|1\\,2', true],
  // A bar that belongs to a value parts nothing.
  ['identifier=urn:a\\|L\\|1\\,2', false],
  ['identifier=urn:a\\|L|1\\,2', false],
  ['identifier=L\\|1\\,2', true],
  ['code:text=leuko', true],
  ['code:text=白', true],
  ['code:text=cytes', false],
  ['code:in=http://a/vs', true],
  ['code:not-in=http://a/vs', false],
  ['category:not-in=http://a/vs', true],
  [`code:below=${LOINC}|parent`, true],
  ['_tag=urn:t|x', true],
  ['_tag=y', false],
])('trap 18: Observation?%s: %s', isFound);

test.for<[string, boolean]>([
  // Alternatives, and several criteria.
  ['code=other,1-1', true],
  ['code=1-1&code=WBC', true],
  ['code=1-1&code=other', false],
])('Observation?%s: %s', isFound);

test.for<[string, boolean]>([
  [`subject=Patient/${ID}`, true],
  [`subject=Patient/${OTHER_ID}`, false],
  [`subject=${BASE}/Patient/${ID}`, true],
  [`subject=https://there.example/fhir/Patient/${ID}`, false],
  [`subject:Patient=${ID}`, true],
  [`subject:Group=${ID}`, false],
  [`subject:Patient=Patient/${ID}`, true],
  [`patient=${ID}`, true],
  [`patient=Patient/${ID}`, true],
  [`patient=Group/${ID}`, false],
  ['encounter=Encounter/9', true],
  // The parameter is shared with types whose encounter may be an EpisodeOfCare; that of an Observation is not.
  ['encounter=9', true],
  ['encounter=8', false],
  [`has-member=Observation/${OTHER_ID}`, true],
  [`has-member=Observation/${OTHER_ID}/_history/3`, true],
  [`has-member=Observation/${OTHER_ID}/_history/2`, false],
])('trap 20: Observation?%s: %s', isFound);

test.for<[string, boolean]>([
  // By the identifier in the reference itself.
  ['encounter:identifier=urn:e|E1', true],
  ['encounter:identifier=E1', true],
  ['encounter:identifier=urn:x|E1', false],
  ['subject:identifier=E1', false],
])('trap 19: Observation?%s: %s', isFound);

test.for<[string, boolean]>([
  // Whether there is one.
  ['patient:missing=false', true],
  ['patient:missing=true', false],
  ['specimen:missing=true', true],
  ['date:missing=false', true],
  ['value-quantity:missing=false', true],
  ['value-date:missing=true', true],
  ['value-string:missing=true', true],
  ['_profile:missing=true', false],
  ['_id:missing=false', true],
  // Times, numbers and quantities.
  ['date=2026-01-15', true],
  ['date=ge2026-01-15&date=lt2026-01-16', true],
  ['date=gt2026-01-15', false],
  ['date=2025,2026', true],
  ['_lastUpdated=2026-02-01T10:00:00.000Z', true],
  ['_lastUpdated=gt2026-02-01T10:00:00.000Z', false],
  // A version is written within a millisecond.
  ['_lastUpdated=2026-02-01T09:59:59.999Z', false],
  ['_lastUpdated=gt2026-02-01T09:59:59.999Z', true],
  ['_lastUpdated=eb2026-02-01T10:00:00.001Z', true],
  ['_lastUpdated=ge2026-02-01', true],
  ['_lastUpdated=2026-01', false],
])('Observation?%s, of the same resource: %s', isFound);

test.for<[string, boolean]>([
  ['value-quantity=5.4', true],
  ['value-quantity=5', true],
  ['value-quantity=5.40', true],
  ['value-quantity=5.41', false],
  ['value-quantity=5.4|http://unitsofmeasure.org|mg', true],
  ['value-quantity=5.4|http://unitsofmeasure.org|g', false],
  ['value-quantity=5.4||mg', true],
  ['value-quantity=5.4||g', false],
  ['value-quantity=gt5|http://unitsofmeasure.org|mg', true],
])('trap 22: Observation?%s: %s', isFound);

test.for<[string, boolean]>([
  // Composites: on the resource, and within one component.
  ['code-value-quantity=1-1$5.4', true],
  [`code-value-quantity=${LOINC}|1-1$gt6`, false],
  ['component-code-value-quantity=sys$120', true],
  ['component-code-value-quantity=sys$gt110', true],
  [`component-code-value-quantity=${LOINC}|sys$lt110`, false],
  ['component-code-value-quantity=dia$120', false],
  ['component-code-value-concept=dia$low', true],
  [`component-code-value-concept=${LOINC}|dia$urn:v|low`, true],
  ['component-code-value-concept=sys$low', false],
  ['combo-code-value-quantity=1-1$5.4', true],
  ['combo-code-value-quantity=sys$120', true],
  ['combo-code-value-quantity=sys$5.4', false],
  ['component-code-value-quantity=dia$120,sys$120', true],
  // Addresses.
  ['_profile=http://a/fhir/profile', true],
  ['_profile=http://a/fhir/profile|2', true],
  ['_profile=http://a/fhir/profile|1', false],
  ['_profile=http://a/fhir', false],
  ['_profile:below=http://a/fhir', true],
  ['_profile:below=http://b', false],
  ['_profile:above=http://a/fhir/profile/x', true],
  ['_source:above=http://a/b/c/d', true],
  ['_source:above=http://a/bb/c', false],
  ['_source=HTTP://a/b', false],
  [`_id=${ID}`, true],
  [`_id=${OTHER_ID},${ID}`, true],
  [`_id:not=${ID}`, false],
])('Observation?%s, composites and addresses: %s', isFound);

const PATIENT: Json = {
  resourceType: 'Patient',
  name: [{ family: 'van der Berg', given: ['Zoë', 'Anna'], text: '周晓岚, Zoë' }],
  address: [{ city: '重庆', line: ['人民路 1'] }],
  telecom: [{ system: 'phone', use: 'mobile', value: '138' }],
  birthDate: '1985-10',
};

test.for<[string, boolean]>([
  ['family=van', true],
  ['family=VAN DER', true],
  ['family=berg', true],
  ['family=erg', false],
  ['family:contains=erg', true],
  ['family:contains=der b', true],
  ['family:exact=van der Berg', true],
  ['family:exact=van der berg', false],
  ['family:exact=van', false],
  ['given=zoe', true],
  ['given=ZOË', true],
  ['given:exact=Zoe', false],
  ['given:exact=Zoë', true],
  ['name=周', true],
  ['name=晓', false],
  ['name:contains=晓', true],
  ['name=周晓岚\\, zoe', true],
  ['name=xyz,anna', true],
  ['address=重庆', true],
  ['address-city=重', true],
  ['address=人民路', true],
  ['phone=138', true],
  ['telecom=mobile|138', true],
  ['email=138', false],
  ['email:missing=true', true],
  ['birthdate=1985', true],
  ['birthdate=1985-10-09', false],
  ['deceased=false', true],
  ['deceased=true', false],
  ['deceased:missing=true', false],
])('trap 21: Patient?%s: %s', async ([query, found]) => {
  expect(await finds(`Patient?${query}`, PATIENT)).toBe(found);
});

// What cannot be understood is refused, whatever the handling.
test.for<[string, 'parameter-invalid' | 'not-supported']>([
  ['Observation?code:exact=x', 'not-supported'],
  ['Observation?code:nothing=x', 'not-supported'],
  ['Observation?date:exact=2026', 'not-supported'],
  ['Observation?value-quantity:not=5', 'not-supported'],
  ['Observation?code:of-type=a|b|c', 'not-supported'],
  ['Observation?status:text=final', 'not-supported'],
  ['Observation?value-string:not=x', 'not-supported'],
  ['Observation?subject:Nothing=1', 'not-supported'],
  ['Observation?subject:Organization=1', 'not-supported'],
  ['Observation?code:in=http://unknown/vs', 'not-supported'],
  ['Observation?code:above=x', 'parameter-invalid'],
  ['Observation?date=xx2026', 'parameter-invalid'],
  ['Observation?date=2026-13', 'parameter-invalid'],
  ['Observation?value-quantity=five', 'parameter-invalid'],
  ['Observation?value-quantity=5|mg', 'parameter-invalid'],
  ['Observation?value-quantity=5|a|b|c', 'parameter-invalid'],
  ['Observation?code=', 'parameter-invalid'],
  ['Observation?code=%00', 'parameter-invalid'],
  ['Observation?subject:Patient.name=a%00', 'parameter-invalid'],
  ['Observation?code=a,,b', 'parameter-invalid'],
  ['Observation?code=|', 'parameter-invalid'],
  ['Observation?code=a|b|c', 'parameter-invalid'],
  ['Patient?active=maybe', 'parameter-invalid'],
  ['Patient?identifier:of-type=a|b', 'parameter-invalid'],
  ['Patient?name:contains=%20', 'parameter-invalid'],
  ['Observation?subject=123', 'parameter-invalid'],
  [`Observation?subject:Patient=Group/${ID}`, 'parameter-invalid'],
  ['Observation?subject:missing=maybe', 'parameter-invalid'],
  ['Observation?code-value-quantity:missing=true', 'not-supported'],
  ['Observation?code-value-quantity=a', 'parameter-invalid'],
  ['Observation?code-value-quantity=a$1$2', 'parameter-invalid'],
  ['Observation?_id=Patient/1', 'parameter-invalid'],
  ['Observation?_id:text=1', 'not-supported'],
  ['Observation?code.text=1', 'not-supported'],
  ['Observation?subject.nothing=1', 'not-supported'],
  ['Observation?focus._id=1', 'not-supported'],
  ['Observation?has-member.has-member.has-member.has-member.code=1', 'not-supported'],
  ['Patient?_has:Observation:patient=1', 'parameter-invalid'],
  ['Patient?_has:Nothing:patient:code=1', 'not-supported'],
  ['Patient?_has:Observation:nothing:code=1', 'not-supported'],
  ['Patient?_has:Observation:specimen:code=1', 'not-supported'],
  ['Patient?_has:Observation:patient:nothing=1', 'not-supported'],
  ['Patient?_query=x', 'not-supported'],
  ['Patient?_filter=x', 'not-supported'],
  ['Patient?_count=-1', 'parameter-invalid'],
  ['Patient?_count=5&_count=5', 'parameter-invalid'],
  ['Patient?_summary=some', 'parameter-invalid'],
  ['Patient?_total=all', 'parameter-invalid'],
  ['Patient?_elements=a.b', 'parameter-invalid'],
  ['Patient?_sort=nothing', 'not-supported'],
  ['Observation?_sort=code-value-quantity', 'not-supported'],
  ['Observation?_include=Observation', 'parameter-invalid'],
  ['Observation?_include=Nothing:subject', 'parameter-invalid'],
  ['Observation?_include=Observation:code', 'not-supported'],
  ['Observation?_include=Observation:nothing', 'not-supported'],
  ['Observation?_include=Observation:subject:Organization', 'parameter-invalid'],
  ['Observation?_include:recurse=Observation:subject', 'parameter-invalid'],
  ['Specimen?_revinclude=Observation:encounter', 'parameter-invalid'],
  ['Specimen?_revinclude=*', 'parameter-invalid'],
  ['Observation?_include=Observation:subject&_summary=text', 'parameter-invalid'],
  [`Observation?code=${Array.from({ length: 101 }, () => 'x').join()}`, 'parameter-invalid'],
  [`Observation?${Array.from({ length: 51 }, () => 'code=x').join('&')}`, 'parameter-invalid'],
])('trap 26: refused: %s', async ([query, code]) => {
  await expect(read(query)).rejects.toMatchObject({ code });
  await expect(read(query, { handling: 'lenient' })).rejects.toMatchObject({ code });
});

describe('parameters that the type does not have', () => {
  test.for(['nothing=1', '_text=x', '_content=x', '_contained=true', '_list=x', 'name=x'])(
    'trap 25: are refused, unless the caller is lenient: %s',
    async (it) => {
      await expect(read(`Observation?${it}`)).rejects.toMatchObject({ code: 'not-supported' });
      await expect(read(`Observation?${it}`, { handling: 'strict' })).rejects.toMatchObject({ code: 'not-supported' });

      const search = await read(`Observation?code=x&${it}&status=final`, { handling: 'lenient' });

      // What was left out does not seem to have been used.
      expect(search.used).toEqual([
        ['code', 'x'],
        ['status', 'final'],
      ]);
      expect(search.ignored.map(({ path }) => path)).toEqual([it.split('=')[0]]);
    },
  );
});

test('what was used is told in its order, without what is about writing and paging', async () => {
  const { used, page } = await read('Observation?_format=json&code=a%2Cb&_count=3&_pretty=true&_page=x&_sort=-date');
  expect((await read('Observation?_count=100000')).used).toEqual([['_count', '500']]);

  expect(used).toEqual([
    ['code', 'a,b'],
    ['_count', '3'],
    ['_sort', '-date'],
  ]);
  expect(page).toBe('x');
});

test.for<[string, Partial<Search>]>([
  ['', { count: 50, sort: [], total: undefined, summary: undefined, elements: undefined, inclusions: [], subjects: undefined }],
  ['_count=0&_total=accurate', { count: 0, total: 'accurate' }],
  ['_count=100000', { count: 500 }],
  ['_summary=count', { summary: 'count' }],
  ['_elements=code,status', { elements: ['code', 'status'] }],
  ['_sort=-date', { sort: [{ descending: true, by: { kind: 'clinical' } }] }],
  [
    '_sort=_lastUpdated,-_id',
    {
      sort: [
        { descending: false, by: { kind: 'updated' } },
        { descending: true, by: { kind: 'id' } },
      ],
    },
  ],
  ['_sort=value-date', { sort: [{ descending: false, by: { kind: 'range', paths: ['valueDateTime', 'valuePeriod'].map(pathNumber) } }] }],
  ['_sort=status', { sort: [{ descending: false, by: { kind: 'content', path: ['status'] } }] }],
])('the result: %s', async ([query, expected]) => {
  expect(await read(`Observation?${query}`)).toMatchObject(expected);
});

test.for<[string, object]>([
  ['_include=Observation:subject', { kind: 'include', iterate: false, source: 'Observation', paths: [['subject']], target: undefined }],
  ['_include=Observation:patient', { paths: [['subject']], target: 'Patient' }],
  ['_include:iterate=Observation:has-member:Observation', { iterate: true, target: 'Observation', numbers: [pathNumber('hasMember')] }],
  ['_include=*', { source: 'Observation', paths: undefined, numbers: undefined }],
  ['_include=Observation:*', { source: 'Observation', paths: undefined }],
  ['_revinclude=Provenance:target', { kind: 'revinclude', source: 'Provenance', paths: [['target']] }],
  ['_revinclude=Provenance:*', { kind: 'revinclude', source: 'Provenance', paths: undefined }],
])('an inclusion: %s', async ([query, expected]) => {
  expect((await read(`Observation?${query}`)).inclusions).toEqual([expect.objectContaining(expected)]);
});

test.for<[string, Search['subjects']]>([
  [`Observation?patient=${ID}`, { ids: [ID], identifiers: [] }],
  [`Observation?patient=${ID},${OTHER_ID}`, { ids: [ID, OTHER_ID], identifiers: [] }],
  [`Observation?subject=Patient/${ID}`, { ids: [ID], identifiers: [] }],
  [`Observation?subject=${BASE}/Patient/${ID}`, { ids: [ID], identifiers: [] }],
  [`Observation?subject:Patient=${ID}`, { ids: [ID], identifiers: [] }],
  [`Observation?subject=Group/${ID}`, undefined],
  [`Observation?subject:Group=${ID}`, undefined],
  ['Observation?patient:missing=true', undefined],
  ['Observation?patient.identifier=urn:a|1', { ids: [], identifiers: [{ system: 'urn:a', value: '1' }] }],
  ['Observation?subject:Patient.identifier=|1', { ids: [], identifiers: [{ system: '', value: '1' }] }],
  ['Observation?patient:identifier=urn:a|1', { ids: [], identifiers: [{ system: 'urn:a', value: '1' }] }],
  ['Observation?patient.identifier=1', undefined],
  ['Observation?patient.name=1', undefined],
  [`Observation?patient._id=${ID}`, { ids: [ID], identifiers: [] }],
  [`Patient?_id=${ID}`, { ids: [ID], identifiers: [] }],
  [`Patient?_id:not=${ID}`, undefined],
  ['Patient?identifier=urn:a|1\\|2', { ids: [], identifiers: [{ system: 'urn:a', value: '1|2' }] }],
  ['Patient?identifier:missing=true', undefined],
  ['Observation?identifier=urn:a|1', undefined],
])('whom it names: %s', async ([query, subjects]) => {
  expect((await read(query)).subjects).toEqual(subjects);
});

test('chains lead over one reference each, `_has` back', async () => {
  const { condition } = await read('DiagnosticReport?result.subject:Patient.name=x');
  expect(condition).toMatchObject({
    kind: 'chain',
    paths: [pathNumber('result')],
    type: 'Observation',
    condition: { kind: 'chain', paths: [pathNumber('subject')], type: 'Patient', condition: { kind: 'any' } },
  });

  expect((await read('Patient?_has:Observation:patient:_has:Provenance:target:agent.name=x')).condition).toMatchObject({
    kind: 'has',
    type: 'Observation',
    paths: [pathNumber('subject')],
    condition: { kind: 'has', type: 'Provenance', condition: { kind: 'any' } },
  });
});

test('trap 29: chains of two criteria lead on by themselves: each may be fulfilled by another resource', async () => {
  const { condition } = await read('DiagnosticReport?result.code=a&result.status=final');

  expect(condition).toMatchObject({ kind: 'all', of: [{ kind: 'chain' }, { kind: 'chain' }] });
});

test('a chain without a type means every type that has the parameter', async () => {
  const { condition } = await read('Observation?subject.name=x');

  expect(condition).toMatchObject({
    kind: 'any',
    of: [
      { kind: 'chain', type: 'Location' },
      { kind: 'chain', type: 'Patient' },
    ],
  });
  expect((await read('Observation?subject.family=x')).condition).toMatchObject({ kind: 'chain', type: 'Patient' });
});

describe('criteria of a conditional request', () => {
  test('keep a plus, take a question mark, and mean all of them', async () => {
    const condition = await readCriteria('Observation', '?identifier=urn:a|L%2B1&status=final', context);
    const entry = indexResource({ resourceType: 'Observation', status: 'final', identifier: [{ system: 'urn:a', value: 'L+1' }] });

    expect(holds(entry, condition)).toBe(true);
    expect(await readCriteria('Observation', 'identifier=urn:a|L+1&status=final', context)).toEqual(condition);
    expect(holds({ ...entry, tokens: entry.tokens.slice(1) }, condition)).toBe(false);
  });

  test.for([
    '',
    '?',
    'code=%D6%DC',
    'code=100%',
    '_count=1',
    '_sort=date',
    '_include=Observation:subject',
    'nothing=1',
    'code=',
    'code=%00',
    'code:nothing=1',
  ])('are refused: "%s"', async (text) => {
    await expect(readCriteria('Observation', text, context)).rejects.toMatchObject({
      code: expect.stringMatching(/parameter-invalid|not-supported/),
    });
    await expect(readCriteria('Observation', text, { ...context, handling: 'lenient' })).rejects.toThrow();
  });
});

test('a patient is looked for among patients alone, though the element may hold others', async () => {
  const subject = { reference: `Group/${ID}` };

  expect(await finds(`Observation?subject=Group/${ID}`, { resourceType: 'Observation', subject })).toBe(true);
  expect(await finds(`Observation?patient=Group/${ID}`, { resourceType: 'Observation', subject })).toBe(false);
  expect(
    await finds(`Observation?patient=https://there.example/Group/1`, {
      resourceType: 'Observation',
      subject: { reference: 'https://there.example/Group/1' },
    }),
  ).toBe(false);
  expect(await finds('Observation?patient:missing=true', { resourceType: 'Observation', subject })).toBe(true);
  expect(await finds('Observation?subject:missing=true', { resourceType: 'Observation', subject })).toBe(false);
});

const part = fc.constantFrom('a', 'b', 'a|b', 'a,b', '$', '\\', 'é', '1');
const escape = (text: string): string => text.replace(/[\\,|$]/g, '\\$&');

test('trap 18: codings are found by what is said of them, as a walk over all of them says', async () => {
  const coding = fc
    .record({ system: part, code: part }, { requiredKeys: [] })
    .filter((it) => it.system !== undefined || it.code !== undefined);
  await fc.assert(
    fc.asyncProperty(
      fc.array(coding, { minLength: 1, maxLength: 3 }),
      fc.array(fc.tuple(fc.constantFrom('any', 'none', 'one'), part, part, fc.boolean()), { minLength: 1, maxLength: 2 }),
      async (codings, alternatives) => {
        const query = alternatives.map(([kind, system, code, all]) => {
          if (kind === 'any') return escape(code);
          if (kind === 'none') return `|${escape(code)}`;
          return `${escape(system)}|${all ? '' : escape(code)}`;
        });
        const expected = alternatives.some(([kind, system, code, all]) =>
          codings.some((it) => {
            if (kind === 'any') return it.code === code;
            if (kind === 'none') return it.system === undefined && it.code === code;
            return it.system === system && (all || it.code === code);
          }),
        );
        const { condition } = await readSearch('Observation', [['code', query.join()]], context);
        const negated = await readSearch('Observation', [['code:not', query.join()]], context);
        const entry = indexResource({ resourceType: 'Observation', code: { coding: codings as Json[] } });

        expect(holds(entry, condition)).toBe(expected);
        expect(holds(entry, negated.condition)).toBe(!expected);
      },
    ),
    { numRuns: 2_000 },
  );
});

test('trap 20: references are found by every way of naming what they lead to, and by no other', async () => {
  const target = fc.record({
    type: fc.constantFrom('Patient', 'Group'),
    id: fc.constantFrom(ID, OTHER_ID, 'x', '1'),
    version: fc.constantFrom('', '/_history/1', '/_history/2'),
    root: fc.constantFrom('', 'https://there.example/fhir/'),
  });
  const form = fc.constantFrom('relative', 'here', 'typed', 'patient');
  await fc.assert(
    fc.asyncProperty(target, target, form, async (kept, asked, how) => {
      const address = `${asked.type}/${asked.id}`;
      // The other forms have no version and no root.
      const said: readonly [string, string] =
        how === 'relative'
          ? ['subject', `${asked.root}${address}${asked.version}`]
          : how === 'here'
            ? ['subject', `${BASE}/${address}`]
            : how === 'typed'
              ? [`subject:${asked.type}`, asked.id]
              : ['patient', asked.id];
      const isPlain = how !== 'relative';
      const type = how === 'patient' ? 'Patient' : asked.type;
      const expected =
        kept.type === type &&
        kept.id === asked.id &&
        kept.root === (isPlain ? '' : asked.root) &&
        (isPlain || asked.version === '' || asked.version === kept.version);
      const { condition } = await readSearch('Observation', [said], context);
      const reference = `${kept.root}${kept.type}/${kept.id}${kept.version}`;

      expect(holds(indexResource({ resourceType: 'Observation', subject: { reference } }), condition)).toBe(expected);
    }),
  );
});

test('no text of a query is taken for anything but a refusal or a search', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(
        'code',
        'subject',
        'date',
        'value-quantity',
        'component-code-value-quantity',
        '_id',
        'patient.name',
        '_sort',
        '_include',
        '_has:X:y:z',
      ),
      fc.oneof(fc.string(), fc.string({ unit: fc.constantFrom('|', ',', '$', '\\', ':', '.', '1', 'a', '-') })),
      async (name, value) => {
        const answer = await readSearch('Observation', [[name, value]], context).catch((error: { code?: string }) => error.code);
        expect(typeof answer === 'string' ? answer : 'read').toMatch(/^(parameter-invalid|not-supported|read)$/);
      },
    ),
    { numRuns: 1_000 },
  );
});
