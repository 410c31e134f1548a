import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ACCESS_COLUMNS, accessLine } from '../../src/access-log/access-csv.rules.ts';
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

test('a line has the columns of the header, absent members are empty', () => {
  const [cells = []] = parse(accessLine(entry)) as string[][];
  expect(cells).toHaveLength(ACCESS_COLUMNS.length);
  expect(Object.fromEntries(ACCESS_COLUMNS.map((name, index) => [name, cells[index]]))).toMatchObject({
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
      const line = accessLine({ ...entry, query, practitioner: { system: 'urn:x', value: '1', name } });
      const [cells = []] = parse(line) as string[][];
      expect(cells).toHaveLength(24);
      expect([query, `'${query}`]).toContain(cells[17]);
      for (const cell of cells) expect(cell).not.toMatch(/^[=+\-@\t\r]/);
    }),
  );
});
