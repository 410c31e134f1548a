import { expect, test } from 'vitest';
import type { Cells, Column } from '../../../src/catalogue/items/edition-columns.rules.ts';
import { readItems } from '../../../src/catalogue/items/read-items.rules.ts';
import { row } from '../../support/editions.ts';

const read = (rows: readonly Cells[]) =>
  readItems(rows.map((cells, index) => ({ cells, placeOf: (column) => `row ${index + 2}, column ${column}` })));

function faultsOf(...rows: readonly Cells[]): readonly (string | undefined)[] {
  const answer = read(rows);
  return 'issues' in answer ? answer.issues.map((it) => it.path ?? it.en) : [];
}

test('an item is read from its cells; what is empty is not said', () => {
  const full = row({
    loinc: '6690-2',
    unit: '10*9/L',
    specimen_or_body_part: '全血',
    window: '360',
    window_without_treatment: 'true',
    sensitivity: 'HIV',
    originals_required: 'false',
    negative_zh: '不互认',
    negative_en: 'not recognised',
    panels: 'URI|CBC',
  });
  const panels = [row({ code: 'CBC' }), row({ code: 'URI' })];

  const answer = read([full, ...panels]);

  expect('items' in answer && answer.items.map((it) => it.code)).toEqual(['CBC', 'URI', 'WBC']);
  expect('items' in answer && answer.items[2]).toEqual({
    code: 'WBC',
    kind: 'laboratory',
    nameZh: '白细胞计数',
    nameEn: 'Leukocytes',
    loinc: '6690-2',
    unit: '10*9/L',
    specimenOrBodyPart: '全血',
    modality: null,
    windowMinutes: 360,
    windowBasis: 'sampled',
    windowWithoutTreatment: true,
    negative: { zh: '不互认', en: 'not recognised' },
    originalsRequired: false,
    sensitivity: 'HIV',
    panels: ['CBC', 'URI'],
  });
  expect('items' in answer && answer.items[0]).toMatchObject({ loinc: null, unit: null, windowMinutes: null, negative: null, panels: [] });
});

test.for<[string, Partial<Record<Column, string>>, readonly Column[]]>([
  ['a code of 40 characters', { code: 'A'.repeat(40) }, []],
  ['a code of 41', { code: 'A'.repeat(41) }, ['code']],
  ['a code in small letters', { code: 'wbc' }, ['code']],
  ['a code that ends in a hyphen', { code: 'WBC-' }, ['code']],
  ['no code', { code: '' }, ['code']],
  ['an unknown kind', { kind: 'astrology' }, ['kind']],
  ['no kind', { kind: '' }, ['kind']],
  ['a name of 200 characters', { name_zh: '白'.repeat(200) }, []],
  ['a name of 201', { name_zh: '白'.repeat(201) }, ['name_zh']],
  ['no English name', { name_en: '' }, ['name_en']],
  ['a line break in a name', { name_en: 'a\nb' }, ['name_en']],
  ['a formula as a name', { name_en: '=1+1' }, ['name_en']],
  ['a formula as a unit', { unit: '=1' }, ['unit']],
  ['a full-width formula as a body part', { specimen_or_body_part: '＝1' }, ['specimen_or_body_part']],
  ['a unit with a space', { unit: 'mg /L' }, ['unit']],
  ['a unit in Chinese', { unit: '毫克' }, ['unit']],
  ['a minus inside of a name', { name_en: 'LDL-C = bad' }, []],
  ['a right LOINC code', { loinc: '6690-2' }, []],
  ['a wrong check digit', { loinc: '6690-1' }, ['loinc']],
  ['a unit of 40 characters', { unit: 'g'.repeat(40) }, []],
  ['a unit of 41', { unit: 'g'.repeat(41) }, ['unit']],
  ['a modality', { modality: 'CT' }, []],
  ['a modality in small letters', { modality: 'ct' }, ['modality']],
  ['a window of a minute', { window: 'PT1M' }, []],
  ['a window of nothing', { window: 'PT0M' }, ['window']],
  ['a window below zero', { window: '-1' }, ['window']],
  ['an unknown basis', { window_basis: 'ordered' }, ['window_basis']],
  ['no basis', { window_basis: '' }, ['window_basis']],
  ['yes and no otherwise', { originals_required: '1', window_without_treatment: 'ja' }, ['window_without_treatment', 'originals_required']],
  ['an unknown sensitivity', { sensitivity: 'SECRET' }, ['sensitivity']],
  ['a negative entry in Chinese only', { negative_zh: '不互认' }, ['negative_en']],
  ['a negative entry in English only', { negative_en: 'no' }, ['negative_zh']],
  ['a reason of 401 characters', { negative_zh: '不'.repeat(401), negative_en: 'no' }, ['negative_zh']],
  ['a panel that is an item', { panels: 'CBC' }, []],
  ['a panel that is none', { panels: 'XYZ' }, ['panels']],
  ['a panel twice', { panels: 'CBC|CBC' }, ['panels']],
  ['a panel without a code', { panels: 'CBC|' }, ['panels']],
  ['itself as a panel', { panels: 'WBC' }, ['panels']],
])('%s', ([, cells, columns]) => {
  expect(faultsOf(row(cells), row({ code: 'CBC' }))).toEqual(columns.map((it) => `row 2, column ${it}`));
});

test('a code that stands twice is named where it stands again', () => {
  expect(faultsOf(row(), row({ code: 'RBC' }), row())).toEqual(['row 4, column code']);
});

test('panels within panels are refused, and so is a circle of them', () => {
  const a = row({ code: 'A', panels: 'B' });
  expect(faultsOf(a, row({ code: 'B' }))).toEqual([]);
  expect(faultsOf(a, row({ code: 'B', panels: 'C' }), row({ code: 'C' }))).toEqual(['row 2, column panels']);
  expect(faultsOf(a, row({ code: 'B', panels: 'A' }))).toEqual(['row 2, column panels', 'row 3, column panels']);
});

test('every fault of every row is named', () => {
  expect(faultsOf(row({ kind: 'x', window: '0' }), row({ code: 'B', loinc: '1-1' }), row({ code: '', sensitivity: 'X' }))).toEqual([
    'row 2, column kind',
    'row 2, column window',
    'row 3, column loinc',
    'row 4, column code',
    'row 4, column sensitivity',
  ]);
});

test('an edition has one item at least and 5,000 at most, and an answer names a thousand faults', () => {
  const many = Array.from({ length: 5_001 }, (_, index) => row({ code: `C${index}` }));
  expect(faultsOf()).toEqual(['the edition has no items']);
  expect(faultsOf(...many.slice(1))).toEqual([]);
  expect(faultsOf(...many)).toEqual(['the edition has 5001 items, and 5000 are the most there may be']);

  const faulty = faultsOf(...many.slice(0, 1_200).map((it) => ({ ...it, kind: 'x' })));
  expect(faulty).toHaveLength(1_001);
  expect(faulty.at(-1)).toBe('and 200 faults more');
});
