import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { CSV_HEADER, csvCell, csvLine } from '../../src/access-log/access-csv.rules.ts';
import type { AccessEntry } from '../../src/access-log/access-entry.schema.ts';

const entry: AccessEntry = {
  id: 'e1',
  recordedAt: '2026-03-01T12:00:00.000Z',
  action: 'R',
  interaction: 'readResource',
  outcome: 0,
  purpose: 'TREAT',
  reviewDue: false,
  entities: ['Patient/1/_history/1', 'Patient/2/_history/1'],
  requestId: 'r1',
};

test.for<[string, string]>([
  ['plain', 'plain'],
  ['张三, 李四', '"张三, 李四"'],
  ['says "no"', '"says ""no"""'],
  ['two\nlines', '"two\nlines"'],
  ['=1+1', "'=1+1"],
  ['+86 23', "'+86 23"],
  ['-1', "'-1"],
  ['@SUM(A1)', "'@SUM(A1)"],
  ['  =1+1', "'  =1+1"],
  ['＝1+1', "'＝1+1"],
  ['\t=1', "'\t=1"],
  ['\r=1', '"\'\r=1"'],
  ['=HYPERLINK("http://x","y")', '"\'=HYPERLINK(""http://x"",""y"")"'],
  ['a=b', 'a=b'],
  ['2026-03-01', '2026-03-01'],
  ['', ''],
])('the cell %j is written %j', ([text, cell]) => {
  expect(csvCell(text)).toBe(cell);
});

test('a line has the columns of the header, absent members are empty', () => {
  const [names = [], cells = []] = parse(CSV_HEADER + csvLine(entry)) as string[][];
  expect(Object.fromEntries(names.map((name, index) => [name, cells[index]]))).toMatchObject({
    id: 'e1',
    outcome: '0',
    reviewDue: 'false',
    institutionUscc: '',
    practitionerName: '',
    entities: 'Patient/1/_history/1 Patient/2/_history/1',
  });
});

test('whatever an entry holds is read back, and no cell begins a formula', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (query, name) => {
      const line = csvLine({ ...entry, query, practitioner: { system: 'urn:x', value: '1', name } });
      const [cells = []] = parse(line) as string[][];
      expect(cells).toHaveLength(24);
      expect([query, `'${query}`]).toContain(cells[17]);
      for (const cell of cells) expect(cell).not.toMatch(/^[=+\-@\t\r]/);
    }),
  );
});
