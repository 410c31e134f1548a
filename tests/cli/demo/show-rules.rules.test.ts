import { expect, test } from 'vitest';
import { showRules } from '../../../src/cli/demo/show-rules.ts';
import { width } from '../../../src/cli/demo/terminal.ts';
import { DECISION_TABLE } from '../../../src/recognition/decision-table.ts';

function printed(table?: typeof DECISION_TABLE) {
  const lines: string[] = [];
  const holds = showRules((line) => lines.push(line), table);
  return { holds, lines };
}

test('the rules are printed as a page of 120 columns, each row with its verdict, and all of them hold', () => {
  const { holds, lines } = printed();

  expect(holds).toBe(true);
  expect(lines.filter((it) => width(it) > 120)).toEqual([]);
  const text = lines.join('\n');
  for (const { zh } of DECISION_TABLE) expect(text).toContain(zh);
  expect(text).toContain('All 42 rows hold.');
});

test('a row that does not give the verdict it states says so, and the page does not hold', () => {
  const [chapter] = DECISION_TABLE;
  const wrong = chapter?.rows.slice(0, 1).map((it) => ({ ...it, verdict: 'recognisable' as const, reasons: [] })) ?? [];

  const { holds, lines } = printed([{ zh: '错', en: 'Wrong', rows: wrong }]);

  expect(holds).toBe(false);
  expect(lines.join('\n')).toContain('✗ 需患者同意');
});
