import { expect, test } from 'vitest';
import { wantedDomains } from '../../src/fhir/wanted-domains.ts';

test.for<[string, string, readonly [string, string][], readonly string[]]>([
  ['one', 'Patient', [['identifier', 'urn:a|']], ['urn:a']],
  ['either of two', 'Patient', [['identifier', 'urn:a|,urn:b|']], ['urn:a', 'urn:b']],
  [
    'one beside other parameters',
    'Patient',
    [
      ['family', 'x'],
      ['identifier', 'urn:a|'],
    ],
    ['urn:a'],
  ],
  [
    'one beside a value',
    'Patient',
    [
      ['identifier', 'urn:a|'],
      ['identifier', 'urn:b|1'],
    ],
    ['urn:a'],
  ],
  [
    'the same twice',
    'Patient',
    [
      ['identifier', 'urn:a|'],
      ['identifier', 'urn:a|'],
    ],
    ['urn:a'],
  ],
  ['a value', 'Patient', [['identifier', 'urn:a|1']], []],
  ['a value of any system', 'Patient', [['identifier', '1']], []],
  ['a value of none', 'Patient', [['identifier', '|1']], []],
  ['a list with a value in it', 'Patient', [['identifier', 'urn:a|,urn:b|1']], []],
  ['nothing but a bar', 'Patient', [['identifier', '|']], []],
  ['a bar that belongs to the value', 'Patient', [['identifier', 'urn:a|1\\|']], []],
  ['a comma that belongs to the system', 'Patient', [['identifier', 'urn:a\\,b|']], ['urn:a,b']],
  ['what is not to be', 'Patient', [['identifier:not', 'urn:a|']], []],
  ['another type', 'Practitioner', [['identifier', 'urn:a|']], []],
])('%s', ([, type, used, expected]) => {
  expect(wantedDomains({ type, used })).toEqual(expected);
});
