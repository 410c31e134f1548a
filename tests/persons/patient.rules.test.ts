import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { normalise } from '../../src/fhir/person-name.ts';
import { disagreements, readIdentity } from '../../src/persons/patient.rules.ts';
import { ID_CARD } from '../support/reports.ts';

const CARD = '11010519491231002X';
const PASSPORT_TYPE = { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v2-0203', code: 'PPN' }] };

const patient = {
  resourceType: 'Patient',
  identifier: [{ system: ID_CARD, value: CARD }],
  name: [{ text: '王丽' }],
  birthDate: '1949-12-31',
  gender: 'female',
};

describe('one spelling for what is written in several', () => {
  test.for<[string, string, string]>([
    ['a small check character', '11010519491231002x', CARD],
    ['full-width digits', '１１０１０５１９４９１２３１００２Ｘ', CARD],
    ['a full-width small x', '11010519491231002ｘ', CARD],
    ['spaces inside', ' 110105 19491231 002X ', CARD],
    ['a full-width space', '110105\u300019491231002X', CARD],
    ['a space that does not break', '110105\u00a019491231002X', CARD],
    ['a space of no width', '110105\u200b19491231002X', CARD],
    ['a byte order mark inside', '\ufeff11010519491231002X', CARD],
    ['hyphens', '110105-19491231-002X', CARD],
    ['a name with spaces', ' 王  丽 ', '王丽'],
    ['a name in small letters', 'Li Na', 'LINA'],
    ['a name in full-width letters', 'Ｌｉ　Ｎａ', 'LINA'],
    ['an apostrophe', "Xi'an", 'XIAN'],
    ['a curved apostrophe', 'Xi’an', 'XIAN'],
  ])('%s', ([, written, normal]) => {
    expect(normalise(written)).toBe(normal);
  });

  test.for(['·', '•', '‧', '・', '･', '．', '.', '∙', '⋅', ' ', '-', '‐', '–', '\u200d'])(
    'the dot of a minority name, written as %s',
    (dot) => {
      expect(normalise(`阿卜杜拉${dot}买买提`)).toBe('阿卜杜拉买买提');
    },
  );

  test.for(['ῢ', 'ßẖ', 'x\u0308\u200d\u0323', '\u0345\u0308'])('is the same when done twice with %s', (text) => {
    expect(normalise(normalise(text))).toBe(normalise(text));
  });

  test('is the same when done twice', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (text) => normalise(normalise(text)) === normalise(text)));
  });
});

