/** A byte order mark: without it spreadsheets take Chinese for something else. */
const BYTE_ORDER_MARK = '\uFEFF';
/** Where a spreadsheet takes a text for a formula, and would run it: = + - @ (full-width ones too), a tab, a line break. */
const FORMULA = /^(\s*[=+\-@＝＋－＠]|[\t\r\n])/;
/** A formula with apostrophes before it, which spreadsheets do not show. */
const GUARDED = /^'+(\s*[=+\-@＝＋－＠]|[\t\r\n])/;
/** A number below nothing begins like a formula and is none: as a text it would be missing in sums. */
const NUMBER = /^-\d+(\.\d+)?$/;
/** Whether a spreadsheet would run this text once it is opened there. */
export function isFormula(text) {
    return FORMULA.test(text) && !NUMBER.test(text);
}
/** The first line of a table as CSV (RFC 4180, UTF-8), with the byte order mark. */
export function csvHeader(columns) {
    return BYTE_ORDER_MARK + csvLine(columns);
}
/** A row of a table as a line of CSV. */
export function csvLine(cells) {
    return `${cells.map(csvCell).join(',')}\r\n`;
}
/** A cell. A text that is a formula gets an apostrophe before it; one that has such already gets another, so that `plainCell` gives it back. */
export function csvCell(text) {
    const harmless = isFormula(text) || GUARDED.test(text) ? `'${text}` : text;
    return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
/** The text of a cell that `csvCell` wrote: without the apostrophe that keeps a formula from being one. */
export function plainCell(cell) {
    return GUARDED.test(cell) ? cell.slice(1) : cell;
}
