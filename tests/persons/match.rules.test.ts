import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Json } from '../../src/fhir/exact-json.ts';
import { chooseMatches, GRADES, type Grade, type Graded, gradeMatch } from '../../src/persons/match.rules.ts';
import { type MatchTraits, readTraits } from '../../src/persons/match-traits.rules.ts';
import { telecomsOf } from '../../src/resources/finding-keys.ts';
import { freshIdCard } from '../support/people.ts';

const ID_CARD = 'urn:oid:2.16.156.10011.1.3';

/** 周晓岚, as most tests ask for her. */
const ASKED = { name: [{ text: '周晓岚' }], birthDate: '1985-10-09', gender: 'female' };

const traits = (patient: object): MatchTraits => readTraits({ resourceType: 'Patient', ...patient } as Json, telecomsOf(patient as Json));
const grade = (one: object, other: object) => gradeMatch(traits(one), traits(other));
const mrn = (value: string) => ({ identifier: [{ system: 'urn:mrn', value }] });
const card = (value: string) => ({ identifier: [{ system: ID_CARD, value }] });
const phone = (value: string) => ({ telecom: [{ system: 'phone', value }] });

describe('grades', () => {
  test.for<[string, object, object, Grade, number]>([
    ['all three of name, birth date and sex', ASKED, ASKED, 'probable', 0.5],
    ['without the sex', { ...ASKED, gender: undefined }, ASKED, 'possible', 0.45],
    ['and a number in common', { ...ASKED, ...mrn('1') }, { ...ASKED, ...mrn('1') }, 'certain', 0.95],
    [
      'and other numbers of one system: the very thing that is looked for',
      { ...ASKED, ...mrn('1') },
      { ...ASKED, ...mrn('2') },
      'probable',
      0.5,
    ],
    ['and a telephone', { ...ASKED, ...phone('+86 138-1234-5678') }, { ...ASKED, ...phone('13812345678') }, 'probable', 0.65],
    [
      'everything but a number',
      { ...ASKED, ...phone('13812345678'), address: [{ text: '渝中区 1 号' }] },
      { ...ASKED, ...phone('13812345678'), address: [{ text: '渝中区1号' }] },
      'probable',
      0.73,
    ],
    ['a number alone', mrn('1'), { ...ASKED, ...mrn('1') }, 'possible', 0.45],
    ['a number without its system', { identifier: [{ value: '1' }] }, { ...ASKED, identifier: [{ value: '1' }] }, 'none', 0],
    ['a number and a name', { ...mrn('1'), name: ASKED.name }, { ...ASKED, ...mrn('1') }, 'probable', 0.7],
    ['a number and another name', { ...mrn('1'), name: [{ text: '李四' }] }, { ...ASKED, ...mrn('1') }, 'none', 0.05],
    ['a name alone', { name: ASKED.name }, ASKED, 'none', 0.25],
    ['name and sex', { name: ASKED.name, gender: 'female' }, ASKED, 'possible', 0.3],
    ['name and a telephone', { name: ASKED.name, ...phone('02312345678') }, { ...ASKED, ...phone('023-12345678') }, 'possible', 0.4],
    ['birth date and sex', { birthDate: '1985-10-09', gender: 'female' }, ASKED, 'none', 0.25],
    ['day and month in each other’s place', { ...ASKED, birthDate: '1985-09-10' }, ASKED, 'possible', 0.4],
    ['one digit of the birth date', { ...ASKED, birthDate: '1985-10-08' }, ASKED, 'possible', 0.3],
    ['another birth date', { ...ASKED, birthDate: '1972-03-01' }, ASKED, 'none', 0],
    ['the month', { ...ASKED, birthDate: '1985-10' }, ASKED, 'possible', 0.42],
    ['the year', { ...ASKED, birthDate: '1985' }, ASKED, 'possible', 0.36],
    ['another year', { ...ASKED, birthDate: '1986' }, ASKED, 'none', 0],
    ['the other sex', { ...ASKED, gender: 'male' }, ASKED, 'possible', 0.3],
    ['a sex not known', { ...ASKED, gender: 'unknown' }, ASKED, 'possible', 0.45],
    ['a sex called other', { ...ASKED, gender: 'other' }, ASKED, 'possible', 0.45],
    ['one Chinese character of three', { ...ASKED, name: [{ text: '周晓兰' }] }, ASKED, 'possible', 0.37],
    [
      'one Chinese character of two: another name',
      { ...ASKED, name: [{ text: '周兰' }] },
      { ...ASKED, name: [{ text: '周岚' }] },
      'none',
      0,
    ],
    ['pinyin is not guessed', { ...ASKED, name: [{ text: 'Zhou Xiaolan' }] }, ASKED, 'none', 0],
    ['the name in its parts', { ...ASKED, name: [{ family: '周', given: ['晓岚'] }] }, ASKED, 'probable', 0.5],
    [
      'given name first',
      { ...ASKED, name: [{ text: 'John Smith' }] },
      { ...ASKED, name: [{ family: 'Smith', given: ['John'] }] },
      'probable',
      0.5,
    ],
    [
      'a former name',
      { ...ASKED, name: [{ text: '李晓岚' }] },
      { ...ASKED, name: [{ text: '周晓岚' }, { use: 'old', text: '李晓岚' }] },
      'probable',
      0.5,
    ],
    [
      'a middle name more',
      { ...ASKED, name: [{ family: 'Smith', given: ['John', 'Paul'] }] },
      { ...ASKED, name: [{ family: 'Smith', given: ['John'] }] },
      'possible',
      0.37,
    ],
    [
      'an initial',
      { ...ASKED, name: [{ family: 'Smith', given: ['J.'] }] },
      { ...ASKED, name: [{ family: 'Smith', given: ['John'] }] },
      'possible',
      0.37,
    ],
    ['one letter of six', { ...ASKED, name: [{ text: 'Schmit' }] }, { ...ASKED, name: [{ text: 'Schmidt' }] }, 'possible', 0.37],
    ['one letter of four', { ...ASKED, name: [{ text: 'Li Na' }] }, { ...ASKED, name: [{ text: 'Li Ni' }] }, 'none', 0],
    ['two letters', { ...ASKED, name: [{ text: 'Schmitz' }] }, { ...ASKED, name: [{ text: 'Schnidt' }] }, 'none', 0],
    [
      'the same city',
      { ...ASKED, address: [{ city: '重庆' }] },
      { ...ASKED, address: [{ city: '重庆', line: ['1 号'] }] },
      'probable',
      0.53,
    ],
    ['a mother’s maiden name', { ...ASKED, extension: [MOTHER('Doe')] }, { ...ASKED, extension: [MOTHER('DOE')] }, 'probable', 0.58],
    ['another one', { ...ASKED, extension: [MOTHER('Doe')] }, { ...ASKED, extension: [MOTHER('Roe')] }, 'possible', 0.45],
    ['nothing', {}, {}, 'none', 0],
  ])('%s', ([, one, other, expected, score]) => {
    expect(grade(one, other)).toEqual({ grade: expected, score });
    expect(grade(other, one)).toEqual({ grade: expected, score });
  });

  test.for<[string, (number: string) => object, object, Grade]>([
    ['and a name: it says the birth date and sex itself', (it) => ({ ...card(it), name: ASKED.name }), { name: ASKED.name }, 'certain'],
    ['alone', card, { name: ASKED.name }, 'probable'],
    ['with a small x and spaces', (it) => ({ ...card(` ${it.toLowerCase()} `), name: ASKED.name }), { name: ASKED.name }, 'certain'],
    ['and another name', (it) => ({ ...card(it), name: [{ text: '李四' }] }), { name: ASKED.name }, 'possible'],
  ])('an identity card in common %s', ([, asked, more, expected]) => {
    for (const number of [freshIdCard(), freshIdCard()]) {
      expect(grade(asked(number), { ...card(number), ...more }).grade).toBe(expected);
    }
  });

  test('two identity cards in force are two human beings, whatever else agrees', () => {
    const same = { ...ASKED, ...phone('13812345678') };
    const [one, other] = [freshIdCard(), freshIdCard()];
    const numbers = (value: string) => ({ identifier: [...card(value).identifier, ...mrn('1').identifier] });

    expect(grade({ ...same, ...numbers(one) }, { ...same, ...numbers(other) })).toEqual({ grade: 'certainly-not', score: 0 });
    expect(grade({ ...same, ...mrn('1') }, { ...same, ...numbers(other) }).grade).toBe('certain');
    // A former number is no conflict.
    const old = { identifier: [{ use: 'old', system: ID_CARD, value: freshIdCard() }] };
    expect(grade({ ...same, ...old }, { ...same, ...card(other) }).grade).not.toBe('certainly-not');
  });
});