describe('what a Patient says of who it is', () => {
  test.for<[string, Record<string, unknown>, readonly string[]]>([
    ['all that is needed', patient, []],
    ['nothing', { resourceType: 'Patient' }, []],
    ['a name alone', { resourceType: 'Patient', name: [{ text: '无名氏' }] }, []],
    ['a number of the hospital alone', { resourceType: 'Patient', identifier: [{ system: 'urn:mrn', value: '1' }] }, []],
    ['no name', { ...patient, name: undefined }, ['name']],
    ['a name of spaces', { ...patient, name: [{ text: '  ' }] }, ['name']],
    ['a name of dots', { ...patient, name: [{ text: '···' }] }, ['name']],
    ['no birth date', { ...patient, birthDate: undefined }, ['birthDate']],
    ['a year of birth', { ...patient, birthDate: '1949' }, ['birthDate']],
    ['another year of birth', { ...patient, birthDate: '1950' }, ['birthDate', 'birthDate']],
    ['another birth date than the number’s', { ...patient, birthDate: '1949-12-30' }, ['birthDate']],
    ['a birth date that is none', { ...patient, birthDate: '1949-02-31' }, ['birthDate', 'birthDate']],
    ['a birth date in another form', { ...patient, birthDate: '31.12.1949' }, ['birthDate', 'birthDate']],
    ['another sex than the number’s', { ...patient, gender: 'male' }, ['gender']],
    ['a sex that is neither', { ...patient, gender: 'other' }, []],
    ['no sex', { ...patient, gender: undefined }, []],
    ['a wrong check character', { ...patient, identifier: [{ system: ID_CARD, value: '110105194912310021' }] }, ['identifier[0].value']],
    [
      'a short number',
      {
        ...patient,
        identifier: [
          { system: 'urn:mrn', value: '1' },
          { system: ID_CARD, value: '110105' },
        ],
      },
      ['identifier[1].value'],
    ],
    [
      'an impossible birth date in the number',
      { ...patient, identifier: [{ system: ID_CARD, value: '500112200102290017' }] },
      ['identifier[0].value'],
    ],
    ['a wrong number of former times', { ...patient, identifier: [{ use: 'old', system: ID_CARD, value: '1' }] }, []],
    ['a number without a value', { ...patient, identifier: [{ system: ID_CARD }] }, []],
  ])('%s', ([, content, paths]) => {
    expect(readIdentity(JSON.parse(JSON.stringify(content))).issues.map((it) => it.path)).toEqual(paths);
  });

  test.for<[string, object, readonly object[]]>([
    ['an identity card, by its system', { system: ID_CARD, value: CARD.toLowerCase() }, [{ system: ID_CARD, value: CARD }]],
    [
      'a passport, by its type',
      { type: PASSPORT_TYPE, system: 'urn:passport', value: 'e 1234-5678' },
      [{ system: 'urn:passport', value: 'E12345678' }],
    ],
    [
      'a travel permit, by the Chinese type',
      { type: { coding: [{ system: 'urn:oid:2.16.156.10011.2.3.1.17', code: '06' }] }, system: 'urn:permit', value: 'H123' },
      [{ system: 'urn:permit', value: 'H123' }],
    ],
    [
      'another document of the Chinese type 99',
      { type: { coding: [{ system: 'urn:oid:2.16.156.10011.2.3.1.17', code: '99' }] }, system: 'urn:other', value: '1' },
      [],
    ],
    ['a number of the hospital', { system: 'urn:mrn', value: '1' }, []],
    ['a passport without a system', { type: PASSPORT_TYPE, value: 'E1' }, []],
    ['a passport of former times', { use: 'old', type: PASSPORT_TYPE, system: 'urn:passport', value: 'E1' }, []],
    ['a passport whose number is a stroke, which means none', { type: PASSPORT_TYPE, system: 'urn:passport', value: ' - ' }, []],
  ])('a document that names one person: %s', ([, identifier, documents]) => {
    expect(readIdentity({ ...patient, identifier: [identifier] } as never).identity.documents).toEqual(documents);
  });

  test.for<[string, object[], readonly string[]]>([
    ['its text', [{ text: '王 丽' }], ['王丽']],
    ['family and given, in either order', [{ family: 'Wang', given: ['Li', 'Na'] }], ['WANGLINA', 'LINAWANG']],
    ['both, without saying it twice', [{ text: '王丽', family: '王', given: ['丽'] }], ['王丽', '丽王']],
    ['a family alone', [{ family: '王' }], ['王']],
    ['several names', [{ text: '王丽' }, { use: 'old', text: '王莉' }], ['王丽', '王莉']],
    ['given names that are none', [{ family: '王', given: [null, '丽'] }], ['王丽', '丽王']],
  ])('its names: %s', ([, name, names]) => {
    expect(readIdentity({ ...patient, name } as never).identity.names).toEqual(names);
  });
});

describe('whether two who show the same document may be one', () => {
  const known = { names: ['王丽', '丽王'], birthDate: '1949-12-31' };
  const claimed = { documents: [], names: ['王丽'], birthDate: '1949-12-31', gender: undefined };

  test.for<[string, Partial<typeof claimed> & { birthDate?: string | undefined }, readonly string[]]>([
    ['the same name and day', {}, []],
    ['one name of several in common', { names: ['王莉', '丽王'] }, []],
    ['another name', { names: ['王莉'] }, ['name']],
    ['no name', { names: [] }, ['name']],
    ['another day', { birthDate: '1949-12-30' }, ['birthDate']],
    ['no day', { birthDate: undefined as never }, ['birthDate']],
    ['neither', { names: ['李娜'], birthDate: '1990-01-01' }, ['name', 'birthDate']],
  ])('%s', ([, more, elements]) => {
    expect(disagreements(known, { ...claimed, ...more })).toEqual(elements);
  });
});
