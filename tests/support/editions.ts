import fc from 'fast-check';
import type { EditionHead } from '../../src/catalogue/items/edition.rules.ts';
import { type Cells, COLUMNS, type Column } from '../../src/catalogue/items/edition-columns.rules.ts';
import type { CatalogueItem } from '../../src/catalogue/items/find-items.ts';
import { isLoinc } from '../../src/catalogue/items/loinc.rules.ts';
import { CATEGORIES } from '../../src/resources/category.ts';
import { SENSITIVITIES } from '../../src/resources/sensitivity.ts';

/** A row of an edition, in order but for what a test says. */
export function row(cells: Partial<Record<Column, string>> = {}): Cells {
  const empty = Object.fromEntries(COLUMNS.map((it) => [it, ''])) as Cells;
  return { ...empty, code: 'WBC', kind: 'laboratory', name_zh: '白细胞计数', name_en: 'Leukocytes', window_basis: 'sampled', ...cells };
}

/** Rows as the text of a file. */
export function csvOf(rows: readonly Cells[]): string {
  const cell = (text: string) => `"${text.replaceAll('"', '""')}"`;
  return [COLUMNS, ...rows.map((it) => COLUMNS.map((column) => it[column]))].map((cells) => `${cells.map(cell).join(',')}\n`).join('');
}

const CODES = fc.stringMatching(/^[A-Z0-9]{1,8}(-[A-Z0-9]{1,6}){0,2}$/);

/** A text as an edition may hold one: anything that is printed, with quotes and commas in it. */
const texts = (maxLength: number) =>
  fc
    .string({
      unit: fc.oneof(fc.constantFrom(...'",;|\'血常规 %(e\u0301𠮷'), fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1 })),
      minLength: 1,
      maxLength,
    })
    .map((it) => `项${it}`.trim())
    .filter((it) => it.length <= maxLength && !/[\p{Cc}\p{Cs}\u2028\u2029]/u.test(it));

const LOINCS = fc.integer({ min: 1, max: 9_999_999 }).map((it) => {
  const found = Array.from({ length: 10 }, (_, check) => `${it}-${check}`).find(isLoinc);
  if (found === undefined) throw new Error(`no check digit fits ${it}`);
  return found;
});

const option = <Value>(values: fc.Arbitrary<Value>) => fc.option(values, { nil: null });

/** Items of an edition, in the order of their codes; the first of them may be panels of the others. */
export const anyItems: fc.Arbitrary<readonly CatalogueItem[]> = fc
  .uniqueArray(
    fc.record({
      code: CODES,
      kind: fc.constantFrom(...CATEGORIES),
      nameZh: texts(200),
      nameEn: texts(200),
      loinc: option(LOINCS),
      unit: option(fc.stringMatching(/^[!-*,./-<>?A-~][!-~]{0,39}$/)),
      specimenOrBodyPart: option(texts(100)),
      modality: option(fc.constantFrom('CT', 'MR', 'US')),
      windowMinutes: option(fc.oneof(fc.integer({ min: 1, max: 100_000 }), fc.constantFrom(360, 720, 10_080, 129_600))),
      windowBasis: fc.constantFrom('sampled', 'examined', 'reported'),
      windowWithoutTreatment: fc.boolean(),
      negative: option(fc.record({ zh: texts(400), en: texts(400) })),
      originalsRequired: fc.boolean(),
      sensitivity: option(fc.constantFrom(...SENSITIVITIES)),
      memberOf: fc.uniqueArray(fc.nat(3), { maxLength: 3 }),
    }),
    { selector: (it) => it.code, minLength: 1, maxLength: 12 },
  )
  .map((all) =>
    all
      .map(({ memberOf, ...item }, index) => ({
        ...item,
        panels: index < 4 ? [] : memberOf.flatMap((panel) => all[panel]?.code ?? []).toSorted(),
      }))
      .toSorted((a, b) => (a.code < b.code ? -1 : 1)),
  );

export const anyHead: fc.Arbitrary<EditionHead> = fc.record({
  edition: fc.stringMatching(/^[A-Za-z0-9]{1,8}([.-][A-Za-z0-9]{1,6}){0,2}$/),
  title: texts(200),
  effectiveFrom: fc
    .date({ min: new Date('2020-01-01'), max: new Date('2099-12-31'), noInvalidDate: true })
    .map((it) => it.toISOString().slice(0, 10)),
});
