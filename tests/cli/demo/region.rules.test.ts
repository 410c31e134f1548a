import { expect, test } from 'vitest';
import { ITEMS_CSV } from '../../../src/catalogue/items/items.seed.ts';
import { BLOOD_COUNT, CHEMISTRY } from '../../../src/cli/demo/analytes.ts';
import { EXAMINATIONS } from '../../../src/cli/demo/imaging-report.ts';
import {
  ALLIANCE,
  BLOOD_COUNT_ITEMS,
  CHEMISTRY_ITEMS,
  COMMISSION,
  creditCode,
  HOSPITALS,
  organizationText,
  priceLists,
  UNPRICED_ITEM,
} from '../../../src/cli/demo/region.ts';
import { parseExactJson } from '../../../src/fhir/exact-json.ts';
import { readOrganization } from '../../../src/institutions/organization.rules.ts';

const CATALOGUE = new Set(ITEMS_CSV.split('\n').map((line) => line.split(',')[0]));

test.for<[string, string, string]>([
  ['11500000', 'MB167060', '11500000MB1670604W'],
  ['11500103', 'MB184982', '11500103MB1849823N'],
  ['12330000', '47005172', '12330000470051726F'],
])('%s and %s make the credit code %s', ([head, organization, expected]) => {
  expect(creditCode(head, organization)).toBe(expected);
});

test.for([...HOSPITALS, COMMISSION].map((it) => [it.nameEn, it] as const))('%s registers as it is meant', ([, institution]) => {
  const read = readOrganization(parseExactJson(organizationText(institution)).value);
  expect(read).toEqual({
    registration: {
      uscc: institution.uscc,
      name: institution.nameZh,
      level: 'level' in institution ? institution.level : null,
      grade: 'grade' in institution ? institution.grade.code : null,
      partOf: null,
      district: institution.division.code,
      active: true,
    },
  });
});

test('the region has one hospital of each level, and the alliance joins hospitals of the region', () => {
  expect(HOSPITALS.map((it) => it.level)).toEqual([1, 2, 3]);
  expect(HOSPITALS.map((it) => it.division.code)).toEqual(['500112', '500103', '500102']);
  for (const member of ALLIANCE.members) expect(HOSPITALS.map((it) => it.uscc)).toContain(member);
});

test('what is measured, examined and priced are items of the catalogue', () => {
  const items = [...BLOOD_COUNT_ITEMS, ...CHEMISTRY_ITEMS, ...EXAMINATIONS.map((it) => it.item)];
  expect(items.filter((it) => !CATALOGUE.has(it))).toEqual([]);
  expect(BLOOD_COUNT.analytes.map((it) => it.code)).toEqual([...BLOOD_COUNT_ITEMS]);
  expect(CHEMISTRY.analytes.map((it) => it.code)).toEqual([...CHEMISTRY_ITEMS]);
  expect(
    priceLists()
      .flatMap((list) => list.prices.map((it) => it.item))
      .filter((it) => !CATALOGUE.has(it)),
  ).toEqual([]);
});

test('every analyte is coded as the catalogue codes it', () => {
  for (const analyte of [...BLOOD_COUNT.analytes, ...CHEMISTRY.analytes]) {
    const line = ITEMS_CSV.split('\n').find((it) => it.startsWith(`${analyte.code},`)) ?? '';
    expect(line).toContain(`,${analyte.loinc},${analyte.unit},`);
  }
});

test('every item has a price in every hospital but the one that nobody has priced; all are whole fen', () => {
  const lists = priceLists();
  const city = lists.filter((list) => 'district' in list.holder).flatMap((list) => list.prices.map((it) => it.item));
  for (const hospital of HOSPITALS) {
    const own = lists.filter((list) => 'uscc' in list.holder && list.holder.uscc === hospital.uscc).flatMap((list) => list.prices);
    const priced = new Set([...city, ...own.map((it) => it.item)]);
    const items = [...BLOOD_COUNT_ITEMS, ...CHEMISTRY_ITEMS, ...EXAMINATIONS.map((it) => it.item)];
    expect(items.filter((it) => !priced.has(it))).toEqual([UNPRICED_ITEM]);
  }
  expect(lists.flatMap((list) => list.prices).every((it) => Number.isInteger(it.amountFen) && it.amountFen > 0)).toBe(true);
});
