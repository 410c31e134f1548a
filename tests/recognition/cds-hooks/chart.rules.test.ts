import { describe, expect, test } from 'vitest';
import { claimOf, namesOfPatient, practitionerIdOf, practitionerOf, settingOf } from '../../../src/recognition/cds-hooks/chart.rules.ts';
import { readPrefetch } from '../../../src/recognition/cds-hooks/prefetch.rules.ts';

const CARD = { system: 'urn:oid:2.16.156.10011.1.3', value: '11010519491231002X' };
const OWN = { system: 'urn:oid:1.2.3', value: 'MRN-1' };

const EIGHT = ['N0', 'N1', 'N2', 'N3', 'N4', 'N5', 'N6', 'N7'];

describe('a patient is looked for', () => {
  test('by the identity card alone, wherever it stands', () => {
    expect(namesOfPatient({ identifier: [OWN, CARD], birthDate: '1949-12-31', gender: 'female' })).toEqual([CARD]);
  });

  test('without one, by at most four numbers of a system, none of them old', () => {
    const numbers = ['1', '2', '3', '4', '5'].map((value) => ({ system: 'urn:oid:1.2.3', value }));
    const identifier = [{ ...OWN, use: 'old' }, { value: 'without a system' }, ...numbers];
    expect(namesOfPatient({ identifier })).toEqual(numbers.slice(0, 4));
  });

  test('a document that is declared as one goes before numbers', () => {
    const type = { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v2-0203', code: 'PPN' }] };
    const document = { system: 'urn:oid:1.2.3.5', value: 'P1' };
    expect(namesOfPatient({ identifier: [OWN, { ...document, type }] })).toEqual([document, OWN]);
  });

  test.for<[string, Record<string, unknown>]>([
    ['no identifier', {}],
    ['a wrong check character', { identifier: [{ ...CARD, value: '110105194912310021' }] }],
    ['another birth date', { identifier: [CARD], birthDate: '1949-12-30' }],
    ['another sex', { identifier: [CARD], gender: 'male' }],
  ])('by nothing with %s', ([, patient]) => {
    expect(namesOfPatient(patient as never)).toEqual([]);
  });

  test('with as much of the birth date as is known', () => {
    expect(namesOfPatient({ identifier: [CARD], birthDate: '1949', gender: 'other' })).toEqual([CARD]);
  });
});

describe('a patient claims', () => {
  test.for<[string, Record<string, unknown>, unknown]>([
    ['nothing without name and birth date', {}, {}],
    ['the name in every way of writing', { name: [{ text: '林 敏', family: '林', given: ['敏'] }] }, { name: ['林敏', '敏林'] }],
    ['former names as well', { name: [{ text: '林敏' }, { use: 'old', text: '林小敏' }] }, { name: ['林敏', '林小敏'] }],
    ['no pseudonym beside the name', { name: [{ use: 'anonymous', text: '某女' }, { text: '林敏' }] }, { name: ['林敏'] }],
    ['no nickname', { name: [{ use: 'nickname', text: '敏敏' }] }, {}],
    ['no name of another form', { name: '林敏' }, {}],
    ['at most eight names', { name: Array.from({ length: 9 }, (_, index) => ({ text: `N${index}` })) }, { name: EIGHT }],
    ['a day of birth', { birthDate: '1949-12-31' }, { birthDate: '1949-12-31' }],
    ['no month of birth', { birthDate: '1949-12' }, {}],
    ['no day that is in no calendar', { birthDate: '1949-02-30' }, {}],
  ])('%s', ([, patient, claim]) => {
    expect(claimOf(patient as never)).toEqual(claim);
  });
});

describe('a clinician is named', () => {
  const issuer = 'https://his.example';
  test.for<[string, unknown, { system: string; value: string; name: string }]>([
    ['nobody', undefined, { system: issuer, value: 'Practitioner/7', name: 'Practitioner/7' }],
    [
      'by identifier and written name',
      { resourceType: 'Practitioner', identifier: [OWN], name: [{ text: '林敏' }] },
      { ...OWN, name: '林敏' },
    ],
    [
      'in Chinese without a space',
      { resourceType: 'Practitioner', identifier: [OWN], name: [{ family: '欧阳', given: ['修'] }] },
      { ...OWN, name: '欧阳修' },
    ],
    [
      'in Latin letters with one',
      { resourceType: 'Practitioner', identifier: [OWN], name: [{ family: 'Lin', given: ['Min', 'A.'] }] },
      { ...OWN, name: 'Min A. Lin' },
    ],
    [
      'not by the number of an identity card',
      { resourceType: 'Practitioner', identifier: [CARD, OWN], name: [{ text: '林敏' }] },
      { ...OWN, name: '林敏' },
    ],
    [
      'not by an identifier that could forge a line of the log',
      { resourceType: 'Practitioner', identifier: [{ system: 'urn:x', value: 'a\nb' }], name: [{ text: '林|敏' }] },
      { system: issuer, value: 'Practitioner/7', name: 'Practitioner/7' },
    ],
    [
      'of a role by its words',
      { resourceType: 'PractitionerRole', practitioner: { identifier: OWN, display: '林医生' } },
      { ...OWN, name: '林医生' },
    ],
  ])('%s', ([, user, named]) => {
    expect(practitionerOf(user as never, 'Practitioner/7', issuer)).toEqual(named);
  });

  test.for<[string | undefined, string | undefined]>([
    ['Practitioner/doc-1', 'doc-1'],
    ['https://other.example/Practitioner/doc-1', undefined],
    ['Practitioner/../Patient/1', undefined],
    [undefined, undefined],
  ])('a role refers to "%s"', ([reference, id]) => {
    expect(practitionerIdOf({ practitioner: { reference } })).toBe(id);
  });
});

test.for<[unknown, string]>([
  [undefined, 'outpatient'],
  [{ class: { code: 'AMB' } }, 'outpatient'],
  [{ class: { code: 'EMER' } }, 'emergency'],
  [{ class: { code: 'IMP' } }, 'inpatient'],
  [{ class: { code: 'SS' } }, 'inpatient'],
  [{ class: 'IMP' }, 'outpatient'],
])('the setting of %j is %s', ([encounter, setting]) => {
  expect(settingOf(encounter as never)).toBe(setting);
});

describe('a key of a prefetch', () => {
  const patient = { resourceType: 'Patient' };
  const outcome = { resourceType: 'OperationOutcome' };
  const searchset = (...resources: object[]) => ({ resourceType: 'Bundle', entry: resources.map((resource) => ({ resource })) });
  test.for<[string, Record<string, unknown> | undefined, unknown]>([
    ['no prefetch', undefined, 'missing'],
    ['no key', {}, 'missing'],
    ['null', { patient: null }, 'nothing'],
    ['the resource', { patient }, { resource: patient }],
    ['one match', { patient: searchset(patient) }, { resource: patient }],
    ['one match beside an outcome', { patient: searchset(outcome, patient) }, { resource: patient }],
    ['two matches', { patient: searchset(patient, patient) }, 'several'],
    ['no match', { patient: searchset() }, 'nothing'],
    ['an outcome', { patient: outcome }, 'missing'],
    ['an outcome in a searchset', { patient: searchset(outcome) }, 'missing'],
  ])('%s', ([, prefetch, read]) => {
    expect(readPrefetch(prefetch as never, 'patient', ['Patient'])).toEqual(read);
  });

  test('of another type is refused', () => {
    expect(() => readPrefetch({ patient: { resourceType: 'Group' } }, 'patient', ['Patient'])).toThrow(/prefetch\.patient/);
  });
});
