import { CsvError, parse } from 'csv-parse/sync';
import { Failure, firstIssues } from '../failure.js';
import { plainCell } from './csv-cells.rules.js';
/** As much of an unknown name as an answer should repeat. */
const NAME_MAX = 60;
/**
 * The rows of a CSV text (RFC 4180), with or without a byte order mark: a header with the columns in any order, then the rows, which are
 * counted as a spreadsheet counts them, the header being row 1; empty ones are passed over. The apostrophe by which `csvCell` disarms a
 * formula is taken away.
 *
 * Throws `malformed` with the row of a quote that stands wrong, `too-large` for more rows than may be, `rule-violated` with every column that
 * is missing, unknown or there twice, and every row of another length than the header.
 */
export function readCsv(text, form) {
    const [header = [], ...rows] = recordsOf(text);
    const names = header.map((it) => it.trim());
    const filled = rows.map((cells, index) => ({ cells, row: index + 2 })).filter(({ cells }) => cells.some((it) => it.trim() !== ''));
    if (filled.length > form.rowsMax)
        throw tooManyRows(form.rowsMax);
    const faults = [
        ...faultsOfHeader(names, form),
        ...filled.flatMap(({ cells, row }) => (cells.length === names.length ? [] : [wrongLength(row, cells.length, names.length)])),
    ];
    if (faults.length > 0)
        throw new Failure('rule-violated', firstIssues(faults));
    const columns = [...form.needed, ...(form.optional ?? [])].map((name) => ({ name, index: names.indexOf(name) }));
    return filled.map(({ cells, row }) => ({
        cells: Object.fromEntries(columns.map(({ name, index }) => [name, plainCell(cells[index] ?? '').trim()])),
        placeOf: (column) => `row ${row}, column ${column}`,
    }));
}
function recordsOf(text) {
    try {
        return parse(text, { bom: true, relax_column_count: true });
    }
    catch (error) {
        if (!(error instanceof CsvError))
            throw error;
        const row = Number(error['records'] ?? 0) + 1;
        throw new Failure('malformed', {
            path: `row ${row}`,
            en: `is no CSV: ${error.message}`,
            zh: '不是有效的 CSV：引号未闭合，或出现在不允许的位置',
        });
    }
}
function faultsOfHeader(names, { needed, optional = [], passedOver = [] }) {
    const known = [...needed, ...optional, ...passedOver];
    const column = (name, en, zh) => ({ path: `row 1, column ${name.slice(0, NAME_MAX)}`, en, zh });
    return [
        ...needed.filter((it) => !names.includes(it)).map((it) => column(it, 'is missing', '缺少此列')),
        ...names.flatMap((name, index) => {
            if (!known.includes(name))
                return [column(name || String(index + 1), `is no column; they are ${known.join(', ')}`, `未知的列；应为 ${known.join('、')}`)];
            return names.indexOf(name) < index ? [column(name, 'stands twice', '此列重复')] : [];
        }),
    ];
}
function wrongLength(row, cells, columns) {
    return {
        path: `row ${row}`,
        en: `has ${cells} cells, not ${columns} as the header has`,
        zh: `有 ${cells} 个单元格，与表头的 ${columns} 列不符`,
    };
}
function tooManyRows(rowsMax) {
    return new Failure('too-large', {
        en: `the file has more than ${rowsMax} rows`,
        zh: `文件超过 ${rowsMax} 行`,
    });
}
