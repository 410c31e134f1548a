import { csvHeader, csvLine } from '../../faces/csv-cells.rules.ts';
import { readCsv } from '../../faces/read-csv.ts';
import { COLUMNS, type Column, cellsOf } from './edition-columns.rules.ts';
import type { CatalogueItem } from './find-items.ts';
import type { ItemDraft } from './read-cell.rules.ts';
import { ITEMS_MAX } from './read-items.rules.ts';

/** The rows of an edition as CSV, an item each; every column is needed. Throws as `readCsv` does. */
export function readEditionCsv(text: string): readonly ItemDraft[] {
  return readCsv<Column>(text, { needed: COLUMNS, rowsMax: ITEMS_MAX });
}

/** The items as CSV with a header, in the order given. */
export function writeEditionCsv(items: readonly CatalogueItem[]): string {
  return (
    csvHeader(COLUMNS) +
    items
      .map(cellsOf)
      .map((cells) => csvLine(COLUMNS.map((column) => cells[column])))
      .join('')
  );
}
