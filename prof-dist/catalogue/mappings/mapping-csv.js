import { csvHeader, csvLine } from '../../faces/csv-cells.rules.js';
import { readCsv } from '../../faces/read-csv.js';
import { COLUMNS, MAPPINGS_MAX } from './mapping.rules.js';
/** The mappings as CSV with a header line; read back by `readMappingCsv` they are the same. */
export function mappingCsv(mappings) {
    return csvHeader(COLUMNS) + mappings.map((it) => csvLine(COLUMNS.map((column) => it[column] ?? ''))).join('');
}
/** Mappings from CSV; the columns `display` and `comment` may be missing. Throws as `readCsv` does. */
export function readMappingCsv(text) {
    const rows = readCsv(text, {
        needed: ['system', 'code', 'item', 'equivalence'],
        optional: ['display', 'comment'],
        rowsMax: MAPPINGS_MAX,
    });
    return rows.map(({ cells, placeOf }) => ({ ...cells, place: placeOf }));
}
