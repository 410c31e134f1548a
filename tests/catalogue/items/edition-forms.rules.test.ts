import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compareItems } from '../../../src/catalogue/items/compare-items.rules.ts';
import { codeSystemOf } from '../../../src/catalogue/items/edition-code-system.rules.ts';
import { cellsOf } from '../../../src/catalogue/items/edition-columns.rules.ts';
import { writeEditionCsv } from '../../../src/catalogue/items/edition-csv.ts';
import { readCodeSystemEdition, readCsvEdition } from '../../../src/catalogue/items/read-edition.ts';
import type { Failure } from '../../../src/failure.ts';
import { anyHead, anyItems, csvOf, row } from '../../support/editions.ts';

const HEAD = { edition: 'e', title: '目录', effectiveFrom: '2027-01-01' };
const bytes = (text: string) => new TextEncoder().encode(text);
const readCsv = (text: string) => readCsvEdition('e', HEAD, text);
const readCodes = (resource: object, query = {}) => readCodeSystemEdition('e', query, bytes(JSON.stringify(resource)));

function failureOf(work: () => unknown): Failure {
  try {
    work();
  } catch (error) {
    return error as Failure;
  }
  throw new Error('nothing was refused');
}

const pathsOf = (work: () => unknown) => failureOf(work).issues.map((it) => it.path);

test('from CSV to an edition to a CodeSystem to an edition to CSV nothing changes', () => {
  fc.assert(
    fc.property(anyHead, anyItems, (head, items) => {
      const csv = writeEditionCsv(items);
      const fromCsv = readCsvEdition(head.edition, head, csv);
      const codes = codeSystemOf(fromCsv.head, fromCsv.items);
      const fromCodes = readCodeSystemEdition(head.edition, {}, bytes(JSON.stringify(codes)));

      expect(fromCsv).toEqual({ head, items });
      expect(fromCodes).toEqual({ head, items });
      expect(writeEditionCsv(fromCodes.items)).toBe(csv);
    }),
  );
});

test('a CodeSystem read is the same again when it is written', () => {
  fc.assert(
    fc.property(anyHead, anyItems, (head, items) => {
      const codes = codeSystemOf(head, items);
      const { head: itsHead, items: itsItems } = readCodeSystemEdition(head.edition, {}, bytes(JSON.stringify(codes)));
      expect(codeSystemOf(itsHead, itsItems)).toEqual(codes);
    }),
  );
});

test('no cell of an exported edition is a formula to a spreadsheet', () => {
  fc.assert(fc.property(anyItems, (items) => items.every((it) => Object.values(cellsOf(it)).every((cell) => !/^[=+\-@\t\r]/.test(cell)))));
});

test('a difference is seen from both sides, and none between an edition and itself', () => {
  fc.assert(
    fc.property(anyItems, anyItems, (before, after) => {
      const turned = compareItems(after, before).map((it) => ({
        code: it.code,
        change: { added: 'removed', removed: 'added', changed: 'changed' }[it.change],
        fields: it.fields.map((field) => ({ ...field, before: field.after, after: field.before })),
      }));
      expect(compareItems(before, after)).toEqual(turned);
      expect(compareItems(before, before)).toEqual([]);
    }),
  );
});

test('with and without a byte order mark, in any order of columns, with empty rows between, it is the same edition', () => {
  const text = csvOf([row(), row({ code: 'RBC', window: 'PT6H' })]);
  const plain = readCsv(text);
  const turned = text
    .trimEnd()
    .split('\n')
    .map((line) => line.split(',').toReversed().join(','))
    .join('\r\n\r\n');

  expect(readCsv(`\uFEFF${text}`)).toEqual(plain);
  expect(readCsv(turned)).toEqual(plain);
  expect(readCsv(`\uFEFF${turned}\r\n,,,,,,,,,,,,,,,\r\n`)).toEqual(plain);
  expect(plain.items.map((it) => [it.code, it.windowMinutes])).toEqual([
    ['RBC', 360],
    ['WBC', null],
  ]);
});

test('rows are counted as a spreadsheet counts them', () => {
  const [header, first] = csvOf([row()]).split('\n');
  const faulty = csvOf([row({ code: 'B', name_en: 'two, "parts"', window: '0' })]).split('\n')[1];

  expect(pathsOf(() => readCsv(`${header}\n${first}\n\n${faulty}\n`))).toEqual(['row 4, column window']);
});

