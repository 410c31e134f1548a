import { CsvError, parse } from 'csv-parse/sync';
import { csvCell } from '../../access-log/access-csv.rules.ts';
import { Failure, type Issue } from '../../failure.ts';
import { COLUMNS, type Column, type Mapping, type SentMapping } from './mapping.rules.ts';

/** What a spreadsheet takes for a formula: `csvCell` puts an apostrophe before it. Here one that was there already gets a second one. */
const FORMULA = /^'*(\s*[=+\-@＝＋－＠]|[\t\r\n])/;

const REQUIRED: readonly Column[] = ['system', 'code', 'item', 'equivalence'];

/** The mappings as CSV (RFC 4180) with a header line; read back by `readMappingCsv` they are the same. */
export function mappingCsv(mappings: readonly Mapping[]): string {
  const lines = mappings.map((it) => COLUMNS.map((column) => cell(it[column] ?? '')));
  return [COLUMNS, ...lines].map((it) => `${it.join(',')}\r\n`).join('');
}

function cell(text: string): string {
  return csvCell(text.startsWith("'") && FORMULA.test(text) ? `'${text}` : text);
}

/**
 * Mappings from CSV. The first row names the columns, in any order; `display` and `comment` may be missing; empty rows are passed over. Rows are
 * counted from 1, the header, as a spreadsheet shows them: the place of a cell is `row 4, column item`.
 *
 * Throws `malformed` for what is no CSV, and `rule-violated` for columns and rows of another form.
 */
export function readMappingCsv(text: string): readonly SentMapping[] {
  const [header = [], ...rows] = readCells(text);
  const names = header.map((it) => it.trim());
  const faults = [...faultsOfHeader(names), ...rows.flatMap((row, index) => faultsOfWidth(row, index + 2, names.length))];
  if (faults.length > 0) throw new Failure('rule-violated', faults.slice(0, FAULTS_MAX));
  return rows.flatMap((row, index) => (isEmpty(row) ? [] : [sentMapping(names, row, index + 2)]));
}

const FAULTS_MAX = 1_000;

function readCells(text: string): readonly (readonly string[])[] {
  try {
    return parse(text, { bom: true, relax_column_count: true, skip_empty_lines: false });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const line = Number(error['lines'] ?? 0);
    throw new Failure('malformed', {
      path: `line[${line}]`,
      en: `line ${line} is no CSV: ${error.message}`,
      zh: `第 ${line} 行不是有效的 CSV`,
    });
  }
}

function faultsOfHeader(names: readonly string[]): readonly Issue[] {
  const known = COLUMNS.join(', ');
  return [
    ...REQUIRED.filter((it) => !names.includes(it)).map((it) => ({
      path: `row 1, column ${it}`,
      en: `the column "${it}" is missing; the columns are ${known}`,
      zh: `缺少列“${it}”；各列为 ${known}`,
    })),
    ...names.flatMap((it, index) => {
      const path = `row 1, column ${it === '' ? index + 1 : it}`;
      if (!(COLUMNS as readonly string[]).includes(it)) {
        return [{ path, en: `"${it}" is none of the columns ${known}`, zh: `“${it}”不是规定的列（${known}）` }];
      }
      return names.indexOf(it) === index ? [] : [{ path, en: `the column "${it}" appears twice`, zh: `列“${it}”重复出现` }];
    }),
  ];
}

function faultsOfWidth(row: readonly string[], number: number, width: number): readonly Issue[] {
  if (row.length === width || isEmpty(row)) return [];
  return [
    { path: `row ${number}`, en: `has ${row.length} cells, the header ${width}`, zh: `有 ${row.length} 个单元格，表头为 ${width} 个` },
  ];
}

function isEmpty(row: readonly string[]): boolean {
  return row.every((it) => it.trim() === '');
}

function sentMapping(names: readonly string[], row: readonly string[], number: number): SentMapping {
  const text = (column: Column) => plainCell(row[names.indexOf(column)] ?? '');
  return {
    system: text('system'),
    code: text('code'),
    display: text('display'),
    item: text('item'),
    equivalence: text('equivalence'),
    comment: text('comment'),
    place: (column) => `row ${number}, column ${column}`,
  };
}

function plainCell(text: string): string {
  return (text.startsWith("'") && FORMULA.test(text) ? text.slice(1) : text).trim();
}