function MOTHER(valueString: string) {
  return { url: 'http://hl7.org/fhir/StructureDefinition/patient-mothersMaidenName', valueString };
}

const CARDS = [freshIdCard(), freshIdCard(), freshIdCard()];
const some = <Value>(...values: readonly Value[]) => fc.uniqueArray(fc.constantFrom(...values), { maxLength: 2 });
const anyTraits: fc.Arbitrary<MatchTraits> = fc.record({
  documents: fc.oneof(
    some(...CARDS.map((value) => ({ system: ID_CARD, value }))),
    some({ system: 'urn:passport', value: 'P1' }, { system: 'urn:passport', value: 'P2' }),
  ),
  identifiers: some('urn:mrn|1', 'urn:mrn|2', 'urn:other|1'),
  names: some('周晓岚', '周晓兰', '周岚', 'JOHNSMITH', 'JOHNSMYTH', 'SMITHJOHN', ''),
  nameParts: some({ family: 'SMITH', given: ['JOHN'] }, { family: 'SMITH', given: ['J'] }, { family: '周', given: ['晓岚'] }),
  birthDate: fc.constantFrom(undefined, '1985', '1985-10', '1985-10-09', '1985-09-10', '1985-10-08', '1990-01-01'),
  gender: fc.constantFrom(undefined, 'male', 'female', 'other', 'unknown'),
  telecoms: some('3812345678', '3900000000', 'a@b.example'),
  addresses: some('渝中区1号', '南岸区2号'),
  places: some('重庆', '400010'),
  mothersMaidenName: fc.constantFrom(undefined, 'DOE', 'ROE'),
});
const rank = (it: Grade): number => GRADES.indexOf(it);