test.for<[string, string, string, readonly (string | undefined)[]]>([
  ['a quote that does not close', `${csvOf([row()])}"WBC`, 'malformed', ['row 3']],
  ['nothing', '', 'rule-violated', expect.arrayContaining(['row 1, column code', 'row 1, column panels'])],
  ['a header alone', csvOf([]), 'rule-violated', [undefined]],
  ['a missing column', csvOf([row()]).replaceAll(/^"[^"]*",/gm, ''), 'rule-violated', ['row 1, column code']],
  ['an unknown column', csvOf([row()]).replace('"loinc"', '"LOINC"'), 'rule-violated', ['row 1, column loinc', 'row 1, column LOINC']],
  ['a column twice', csvOf([row()]).replace('"loinc"', '"unit"'), 'rule-violated', ['row 1, column loinc', 'row 1, column unit']],
  ['a short row', `${csvOf([row()])}"WBC","x"\n`, 'rule-violated', ['row 3']],
])('CSV: %s is refused', ([, text, code, paths]) => {
  const failure = failureOf(() => readCsv(text));
  expect({ code: failure.code, paths: failure.issues.map((it) => it.path) }).toEqual({ code, paths });
});

test('faults of the head and of rows are named together', () => {
  expect(pathsOf(() => readCsvEdition('e', { effectiveFrom: '2027-02-30' }, csvOf([row({ kind: 'x' })])))).toEqual([
    'title',
    'effectiveFrom',
    'row 2, column kind',
  ]);
});

const CODES = codeSystemOf(HEAD, readCsv(csvOf([row({ window: 'PT6H' }), row({ code: 'RBC' })])).items);
const concept = {
  code: 'A',
  display: '甲',
  designation: [{ language: 'en', value: 'A' }],
  property: [
    { code: 'kind', valueCode: 'imaging' },
    { code: 'window_basis', valueCode: 'examined' },
  ],
};
const withConcept = (change: object) => ({ ...CODES, concept: [{ ...concept, ...change }] });

test.for<[string, object, readonly string[]]>([
  ['as it was', CODES, []],
  ['a concept with what is needed', withConcept({}), []],
  ['minutes as a number', withConcept({ property: [...concept.property, { code: 'window', valueInteger: 360 }] }), []],
  ['another url', { ...CODES, url: 'urn:x' }, ['url']],
  ['another version than the address', { ...CODES, version: 'f' }, ['version']],
  ['another type', { ...CODES, resourceType: 'ValueSet' }, ['url']],
  [
    'no effective day',
    { ...CODES, extension: undefined },
    ["extension('http://hl7.org/fhir/StructureDefinition/codesystem-effectiveDate')"],
  ],
  ['no title', { ...CODES, title: undefined }, ['title']],
  ['a draft', { ...CODES, status: 'draft' }, ['status']],
  ['a fragment', { ...CODES, content: 'fragment' }, ['content']],
  ['no display', withConcept({ display: undefined }), ['concept[0].display']],
  ['no English name', withConcept({ designation: undefined }), ['concept[0].designation']],
  [
    'two English names',
    withConcept({ designation: [...concept.designation, { language: 'en-GB', value: 'B' }] }),
    ['concept[0].designation'],
  ],
  ['a concept inside of a concept', withConcept({ concept: [concept] }), ['concept[0].concept']],
  ['a definition', withConcept({ definition: 'x' }), ['concept[0].definition']],
  [
    'an unknown property',
    withConcept({ property: [...concept.property, { code: 'colour', valueCode: 'red' }] }),
    ['concept[0].property[2]'],
  ],
  [
    'a property twice',
    withConcept({ property: [...concept.property, { code: 'kind', valueCode: 'ecg' }] }),
    ['concept[0].property[2]', "concept[0].property.where(code='kind')"],
  ],
  ['a property without a value', withConcept({ property: [...concept.property, { code: 'unit' }] }), ['concept[0].property[2]']],
  [
    'a window of nothing',
    withConcept({ property: [...concept.property, { code: 'window', valueString: 'PT0H' }] }),
    ["concept[0].property.where(code='window')"],
  ],
])('CodeSystem: %s', ([, resource, paths]) => {
  if (paths.length === 0) expect(readCodes(resource).head).toEqual(HEAD);
  else expect(pathsOf(() => readCodes(resource))).toEqual(paths);
});

test('what a CodeSystem says itself cannot stand in the address as well', () => {
  expect(pathsOf(() => readCodes(CODES, { title: 'x' }))).toEqual(['title']);
});
