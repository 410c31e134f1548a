import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { conceptMapOf, readConceptMap } from '../../../src/catalogue/mappings/concept-map.rules.ts';
import { EQUIVALENCES, EXPLAINED } from '../../../src/catalogue/mappings/equivalence.rules.ts';
import {
  COLUMNS,
  faultsOfItems,
  faultsOfMappings,
  type Mapping,
  mappingOf,
  type SentMapping,
} from '../../../src/catalogue/mappings/mapping.rules.ts';
import { mappingCsv, readMappingCsv } from '../../../src/catalogue/mappings/mapping-csv.ts';
import { structureIssues } from '../../../src/fhir/validation/structure.ts';

const sent = (more: Partial<Record<(typeof COLUMNS)[number], string>> = {}, index = 0): SentMapping => ({
  system: 'urn:lis',
  code: 'L-1',
  display: '',
  item: 'WBC',
  equivalence: 'equivalent',
  comment: '',
  ...more,
  place: (column) => `${index}.${column}`,
});

describe('faults of mappings', () => {
  test.for<[string, Parameters<typeof sent>[0][], readonly string[]]>([
    ['a mapping', [{}], []],
    ['no system', [{ system: '' }], ['0.system']],
    ['a system with a space', [{ system: 'urn: lis' }], ['0.system']],
    ['a system with a bar', [{ system: 'urn|lis' }], ['0.system']],
    ['the system of the items', [{ system: 'https://tongjian.example/fhir/CodeSystem/item' }], ['0.system']],
    ['a system of 255 characters', [{ system: 'x'.repeat(255) }], []],
    ['one more', [{ system: 'x'.repeat(256) }], ['0.system']],
    ['no code', [{ code: '' }], ['0.code']],
    ['a Chinese code with a space in it', [{ code: '血 常规' }], []],
    ['two spaces in it', [{ code: '血  常规' }], ['0.code']],
    ['a bar in it', [{ code: 'a|b' }], ['0.code']],
    ['a code of 128 characters', [{ code: 'x'.repeat(128) }], []],
    ['one more', [{ code: 'x'.repeat(129) }], ['0.code']],
    ['a display of 255 characters', [{ display: '名'.repeat(255) }], []],
    ['one more', [{ display: '名'.repeat(256) }], ['0.display']],
    ['a control character', [{ display: 'a\u0007b' }], ['0.display']],
    ['a line break', [{ display: 'a\nb' }], []],
    ['no equivalence', [{ equivalence: '' }], ['0.equivalence']],
    ['an unknown one', [{ equivalence: 'Equivalent' }], ['0.equivalence']],
    ['narrower without a comment', [{ equivalence: 'narrower' }], ['0.comment']],
    ['narrower with one', [{ equivalence: 'narrower', comment: '组套' }], []],
    ['inexact without a comment', [{ equivalence: 'inexact' }], ['0.comment']],
    ['wider without a comment', [{ equivalence: 'wider' }], []],
    ['no item', [{ item: '' }], ['0.item']],
    ['unmatched without an item', [{ item: '', equivalence: 'unmatched' }], []],
    ['unmatched with one', [{ equivalence: 'unmatched' }], ['0.item']],
    ['several items of a code', [{}, { item: 'HGB' }], []],
    ['several codes of an item', [{}, { code: 'L-2' }], []],
    ['the same code in two systems', [{}, { system: 'urn:ris' }], []],
    ['a pair twice', [{}, { equivalence: 'equal' }], ['1.item']],
    [
      'unmatched twice',
      [
        { item: '', equivalence: 'unmatched' },
        { item: '', equivalence: 'unmatched' },
      ],
      ['1.item'],
    ],
    ['two displays of a code', [{ display: 'a' }, { item: 'HGB', display: 'b' }], ['1.display']],
    ['mapped and unmatched', [{}, { item: '', equivalence: 'unmatched' }], ['1.equivalence']],
    ['several faults of a row', [{ system: '', code: '', equivalence: 'x', item: '' }], ['0.system', '0.code', '0.equivalence', '0.item']],
    ['faults of several rows', [{ code: '' }, {}, { item: '' }], ['0.code', '2.item']],
  ])('%s', ([, rows, paths]) => {
    expect(faultsOfMappings(rows.map(sent)).map((it) => it.path)).toEqual(paths);
  });

  test('twenty thousand are taken, one more is not; nobody reads more than a thousand faults', () => {
    const many = (count: number, more = {}) => Array.from({ length: count }, (_, index) => sent({ code: `L-${index}`, ...more }, index));
    expect(faultsOfMappings(many(20_000))).toEqual([]);
    expect(faultsOfMappings(many(20_001))).toHaveLength(1);
    expect(faultsOfMappings(many(20_000, { code: '' })).length).toBeLessThanOrEqual(1_000 + COLUMNS.length);
  });

  test.for<[string, Parameters<typeof sent>[0], readonly string[]]>([
    ['an item of the edition', {}, []],
    ['none of it', { item: 'XXX' }, ['0.item']],
    ['no item at all', { item: '', equivalence: 'unmatched' }, []],
    ['a LOINC code of no item', { system: 'http://loinc.org', code: '26464-8' }, []],
    ['the LOINC code of the item itself', { system: 'http://loinc.org', code: '6690-2' }, []],
    ['that of another item', { system: 'http://loinc.org', code: '718-7' }, ['0.item']],
    ['the same text in another system', { code: '718-7' }, []],
  ])('items: %s', ([, row, paths]) => {
    const items = new Map([
      ['WBC', { loinc: '6690-2' }],
      ['HGB', { loinc: '718-7' }],
      ['CT', { loinc: null }],
    ]);
    expect(faultsOfItems([sent(row)], items).map((it) => it.path)).toEqual(paths);
  });
});

