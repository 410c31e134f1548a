import { describe, expect, test } from 'vitest';
import type { Json } from '../../../src/fhir/exact-json.ts';
import { structureIssues } from '../../../src/fhir/validation/structure.ts';

const observation = { resourceType: 'Observation', status: 'final', code: { text: '血红蛋白' } };
const patient = { resourceType: 'Patient' };
const narrative = '<div xmlns="http://www.w3.org/1999/xhtml">a</div>';

function shown(resource: object, options?: { warnings: boolean }): readonly string[] {
  return structureIssues(resource as Json, 'Bundle.entry[3].resource', options).map(
    (it) => `${it.path?.replace('Bundle.entry[3].resource', '$')} ${it.kind}${it.severity ? ` ${it.severity}` : ''}`,
  );
}

describe('what a resource may be', () => {
  test.each([
    ['the least of it', observation],
    ['an extension that nobody knows', { ...observation, extension: [{ url: 'http://example.org/x', valueDecimal: 1 }] }],
    ['a modifier extension', { ...observation, modifierExtension: [{ url: 'http://example.org/x', valueBoolean: true }] }],
    [
      'a value that is absent for a reason',
      { ...observation, status: undefined, _status: { extension: [{ url: 'http://x', valueCode: 'unknown' }] } },
    ],
    ['a value with an extension beside it', { ...patient, birthDate: '1990', _birthDate: { id: 'a' } }],
    [
      'lists with places held by null',
      { ...patient, name: [{ given: ['a', null], _given: [null, { extension: [{ url: 'http://x', valueCode: 'y' }] }] }] },
    ],
    ['a shorter list beside', { ...patient, name: [{ given: ['a', 'b'], _given: [{ id: 'x' }] }] }],
    ['a part that refers to another element', { ...observation, component: [{ code: { text: 'a' }, referenceRange: [{ text: 'b' }] }] }],
    [
      'a contained resource that is referred to',
      { ...observation, subject: { reference: '#p' }, contained: [{ resourceType: 'Patient', id: 'p' }] },
    ],
    [
      'a contained resource that is referred to by another one, and one that refers to the container',
      {
        ...observation,
        specimen: { reference: '#s' },
        contained: [
          { resourceType: 'Specimen', id: 's', subject: { reference: '#p' } },
          { resourceType: 'Patient', id: 'p' },
          {
            resourceType: 'Provenance',
            id: 'v',
            recorded: '2026-03-01T08:00:00Z',
            target: [{ reference: '#' }],
            agent: [{ who: { display: 'x' } }],
          },
        ],
      },
    ],
    [
      'a canonical that leads inside',
      {
        resourceType: 'Questionnaire',
        status: 'draft',
        contained: [{ resourceType: 'ValueSet', id: 'v', status: 'draft' }],
        item: [{ linkId: '1', type: 'choice', answerValueSet: '#v' }],
      },
    ],
    ['a reference of unknown type', { ...observation, subject: { reference: 'urn:uuid:c757873d-ec9a-4326-a141-556f43239520' } }],
    ['a conditional reference', { ...observation, subject: { reference: 'Patient?identifier=http://x|1' } }],
    ['a logical reference', { ...observation, subject: { type: 'Patient', identifier: { value: '1' } } }],
    ['a reference elsewhere', { ...observation, subject: { reference: 'https://example.org/any/Patient/1/_history/2' } }],
    ['a narrative', { ...observation, text: { status: 'generated', div: narrative } }],
    [
      'two codings, one of them required',
      {
        resourceType: 'Condition',
        subject: { display: 'x' },
        clinicalStatus: {
          coding: [
            { system: 'http://x', code: 'y' },
            { system: 'http://terminology.hl7.org/CodeSystem/condition-clinical', code: 'active' },
          ],
        },
      },
    ],
    ['numbers of any size', { ...observation, valueQuantity: { value: 1e21 } }],
    [
      'parameters with resources',
      {
        resourceType: 'Parameters',
        parameter: [
          { name: 'a', resource: patient },
          { name: 'b', part: [{ name: 'c', valueString: 'd' }] },
        ],
      },
    ],
  ])('%s', (_, resource) => {
    expect(shown(resource)).toEqual([]);
  });
});

