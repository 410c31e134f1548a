import { describe, expect, test } from 'vitest';
import { applyPatch } from '../../../src/fhir/patch/apply-patch.ts';
import { readPatch } from '../../../src/fhir/patch/read-patch.ts';
import { failureOf } from '../../support/failures.ts';

const PATIENT = {
  resourceType: 'Patient',
  birthDate: '1970-01-01',
  gender: 'female',
  multipleBirthInteger: 2,
  name: [
    { use: 'official', family: '周', given: ['晓', '岚'] },
    { use: 'nickname', text: '岚岚' },
  ],
  identifier: [
    { system: 'urn:a', value: '1' },
    { system: 'urn:b', value: '2' },
    { system: 'urn:c', value: '3' },
  ],
  contact: [{ name: { text: '周父' }, gender: 'male' }],
};

type Part = Record<string, unknown>;
const code = (name: string, value: string): Part => ({ name, valueCode: value });
const text = (name: string, value: string): Part => ({ name, valueString: value });
const index = (name: string, value: number): Part => ({ name, valueInteger: value });
const operation = (...part: Part[]) => ({ name: 'operation', part });
const parameters = (...parameter: object[]) => JSON.stringify({ resourceType: 'Parameters', parameter });
const patched = (...parts: Part[]) =>
  JSON.parse(applyPatch(JSON.stringify(PATIENT), readPatch(parameters(operation(...parts)), undefined)));

describe('add', () => {
  test.for<[string, Part[], object]>([
    ['a plain value', [text('path', 'Patient'), text('name', 'active'), { name: 'value', valueBoolean: true }], { active: true }],
    [
      'to a list',
      [text('path', 'Patient'), text('name', 'identifier'), { name: 'value', valueIdentifier: { value: '4' } }],
      { identifier: [...PATIENT.identifier, { value: '4' }] },
    ],
    [
      'a list with one',
      [text('path', 'Patient'), text('name', 'telecom'), { name: 'value', valueContactPoint: { value: '1' } }],
      { telecom: [{ value: '1' }] },
    ],
    [
      'inside of an element',
      [text('path', "Patient.name.where(use = 'nickname')"), text('name', 'family'), text('value', '周')],
      { name: [PATIENT.name[0], { ...PATIENT.name[1], family: '周' }] },
    ],
    [
      'a plain value to a list of them',
      [text('path', 'Patient.name[0]'), text('name', 'given'), text('value', '三')],
      { name: [{ ...PATIENT.name[0], given: ['晓', '岚', '三'] }, PATIENT.name[1]] },
    ],
    [
      'one form of a choice',
      [text('path', 'Patient'), text('name', 'deceased'), { name: 'value', valueBoolean: false }],
      { deceasedBoolean: false },
    ],
    [
      'an element that has no type of its own',
      [
        text('path', 'Patient'),
        text('name', 'contact'),
        {
          name: 'value',
          part: [
            { name: 'name', valueHumanName: { text: '周母' } },
            { name: 'relationship', valueCodeableConcept: { text: '母' } },
            { name: 'relationship', valueCodeableConcept: { text: '监护人' } },
          ],
        },
      ],
      { contact: [...PATIENT.contact, { name: { text: '周母' }, relationship: [{ text: '母' }, { text: '监护人' }] }] },
    ],
  ])('%s', ([, parts, change]) => {
    expect(patched(code('type', 'add'), ...parts)).toEqual({ ...PATIENT, ...change });
  });
});

describe('insert, move, delete, replace', () => {
  test.for<[string, Part[], object]>([
    [
      'insert first',
      [code('type', 'insert'), text('path', 'Patient.identifier'), index('index', 0), { name: 'value', valueIdentifier: { value: '0' } }],
      { identifier: [{ value: '0' }, ...PATIENT.identifier] },
    ],
    [
      'insert last',
      [code('type', 'insert'), text('path', 'Patient.identifier'), index('index', 3), { name: 'value', valueIdentifier: { value: '4' } }],
      { identifier: [...PATIENT.identifier, { value: '4' }] },
    ],
    [
      'insert among plain values',
      [code('type', 'insert'), text('path', 'Patient.name[0].given'), index('index', 1), text('value', '中')],
      { name: [{ ...PATIENT.name[0], given: ['晓', '中', '岚'] }, PATIENT.name[1]] },
    ],
    [
      'move to the end',
      [code('type', 'move'), text('path', 'Patient.identifier'), index('source', 0), index('destination', 2)],
      { identifier: [PATIENT.identifier[1], PATIENT.identifier[2], PATIENT.identifier[0]] },
    ],
    ['delete a plain value', [code('type', 'delete'), text('path', 'Patient.birthDate')], { birthDate: undefined }],
    [
      'delete one of a list',
      [code('type', 'delete'), text('path', 'Patient.identifier[1]')],
      { identifier: [PATIENT.identifier[0], PATIENT.identifier[2]] },
    ],
    [
      'delete what a filter names',
      [code('type', 'delete'), text('path', "Patient.name.where(use = 'nickname')")],
      { name: [PATIENT.name[0]] },
    ],
    ['delete the only one', [code('type', 'delete'), text('path', 'Patient.contact[0]')], { contact: undefined }],
    [
      'delete a plain value of a list',
      [code('type', 'delete'), text('path', "Patient.name[0].given.where($this = '晓')")],
      { name: [{ ...PATIENT.name[0], given: ['岚'] }, PATIENT.name[1]] },
    ],
    [
      'delete the last plain value',
      [code('type', 'delete'), text('path', 'Patient.name.first().given.last()')],
      { name: [{ ...PATIENT.name[0], given: ['晓'] }, PATIENT.name[1]] },
    ],
    ['delete what is not there', [code('type', 'delete'), text('path', 'Patient.maritalStatus')], {}],
    ['replace a plain value', [code('type', 'replace'), text('path', 'Patient.gender'), code('value', 'male')], { gender: 'male' }],
    [
      'replace one of a list',
      [
        code('type', 'replace'),
        text('path', "Patient.identifier.where(system = 'urn:b')"),
        { name: 'value', valueIdentifier: { value: 'x' } },
      ],
      { identifier: [PATIENT.identifier[0], { value: 'x' }, PATIENT.identifier[2]] },
    ],
    [
      'replace a choice by another form of it',
      [code('type', 'replace'), text('path', 'Patient.multipleBirth'), { name: 'value', valueBoolean: true }],
      { multipleBirthInteger: undefined, multipleBirthBoolean: true },
    ],
  ])('%s', ([, parts, change]) => {
    expect(patched(...parts)).toEqual(JSON.parse(JSON.stringify({ ...PATIENT, ...change })));
  });

  test('numbers and the order of members stay', () => {
    const source = '{"resourceType":"Observation","valueQuantity":{"value":1.50,"unit":"g"},"status":"final"}';
    const patch = readPatch(
      parameters(operation(code('type', 'replace'), text('path', 'Observation.value'), { name: 'value', valueString: 'x' })),
      undefined,
    );
    const other = readPatch(
      parameters(operation(code('type', 'replace'), text('path', 'Observation.status'), code('value', 'amended'))),
      undefined,
    );

    expect(applyPatch(source, other)).toBe(source.replace('final', 'amended'));
    expect(applyPatch(source, patch)).toBe('{"resourceType":"Observation","valueString":"x","status":"final"}');
    expect(
      applyPatch(
        source,
        readPatch(
          '{"resourceType":"Parameters","parameter":[{"name":"operation","part":[{"name":"type","valueCode":"replace"},{"name":"path","valueString":"Observation.value.value"},{"name":"value","valueDecimal":2.500}]}]}',
          undefined,
        ),
      ),
    ).toContain('"value":2.500');
  });
});