describe('CSV and ConceptMap say the same', () => {
  const trimmed = (texts: fc.Arbitrary<string>) => texts.map((it) => it.trim()).filter((it) => it !== '');
  const words = trimmed(
    fc.oneof(
      fc.string({ maxLength: 20 }),
      fc.string({ maxLength: 20, unit: 'grapheme' }),
      fc.constantFrom('=1+1', "'=1", "''=2", '-5', '＋x', '"a",b', 'a\r\nb', "'", "'a", '@x', 'a;b', '一,二'),
    ),
  ).filter((it) => !/(?![\t\n\r])\p{Cc}|\p{Cs}/u.test(it));
  const code = words.filter((it) => /^[^\s|\\$\p{C}]+( [^\s|\\$\p{C}]+)*$/u.test(it));
  const system = fc.constantFrom('urn:lis', 'https://hospital.example/ris', "'=urn:odd", '-urn');
  const target = fc.record({
    item: fc.constantFrom('WBC', 'HGB', 'CT-CHEST-PLAIN'),
    equivalence: fc.constantFrom(...EQUIVALENCES.filter((it) => it !== 'unmatched')),
    comment: words,
    isCommented: fc.boolean(),
  });
  const element = fc.record({
    system,
    code,
    display: fc.option(words),
    targets: fc.uniqueArray(target, { maxLength: 3, selector: (it) => it.item }),
  });
  /** Mappings without faults, in the order in which they are listed. */
  const mappings = fc
    .uniqueArray(element, { maxLength: 8, selector: (it) => `${it.system}|${it.code}` })
    .map((elements): readonly Mapping[] =>
      elements
        .flatMap(({ targets, ...it }): Mapping[] =>
          targets.length === 0
            ? [{ ...it, item: null, equivalence: 'unmatched', comment: null }]
            : targets.map(({ item, equivalence, comment, isCommented }) => ({
                ...it,
                item,
                equivalence,
                comment: isCommented || EXPLAINED.includes(equivalence) ? comment : null,
              })),
        )
        .toSorted((a, b) => (`${a.system}\0${a.code}\0${a.item}` < `${b.system}\0${b.code}\0${b.item}` ? -1 : 1)),
    );
  const title = { uscc: '11500000MB1670604W', name: '测试医院', revision: 7 };
  const ofMap = (map: ReturnType<typeof conceptMapOf>) => readConceptMap(map, 'ConceptMap').sent.map(mappingOf);

  test('written and read they are what they were, through either form and from one into the other', () => {
    fc.assert(
      fc.property(mappings, (given) => {
        const map = conceptMapOf(title, given);
        const csv = mappingCsv(given);
        expect(ofMap(map)).toEqual(given);
        expect(readMappingCsv(csv).map(mappingOf)).toEqual(given);
        expect(conceptMapOf(title, readMappingCsv(csv).map(mappingOf))).toEqual(map);
        expect(mappingCsv(ofMap(map))).toBe(csv);
      }),
    );
  });

  test('both are without faults, and the ConceptMap is one of R4', () => {
    fc.assert(
      fc.property(mappings, (given) => {
        const map = conceptMapOf(title, given);
        expect(structureIssues(map, 'ConceptMap')).toEqual([]);
        const read = readConceptMap(map, 'ConceptMap');
        expect([...read.faults, ...faultsOfMappings(read.sent), ...faultsOfMappings(readMappingCsv(mappingCsv(given)))]).toEqual([]);
      }),
    );
  });

  test('no cell of the CSV is a formula, though a code may be a number below nothing', () => {
    fc.assert(
      fc.property(mappings, (given) => {
        const cells = parse(mappingCsv(given)).flat();
        expect(cells.filter((it) => /^\s*[=+\-@＝＋－＠]/.test(it) && !/^-\d+(\.\d+)?$/.test(it))).toEqual([]);
      }),
    );
  });
});