describe('what is refused, with the place of it', () => {
  test.each([
    ['no resource type', {}, ['$.resourceType structure']],
    ['an unknown type', { resourceType: 'Blood' }, ['$.resourceType structure']],
    ['an abstract type', { resourceType: 'DomainResource' }, ['$.resourceType structure']],
    ['an unknown element', { ...observation, unit: 'g' }, ['$.unit structure']],
    ['a name of every object', { ...observation, constructor: 'x' }, ['$.constructor structure']],
    [
      'an unknown element deep inside',
      { ...observation, component: [{ code: { text: 'a' } }, { code: { text: 'b' }, valu: 1 }] },
      ['$.component[1].valu structure'],
    ],
    ['a resource type within a part', { ...observation, code: { resourceType: 'Patient', text: 'a' } }, ['$.code.resourceType structure']],
    ['an extension beside what is no plain value', { ...observation, _code: { id: 'a' } }, ['$._code structure']],
    ['an extension beside an id', { ...observation, id: 'a', _id: { id: 'b' } }, ['$._id structure']],
    ['a required element that is missing', { resourceType: 'Observation', code: { text: 'a' } }, ['$.status required']],
    [
      'a required choice that is missing',
      { resourceType: 'MedicationRequest', status: 'active', intent: 'order', subject: { display: 'x' } },
      ['$.medication[x] required'],
    ],
    ['a required part that is missing', { ...patient, link: [{ other: { display: 'x' } }] }, ['$.link[0].type required']],
    ['a list where one belongs', { ...observation, status: ['final'] }, ['$.status structure']],
    ['one where a list belongs', { ...observation, category: { text: 'a' } }, ['$.category structure']],
    ['an empty list', { ...observation, category: [] }, ['$.category structure']],
    ['a text where an object belongs', { ...observation, code: 'a' }, ['$.code structure']],
    ['an object where a text belongs', { ...observation, status: { value: 'final' } }, ['$.status structure']],
    ['an empty object', { ...observation, method: {} }, ['$.method invariant']],
    ['an object with nothing but an id', { ...observation, method: { id: 'a' } }, ['$.method invariant']],
    ['null in a list of objects', { ...observation, category: [null] }, ['$.category[0] structure']],
    ['null without a partner', { ...patient, name: [{ given: ['a', null] }] }, ['$.name[0].given[1] structure']],
    [
      'null on both sides',
      { ...patient, name: [{ given: ['a', null], _given: [{ id: 'x' }, null] }] },
      ['$.name[0].given[1] structure', '$.name[0]._given[1] structure'],
    ],
    ['two choices', { ...observation, valueString: 'a', valueInteger: 1 }, ['$.valueInteger structure']],
    [
      'a choice and an extension beside another',
      { ...observation, valueString: 'a', _valueInteger: { extension: [{ url: 'http://x', valueCode: 'y' }] } },
      ['$._valueInteger structure'],
    ],
    ['a choice of a type that it does not have', { ...observation, valueAddress: { text: 'a' } }, ['$.valueAddress structure']],
    ['a code that is not in the required value set', { ...observation, status: 'banana' }, ['$.status code-invalid']],
    [
      'a concept without a coding of the required value set',
      { resourceType: 'Condition', subject: { display: 'x' }, clinicalStatus: { coding: [{ system: 'http://x', code: 'active' }] } },
      ['$.clinicalStatus code-invalid'],
    ],
    [
      'a concept in words alone',
      { resourceType: 'Condition', subject: { display: 'x' }, clinicalStatus: { text: 'active' } },
      ['$.clinicalStatus code-invalid'],
    ],
    ['a day that does not exist', { ...observation, effectiveDateTime: '2026-02-31' }, ['$.effectiveDateTime value']],
    ['a time without a zone', { ...observation, effectiveDateTime: '2026-02-28T08:00:00' }, ['$.effectiveDateTime value']],
    ['an id of 65 characters', { ...observation, id: 'x'.repeat(65) }, ['$.id value']],
    ['a number in quotes', { ...observation, valueQuantity: { value: '5.4' } }, ['$.valueQuantity.value structure']],
    ['base64 that is none', { ...patient, photo: [{ contentType: 'image/png', data: 'a$b=' }] }, ['$.photo[0].data value']],
    ['a string that is too long', { ...observation, valueString: 'x'.repeat(1_048_577) }, ['$.valueString too-long']],
    [
      'a comparator in a reference range',
      { ...observation, referenceRange: [{ low: { value: 1, comparator: '<' } }] },
      ['$.referenceRange[0].low.comparator structure', '$.referenceRange[0].low invariant'],
    ],
    ['a reference to the wrong type', { ...observation, subject: { reference: 'Practitioner/1' } }, ['$.subject value']],
    [
      'a conditional reference to the wrong type',
      { ...observation, subject: { reference: 'Practitioner?identifier=1' } },
      ['$.subject value'],
    ],
    ['a logical reference to the wrong type', { ...observation, subject: { type: 'Practitioner', display: 'x' } }, ['$.subject value']],
    ['a reference to a contained resource that is not there', { ...observation, subject: { reference: '#p' } }, ['$.subject invariant']],
    [
      'a reference to a contained resource of the wrong type',
      { ...observation, subject: { reference: '#p' }, contained: [{ resourceType: 'Practitioner', id: 'p' }] },
      ['$.subject value'],
    ],
    ['"#" outside of a contained resource', { ...observation, focus: [{ reference: '#' }] }, ['$.focus[0] invariant']],
    [
      'a contained resource that nothing refers to (dom-3)',
      { ...observation, contained: [{ resourceType: 'Patient', id: 'p' }] },
      ['$.contained[0] invariant'],
    ],
    [
      'one that is only named in words (dom-3)',
      { ...observation, valueString: '#p', contained: [{ resourceType: 'Patient', id: 'p' }] },
      ['$.contained[0] invariant'],
    ],
    [
      'a contained resource that contains (dom-2)',
      {
        ...observation,
        subject: { reference: '#p' },
        contained: [
          {
            resourceType: 'Patient',
            id: 'p',
            managingOrganization: { reference: '#o' },
            contained: [{ resourceType: 'Organization', id: 'o', name: 'x' }],
          },
        ],
      },
      ['$.contained[0].managingOrganization invariant', '$.contained[0] invariant'],
    ],
    [
      'a contained resource with a version (dom-4)',
      { ...observation, subject: { reference: '#p' }, contained: [{ resourceType: 'Patient', id: 'p', meta: { versionId: '1' } }] },
      ['$.contained[0] invariant'],
    ],
    [
      'a contained resource with a label (dom-5)',
      {
        ...observation,
        subject: { reference: '#p' },
        contained: [{ resourceType: 'Patient', id: 'p', meta: { security: [{ code: 'R' }] } }],
      },
      ['$.contained[0] invariant'],
    ],
    [
      'a fault in a contained resource',
      { ...observation, subject: { reference: '#p' }, contained: [{ resourceType: 'Patient', id: 'p', gender: 'm' }] },
      ['$.contained[0].gender code-invalid'],
    ],
    [
      'a fault in a resource of a Bundle',
      { resourceType: 'Bundle', type: 'collection', entry: [{ resource: { ...patient, birthDate: 'x' } }] },
      ['$.entry[0].resource.birthDate value'],
    ],
    ['an extension with nothing in it', { ...patient, extension: [{ url: 'http://x' }] }, ['$.extension[0] invariant']],
    [
      'an extension with both',
      { ...patient, extension: [{ url: 'http://x', valueCode: 'a', extension: [{ url: 'y', valueCode: 'b' }] }] },
      ['$.extension[0] invariant'],
    ],
    ['an extension without an address', { ...patient, extension: [{ valueCode: 'a' }] }, ['$.extension[0].url required']],
    [
      'a fault in an extension beside a value',
      { ...patient, gender: 'male', _gender: { extension: [{ url: 'http://x', valueInteger: 'a' }] } },
      ['$._gender.extension[0].valueInteger structure'],
    ],
    ['a fault in the invariants (obs-6)', { ...observation, valueString: 'a', dataAbsentReason: { text: 'b' } }, ['$ invariant']],
    [
      'a period that ends before it starts (per-1)',
      { ...observation, effectivePeriod: { start: '2026-03-02', end: '2026-03-01' } },
      ['$.effectivePeriod invariant'],
    ],
    [
      'trap 31: a narrative with a script',
      { ...observation, text: { status: 'generated', div: '<div xmlns="http://www.w3.org/1999/xhtml"><script>1</script></div>' } },
      ['$.text.div invariant'],
    ],
    ['a narrative without a status', { ...observation, text: { div: narrative } }, ['$.text.status required']],
  ])('%s', (_, resource, issues) => {
    expect(shown(resource)).toEqual(issues);
  });
});

