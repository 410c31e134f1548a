import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { MADE, readPublished } from '../../src/cli/definitions.ts';
import { NOT_OFFERED } from '../../src/fhir/definitions/make-search-parameters.ts';
import { readExpression } from '../../src/fhir/definitions/search-expression.ts';
import { searchParameter, searchParametersOf } from '../../src/fhir/definitions/search-parameters.ts';
import { RESOURCE_TYPES } from '../../src/fhir/resource-types.ts';
import { pathNumber } from '../../src/fhir/search-hash.ts';
import { clinicalTimeOf, groupNumber, partsInside, referencePathsOf } from '../../src/fhir/search-paths.ts';

const TABLE = 'search-parameters.json';

test(`${TABLE} says what the published definitions say (if not: npm run definitions)`, async () => {
  const kept = await readFile(new URL(`../../src/fhir/definitions/${TABLE}`, import.meta.url), 'utf8');

  expect(MADE[TABLE]?.(readPublished)).toBe(kept);
});

interface Published {
  readonly id: string;
  readonly code: string;
  readonly base: readonly string[];
  readonly type: string;
}

test('every parameter of R4 is offered on every type it is for, or said not to be', () => {
  const { entry } = readPublished(TABLE) as { readonly entry: readonly { readonly resource: Published }[] };
  const missing = entry.flatMap(({ resource: { id, code, base, type } }) =>
    base
      .flatMap((it) => (it === 'Resource' || it === 'DomainResource' ? [...RESOURCE_TYPES] : [it]))
      .filter((it) => searchParameter(it, code)?.type !== type)
      .map((it) => `${it} ${id}`),
  );

  expect(missing.filter((it) => !((it.split(' ')[1] ?? '') in NOT_OFFERED))).toEqual([]);
  expect(entry.length).toBeGreaterThan(1_300);
});

/** What is indexed beside an element itself. */
const BESIDE: Readonly<Record<string, readonly string[]>> = { Reference: [':identifier', ':type'], Identifier: [':of-type'] };

test('no two paths of a type have the same number', () => {
  const mixedUp = [...RESOURCE_TYPES].flatMap((type) => {
    const taken = new Map<number, string>();
    const clashes: string[] = [];
    const take = (number: number, name: string): void => {
      const other = taken.get(number) ?? name;
      if (other !== name) clashes.push(`${type}: ${name} and ${other}`);
      taken.set(number, name);
    };
    for (const parameter of searchParametersOf(type)) {
      for (const { path, type: dataType } of parameter.paths) {
        const beside = parameter.type === 'string' ? [':exact'] : (BESIDE[dataType] ?? []);
        for (const name of ['', ...beside].map((it) => path + it)) take(pathNumber(name), name);
      }
      // Composites that hold the same parts of the same elements together share what is indexed.
      for (const group of parameter.groups) {
        if (group.path !== '') take(groupNumber(group), JSON.stringify(partsInside(group).map((it) => it.paths)));
      }
    }
    return clashes;
  });

  expect(mixedUp).toEqual([]);
});

test('the time by which a type is ordered is one of its date parameters', () => {
  const ordered = [...RESOURCE_TYPES].filter((it) => clinicalTimeOf(it) !== undefined);

  expect(ordered.map((it) => searchParameter(it, clinicalTimeOf(it) ?? '')?.type)).toEqual(ordered.map(() => 'date'));
});

test('the references of a report are among the paths that hold it to others', () => {
  expect(referencePathsOf('DiagnosticReport')).toEqual(
    expect.arrayContaining(['subject', 'result', 'basedOn', 'media.link'].map(pathNumber)),
  );
});

test.for<[string, string, readonly string[]]>([
  ['a member', 'Patient.gender', ['gender code']],
  ['a union', 'Patient.name.given | Patient.name.family', ['name.given string', 'name.family string']],
  ['other types are passed over', 'Person.gender | Patient.gender', ['gender code']],
  ['every form of a choice', 'Patient.deceased', ['deceasedBoolean boolean', 'deceasedDateTime dateTime']],
  ['one form of a choice', '(Patient.deceased as dateTime)', ['deceasedDateTime dateTime']],
  ['one form, another way', 'Patient.deceased.as(dateTime)', ['deceasedDateTime dateTime']],
  ['one form, a third way', 'Patient.deceased.ofType(dateTime)', ['deceasedDateTime dateTime']],
  ['a type in the wrong case', 'Patient.deceased.as(DateTime)', ['deceasedDateTime dateTime']],
  ['elements that say something', "Patient.telecom.where(system='phone')", ["telecom.where(system='phone') ContactPoint"]],
  ['a target', 'Patient.link.other.where(resolve() is Patient)', ['link.other Reference>Patient']],
  ['an extension', "Patient.extension('http://a/b').value.as(string)", ["extension.where(url='http://a/b').valueString string"]],
  [
    'an extension, another way',
    "Patient.extension.where(url='http://a/b').value as string",
    ["extension.where(url='http://a/b').valueString string"],
  ],
  ['being there', 'Patient.deceased.exists() and Patient.deceased != false', ['deceasedBoolean existence', 'deceasedDateTime existence']],
  ['what every resource has', 'Resource.meta.tag', ['meta.tag Coding']],
  ['without its type', 'name | gender', ['name HumanName', 'gender code']],
])('an expression: %s', ([, expression, paths]) => {
  const found = readExpression(expression, { type: 'Patient' });

  expect(found.map((it) => `${it.path} ${it.type}${it.target === undefined ? '' : `>${it.target}`}`)).toEqual(paths);
});

test.for([
  'Patient.name.first()',
  'Patient.name[0]',
  'Patient.nothing',
  'Patient.gender as Quantity',
  'Patient.name.where(given.exists())',
  'Patient.deceased.exists()',
  'Patient.deceased.exists() and Patient.active != false',
  'Patient.name + Patient.gender',
  'Patient.',
  '',
  '(Patient.name',
])('an expression that is refused: %s', (expression) => {
  expect(() => readExpression(expression, { type: 'Patient' })).toThrow();
});
