import { csvHeader, csvLine } from '../../faces/csv-cells.rules.js';
import { readCsv } from '../../faces/read-csv.js';
import { COLUMNS, cellsOf } from './edition-columns.rules.js';
import { ITEMS_MAX } from './read-items.rules.js';
/** The rows of an edition as CSV, an item each; every column is needed. Throws as `readCsv` does. */
export function readEditionCsv(text) {
    return readCsv(text, { needed: COLUMNS, rowsMax: ITEMS_MAX });
}
/** The items as CSV with a header, in the order given. */
export function writeEditionCsv(items) {
    return (csvHeader(COLUMNS) +
        items
            .map(cellsOf)
            .map((cells) => csvLine(COLUMNS.map((column) => cells[column])))
            .join(''));
}