test('all faults are said at once, in both languages, and no more than fifty', () => {
  const many = { ...observation, foo: 1, status: 'x', note: Array.from({ length: 100 }, () => ({ text: '' })) };
  const issues = structureIssues(many as unknown as Json, 'Observation');

  expect(issues).toHaveLength(50);
  expect(issues.slice(0, 3).map((it) => it.path)).toEqual(['Observation.status', 'Observation.foo', 'Observation.note[0].text']);
  for (const { en, zh } of issues) {
    expect(en).not.toBe('');
    expect(zh).toMatch(/\p{Script=Han}/u);
  }
});

test('a code that is refused comes with those that are taken, where they are few', () => {
  const [issue] = structureIssues({ ...observation, status: 'x' }, 'Observation');

  expect(issue?.en).toContain('amended, cancelled, corrected, entered-in-error, final, preliminary, registered, unknown');
});

test('an invariant is named, and explained in both languages', () => {
  const [issue] = structureIssues({ ...observation, valueQuantity: { value: 1, code: 'g' } }, 'Observation');

  expect(issue).toEqual({
    path: 'Observation.valueQuantity',
    kind: 'invariant',
    en: 'breaks the rule qty-3: If a code for the unit is present, the system SHALL also be present',
    zh: '违反规则 qty-3：有单位代码（code）时必须同时给出其系统（system）',
  });
});

