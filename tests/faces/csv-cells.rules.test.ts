import fc from 'fast-check';
import { expect, test } from 'vitest';
import { csvCell, csvHeader, csvLine, isFormula, plainCell } from '../../src/faces/csv-cells.rules.ts';

test.for<[string, string]>([
  ['plain', 'plain'],
  ['张三, 李四', '"张三, 李四"'],
  ['says "no"', '"says ""no"""'],
  ['two\nlines', '"two\nlines"'],
  ['=1+1', "'=1+1"],
  ['+86 23', "'+86 23"],
  ['-1', '-1'],
  ['-15.05', '-15.05'],
  ['-1+1', "'-1+1"],
  ['-', "'-"],
  ['-1\n', `"'-1\n"`],
  ['@SUM(A1)', "'@SUM(A1)"],
  ['  =1+1', "'  =1+1"],
  ['＝1+1', "'＝1+1"],
  ['\t=1', "'\t=1"],
  ['\r=1', '"\'\r=1"'],
  ["'=1+1", "''=1+1"],
  ["' =1+1", "'' =1+1"],
  ["'tis", "'tis"],
  ['=HYPERLINK("http://x","y")', '"\'=HYPERLINK(""http://x"",""y"")"'],
  ['a=b', 'a=b'],
  ['2026-03-01', '2026-03-01'],
  ['', ''],
])('the cell %j is written %j', ([text, cell]) => {
  expect(csvCell(text)).toBe(cell);
});

const texts = fc.oneof(fc.string({ unit: 'grapheme' }), fc.stringMatching(/^'{0,3}\s?[=+\-@＝＋－＠]?.{0,3}$/));

test('whatever a cell says is read back, and nothing written is a formula', () => {
  fc.assert(
    fc.property(texts, (text) => {
      const cell = csvCell(text);
      const unquoted = cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell;
      expect(isFormula(unquoted)).toBe(false);
      expect(plainCell(unquoted)).toBe(text);
    }),
  );
});

test('a table begins with a byte order mark, and each line ends as RFC 4180 has it', () => {
  expect(csvHeader(['code', 'name']) + csvLine(['K', '钾, 血清'])).toBe('\uFEFFcode,name\r\nK,"钾, 血清"\r\n');
});