describe('for any two records', () => {
  test('their order does not matter, and the score lies within 0 and 1', () => {
    fc.assert(
      fc.property(anyTraits, anyTraits, (one, other) => {
        const match = gradeMatch(one, other);
        expect(gradeMatch(other, one)).toEqual(match);
        expect(match.score).toBeGreaterThanOrEqual(0);
        expect(match.score).toBeLessThanOrEqual(1);
      }),
    );
  });

  test('more agreement never lowers grade or score', () => {
    fc.assert(
      fc.property(anyTraits, anyTraits, fc.constantFrom(...FIELDS), (one, other, field) => {
        const said = one[field];
        fc.pre(said !== undefined && !(Array.isArray(said) && said.length === 0));
        // The parts of a name say the same as the name.
        const fields = field === 'nameParts' ? (['names', 'nameParts'] as const) : [field];
        fc.pre(one.names.length > 0 || field !== 'nameParts');
        const closer = { ...other, ...Object.fromEntries(fields.map((it) => [it, one[it]])) };
        const [before, after] = [gradeMatch(one, other), gradeMatch(one, closer)];
        expect(after.score).toBeGreaterThanOrEqual(before.score);
        expect(rank(after.grade)).toBeLessThanOrEqual(rank(before.grade));
      }),
      { numRuns: 1_000 },
    );
  });

  test('certain takes a number or document in common', () => {
    fc.assert(
      fc.property(anyTraits, anyTraits, (one, other) => {
        const alone = { ...other, documents: [], identifiers: [] };
        expect(gradeMatch(one, alone).grade).not.toBe('certain');
      }),
    );
  });
});

const FIELDS = [
  'documents',
  'identifiers',
  'names',
  'nameParts',
  'birthDate',
  'gender',
  'telecoms',
  'addresses',
  'places',
  'mothersMaidenName',
] as const satisfies readonly (keyof MatchTraits)[];

describe('the choice', () => {
  const record = (id: string, person: string, grade: Grade, score: number): Graded => ({ id, person, grade, score });
  const choose = (records: readonly Graded[], onlyCertain: boolean, count = 20) =>
    chooseMatches(records, { onlyCertain, count }).matches.map((it) => it.id);
  const [certain, second, probable, possible, none, not] = [
    record('a', '1', 'certain', 1),
    record('b', '1', 'certain', 0.95),
    record('c', '2', 'probable', 0.6),
    record('d', '3', 'possible', 0.4),
    record('e', '4', 'none', 0.2),
    record('f', '5', 'certainly-not', 0),
  ] as [Graded, Graded, Graded, Graded, Graded, Graded];

  test.for<[string, readonly Graded[], boolean, number, readonly string[]]>([
    ['the best first, without what is none', [none, possible, certain, not, probable], false, 20, ['a', 'c', 'd']],
    ['cut short', [possible, certain, probable], false, 2, ['a', 'c']],
    ['several certain records of one person', [second, certain], true, 20, ['a', 'b']],
    ['only the certain one of a person', [record('x', '1', 'possible', 0.4), certain], true, 20, ['a']],
    ['another person is possible', [certain, possible], true, 20, []],
    ['another person is not', [certain, none, not], true, 20, ['a']],
    ['one that is not certain', [probable], true, 20, []],
    ['nobody', [], true, 20, []],
  ])('%s', ([, records, onlyCertain, count, expected]) => {
    expect(choose(records, onlyCertain, count)).toEqual(expected);
  });

  test('the order of the candidates does not matter', () => {
    const records = [certain, second, probable, possible, none, not, record('g', '2', 'probable', 0.6)];
    fc.assert(
      fc.property(
        fc.shuffledSubarray(records, { minLength: records.length }),
        fc.boolean(),
        fc.integer({ min: 1, max: 8 }),
        (shuffled, only, count) => {
          expect(choose(shuffled, only, count)).toEqual(choose(records, only, count));
        },
      ),
    );
  });

  test('the total counts what was cut off', () => {
    expect(chooseMatches([certain, probable, possible, none], { onlyCertain: false, count: 1 }).total).toBe(3);
  });
});