test('warnings are said to those who ask for them alone', () => {
  const questionnaire = { resourceType: 'Questionnaire', status: 'draft', name: 'not a name' };

  expect(shown(questionnaire)).toEqual([]);
  expect(shown(questionnaire, { warnings: true })).toEqual(['$ invariant warning', '$ invariant warning']);
});

test.each([
  ['2026-03-01', '2026-03-01', true],
  ['2026-03-02', '2026-03-01', false],
  ['2026-03-01T08:00:00+08:00', '2026-03-01T00:00:00Z', true],
  ['2026-03-01T08:00:01+08:00', '2026-03-01T00:00:00Z', false],
  ['2026-03-01T10:00:00+08:00', '2026-03-01', true],
  ['2026-03-02T10:00:00+08:00', '2026-03-01', true],
  ['2026-03-03T00:00:00Z', '2026-03-01', false],
  ['2026-03', '2026-03-01', true],
  ['2026-03', '2026', true],
  ['2027', '2026-12-31', false],
])('a period from %s to %s: %s (per-1)', (start, end, holds) => {
  expect(shown({ ...observation, effectivePeriod: { start, end } })).toEqual(holds ? [] : ['$.effectivePeriod invariant']);
});

test('the walk changes nothing and takes in what is frozen', () => {
  const frozen = Object.freeze({ ...observation, code: Object.freeze({ text: 'a' }) });

  expect(structureIssues(frozen, 'Observation')).toEqual([]);
});

test.each([
  [
    'references into as many contained resources',
    (n: number) => ({
      ...observation,
      contained: range(n, (id) => ({ resourceType: 'Patient', id })),
      focus: range(n, (id) => ({ reference: `#${id}` })),
    }),
  ],
  [
    'codings beside codings',
    (n: number) => ({
      ...observation,
      valueString: 'a',
      code: { coding: range(n, (code) => ({ code })) },
      component: [{ code: { coding: range(n, (code) => ({ code: `x${code}` })) } }],
    }),
  ],
  [
    'elements of a definition',
    (n: number) => ({
      resourceType: 'StructureDefinition',
      url: 'http://x',
      name: 'X',
      status: 'draft',
      kind: 'logical',
      abstract: false,
      type: 'http://x',
      baseDefinition: 'http://x',
      derivation: 'specialization',
      snapshot: { element: range(n, (id) => ({ id, path: `X.${id}` })) },
    }),
  ],
])('the time for %s grows with their number', (_, make) => {
  const started = performance.now();
  structureIssues(make(20_000) as unknown as Json, 'x');

  expect(performance.now() - started).toBeLessThan(8_000);
});

test('more parts than can be checked in good time are refused', () => {
  const item = range(8_000, (linkId) => ({ linkId, type: 'string', text: 'a' }));

  expect(shown({ resourceType: 'Questionnaire', status: 'draft', item })).toEqual([expect.stringMatching(/^\$\.item\[\d+\] too-costly$/)]);
});

function range<Made>(count: number, make: (id: string) => Made): readonly Made[] {
  return Array.from({ length: count }, (_, index) => make(`i${index}`));
}
