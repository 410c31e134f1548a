import { expect, test } from 'vitest';
import { judgeRow } from '../../src/recognition/decision-row.ts';
import { DECISION_TABLE } from '../../src/recognition/decision-table.ts';
import { REASON_CODES } from '../../src/recognition/reason.rules.ts';

const rows = DECISION_TABLE.flatMap((it) => it.rows);

test.for(rows.map((it) => [it.en, it] as const))('%s', ([, row]) => {
  expect(judgeRow(row)).toEqual({ verdict: row.verdict, reasons: row.reasons });
});

test('every reason has its row, and every row its source', () => {
  const said = rows.flatMap((it) => it.reasons);
  expect(REASON_CODES.filter((it) => !said.includes(it))).toEqual([]);
  expect(rows.filter((it) => it.source === '' || it.zh === '' || it.en === '')).toEqual([]);
});
