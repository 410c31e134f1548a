import { isUtf8 } from 'node:buffer';
import { CsvError, parse } from 'csv-parse/sync';
import { csvCell } from '../../access-log/access-csv.rules.ts';
import { Failure, type Issue } from '../../failure.ts';
import { type Cells, COLUMNS, type Column, cellsOf } from './edition-columns.rules.ts';
import type { CatalogueItem } from './find-items.ts';
import type { ItemDraft } from './read-cell.rules.ts';

/**
 * The rows of an edition as CSV (RFC 4180, UTF-8 with or without a byte order mark): a header with every column in any order, then a row an
 * item. Rows are counted as a spreadsheet counts them, the header being row 1; empty ones are passed over.
 *
 * Throws `malformed` for another encoding and for quotes that do not close, `rule-violated` with every column that is missing, unknown or
 * there twice, or with every row of another length than the header.
 */
export function readEditionCsv(bytes: Uint8Array): readonly ItemDraft[] {
  const [header = [], ...rows] = readRecords(bytes);
  const names = header.map((it) => it.trim());
  refuse(faultsOfHeader(names));
  const filled = rows.map((cells, index) => ({ cells, row: index + 2 })).filter(({ cells }) => cells.some((it) => it.trim() !== ''));
  refuse(filled.flatMap(({ cells, row }) => (cells.length === names.length ? [] : [wrongLength(row, cells.length, names.length)])));
  return filled.map(({ cells, row }) => ({
    cells: Object.fromEntries(names.map((name, index) => [name, cells[index]?.trim() ?? ''])) as Cells,
    placeOf: (column: Column) => `row ${row}, column ${column}`,
  }));
}

/**
 * The items as CSV with a header, in the order given. It begins with a byte order mark, without which spreadsheets take Chinese for
 * something else. No cell is a formula: no edition holds one, and one of a former release would get an apostrophe.
 */
export function writeEditionCsv(items: readonly CatalogueItem[]): string {
  const rows = [COLUMNS, ...items.map((item) => COLUMNS.map((column) => cellsOf(item)[column]))];
  return `\uFEFF${rows.map((cells) => `${cells.map(csvCell).join(',')}\r\n`).join('')}`;
}

function readRecords(bytes: Uint8Array): readonly (readonly string[])[] {
  if (!isUtf8(bytes)) {
    throw new Failure('malformed', {
      en: 'the file is not UTF-8 but perhaps GB18030 or GBK; save it as "CSV UTF-8"',
      zh: '文件不是 UTF-8 编码（可能为 GB18030 或 GBK），请另存为“CSV UTF-8”格式',
    });
  }
  try {
    return parse(Buffer.from(bytes), { bom: true, relax_column_count: true });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw new Failure('malformed', { en: `the file is no CSV: ${error.message}`, zh: `文件不是有效的 CSV：${error.message}` });
  }
}

function faultsOfHeader(names: readonly string[]): readonly Issue[] {
  const column = (name: string, en: string, zh: string): Issue => ({ path: `row 1, column ${name}`, en, zh });
  return [
    ...COLUMNS.filter((it) => !names.includes(it)).map((it) => column(it, 'is missing', '缺少此列')),
    ...names.flatMap((name, index) => {
      if (!(COLUMNS as readonly string[]).includes(name))
        return [column(name, `is no column; they are ${COLUMNS.join(', ')}`, `未知的列；应为 ${COLUMNS.join('、')}`)];
      return names.indexOf(name) < index ? [column(name, 'stands twice', '此列重复')] : [];
    }),
  ];
}

function wrongLength(row: number, cells: number, columns: number): Issue {
  return {
    path: `row ${row}`,
    en: `has ${cells} cells, not ${columns} as the header has`,
    zh: `有 ${cells} 个单元格，与表头的 ${columns} 列不符`,
  };
}

function refuse(issues: readonly Issue[]): void {
  if (issues.length > 0) throw new Failure('rule-violated', issues);
}
