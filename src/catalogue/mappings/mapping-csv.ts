import { csvHeader, csvLine } from '../../faces/csv-cells.rules.ts';
import { readCsv } from '../../faces/read-csv.ts';
import { COLUMNS, type Column, MAPPINGS_MAX, type Mapping, type SentMapping } from './mapping.rules.ts';

/** The mappings as CSV with a header line; read back by `readMappingCsv` they are the same. */
export function mappingCsv(mappings: readonly Mapping[]): string {
  return csvHeader(COLUMNS) + mappings.map((it) => csvLine(COLUMNS.map((column) => it[column] ?? ''))).join('');
}

/** Mappings from CSV; the columns `display` and `comment` may be missing. Throws as `readCsv` does. */
export function readMappingCsv(text: string): readonly SentMapping[] {
  const rows = readCsv<Column>(text, {
    needed: ['system', 'code', 'item', 'equivalence'],
    optional: ['display', 'comment'],
    rowsMax: MAPPINGS_MAX,
  });
  return rows.map(({ cells, placeOf }) => ({ ...cells, place: placeOf }));
}