test.for<[string, Part[]]>([
  ['a path that leads to several', [code('type', 'replace'), text('path', 'Patient.identifier'), text('value', 'x')]],
  ['a path that leads nowhere', [code('type', 'replace'), text('path', 'Patient.maritalStatus'), text('value', 'x')]],
  ['several to be deleted', [code('type', 'delete'), text('path', 'Patient.identifier')]],
  ['an element that is there already', [code('type', 'add'), text('path', 'Patient'), text('name', 'gender'), code('value', 'male')]],
  [
    'another form of a choice that is there',
    [code('type', 'add'), text('path', 'Patient'), text('name', 'multipleBirth'), { name: 'value', valueBoolean: true }],
  ],
  ['an element that R4 does not have', [code('type', 'add'), text('path', 'Patient'), text('name', 'shoeSize'), index('value', 43)]],
  [
    'an index beyond the list',
    [code('type', 'insert'), text('path', 'Patient.identifier'), index('index', 4), { name: 'value', valueIdentifier: { value: 'x' } }],
  ],
  ['a move from beyond the list', [code('type', 'move'), text('path', 'Patient.identifier'), index('source', 3), index('destination', 0)]],
  ['a move in what is no list', [code('type', 'move'), text('path', 'Patient.gender'), index('source', 0), index('destination', 0)]],
])('cannot be applied: %s', ([, parts]) => {
  expect(failureOf(() => patched(...parts))).toMatchObject({ code: 'rule-violated', issues: [{ path: 'Parameters.parameter[0]' }] });
});

test.for<[string, object[]]>([
  ['no operation', []],
  ['a parameter of another name', [{ name: 'op', part: [] }]],
  ['no type', [operation(text('path', 'Patient'))]],
  ['no such type', [operation(code('type', 'remove'), text('path', 'Patient.name'))]],
  ['no path', [operation(code('type', 'delete'))]],
  ['no value', [operation(code('type', 'replace'), text('path', 'Patient.gender'))]],
  ['no index', [operation(code('type', 'insert'), text('path', 'Patient.name'), { name: 'value', valueHumanName: {} })]],
  ['an expression that is none', [operation(code('type', 'delete'), text('path', 'Patient.name['))]],
  ['a function that could cost much', [operation(code('type', 'delete'), text('path', "Patient.name.where(text.matches('(a+)+$'))"))]],
  ['such a function in other quotes', [operation(code('type', 'delete'), text('path', "Patient.name.where(text.`matches`('(a+)+$'))"))]],
  [
    'such a function behind an unpaired quote',
    [operation(code('type', 'delete'), text('path', "Patient.name.where(`'`.exists() or text.matches('(a+)+$') or `'`.exists())"))],
  ],
  ['a comment', [operation(code('type', 'delete'), text('path', "Patient.name/*'*/.where(text.matches('(a+)+$'))"))]],
  ['a path of a thousand steps', [operation(code('type', 'delete'), text('path', `Patient${'.name'.repeat(200)}`))]],
])('is no patch: %s', ([, list]) => {
  expect(failureOf(() => applyPatch(JSON.stringify(PATIENT), readPatch(parameters(...list), undefined))).code).toBe('malformed');
});

test('many operations on a large resource are refused before the first', () => {
  const name = Array.from({ length: 3_000 }, (_, at) => ({ text: String(at) }));
  const many = Array.from({ length: 1_000 }, () => operation(code('type', 'delete'), text('path', 'Patient.birthDate')));
  const apply = (list: readonly object[]) =>
    applyPatch(JSON.stringify({ resourceType: 'Patient', name }), readPatch(parameters(...list), undefined));

  expect(failureOf(() => apply(many))).toMatchObject({ code: 'rule-violated' });
  expect(apply(many.slice(0, 3))).toContain('"2999"');
});
