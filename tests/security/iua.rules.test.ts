import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { PURPOSES } from '../../src/security/caller-headers.rules.ts';
import { readIua, writeIua } from '../../src/security/iua.rules.ts';

const ACT_REASON = 'http://terminology.hl7.org/CodeSystem/v3-ActReason';
const person = { subject_name: '林敏', person_id: 'urn:oid:1.2.3|D-1001' };
const linMin = { system: 'urn:oid:1.2.3', value: 'D-1001', name: '林敏' };
const nobody = { practitioner: null, purpose: null };

describe('the claim extensions.ihe_iua', () => {
  test.for<[string, unknown, ReturnType<typeof readIua>]>([
    ['no extensions', undefined, nobody],
    ['other extensions', { other: {} }, nobody],
    ['an empty one', { ihe_iua: {} }, nobody],
    ['a clinician', { ihe_iua: person }, { practitioner: linMin, purpose: null }],
    [
      'a clinician by national_provider_identifier',
      { ihe_iua: { subject_name: '林敏', national_provider_identifier: 'urn:oid:1.2.3|D-1001' } },
      { practitioner: linMin, purpose: null },
    ],
    ['a purpose in a list', { ihe_iua: { purpose_of_use: [{ system: ACT_REASON, code: 'BTG' }] } }, { practitioner: null, purpose: 'BTG' }],
    [
      'a purpose by itself',
      { ihe_iua: { purpose_of_use: { system: ACT_REASON, code: 'TREAT' } } },
      { practitioner: null, purpose: 'TREAT' },
    ],
    [
      'a purpose of the OID of the same system',
      { ihe_iua: { purpose_of_use: [{ system: 'urn:oid:2.16.840.1.113883.5.8', code: 'TREAT' }] } },
      { practitioner: null, purpose: 'TREAT' },
    ],
    ['an empty list of purposes', { ihe_iua: { purpose_of_use: [] } }, nobody],
    ['members nobody reads', { ihe_iua: { subject_organization: 'elsewhere', home_community_id: 7 } }, nobody],
  ])('%s', ([, extensions, expected]) => {
    expect(readIua(extensions)).toEqual(expected);
  });

  test.for<[string, unknown, RegExp]>([
    ['no object', { ihe_iua: 'x' }, /not an object/],
    ['a list', { ihe_iua: [] }, /not an object/],
    ['a name without an identifier', { ihe_iua: { subject_name: '林敏' } }, /person_id/],
    ['an identifier without a name', { ihe_iua: { person_id: 'urn:oid:1.2.3|D-1001' } }, /subject_name/],
    ['an identifier without a system', { ihe_iua: { ...person, person_id: 'D-1001' } }, /person_id/],
    ['an identifier that is a number', { ihe_iua: { ...person, person_id: 1001 } }, /person_id/],
    ['half a character in the name', { ihe_iua: { ...person, subject_name: '\ud800' } }, /subject_name/],
    ['two purposes', { ihe_iua: { purpose_of_use: [{ code: 'TREAT' }, { code: 'BTG' }] } }, /several/],
    ['a purpose of another system', { ihe_iua: { purpose_of_use: [{ system: 'http://other.example', code: 'TREAT' }] } }, /v3-ActReason/],
    ['an unknown purpose', { ihe_iua: { purpose_of_use: [{ system: ACT_REASON, code: 'HMARKT' }] } }, /v3-ActReason/],
    ['a purpose that is no Coding', { ihe_iua: { purpose_of_use: ['TREAT'] } }, /v3-ActReason/],
  ])('%s is a problem', ([, extensions, problem]) => {
    expect(readIua(extensions)).toMatchObject({ problem: { en: expect.stringMatching(problem), zh: expect.any(String) } });
  });

  test('what is written is read again', () => {
    fc.assert(
      fc.property(fc.option(fc.constant(linMin)), fc.option(fc.constantFrom(...PURPOSES)), (practitioner, purpose) => {
        expect(readIua(writeIua({ practitioner, purpose }))).toEqual({ practitioner, purpose });
      }),
    );
  });
});
