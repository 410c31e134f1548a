import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { accessCsv } from '../../src/access-log/access-csv.rules.ts';
import type { AccessEntry } from '../../src/access-log/access-entry.schema.ts';

const { columns, lineOf } = accessCsv(false);
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

test('a line has the columns of the header, absent members are empty', () => {
  const [cells = []] = parse(lineOf(entry)) as string[][];
  expect(cells).toHaveLength(columns.length);
  expect(Object.fromEntries(columns.map((name, index) => [name, cells[index]]))).toMatchObject({
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
      const line = lineOf({ ...entry, query, practitioner: { system: 'urn:x', value: '1', name } });
      const [cells = []] = parse(line) as string[][];
      expect(cells).toHaveLength(24);
      expect([query, `'${query}`]).toContain(cells[17]);
      for (const cell of cells) expect(cell).not.toMatch(/^[=+\-@\t\r]/);
    }),
  );
});

test('the leaf has two columns of its own, empty while there is none', () => {
  const leaf = { index: 7, salt: '0b0c5f06-5f5c-4d0e-9d70-1f7c3a4f2f11' };
  const withLeaves = accessCsv(true);
  expect(withLeaves.columns).toEqual([...columns, 'leafIndex', 'leafSalt']);
  expect((parse(withLeaves.lineOf({ ...entry, leaf })) as string[][])[0]?.slice(-2)).toEqual(['7', leaf.salt]);
  expect((parse(withLeaves.lineOf(entry)) as string[][])[0]?.slice(-2)).toEqual(['', '']);
});
