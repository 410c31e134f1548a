import { expect, test } from 'vitest';
import { heading, Progress, table, wrapped, yuan } from '../../../src/cli/demo/terminal.ts';

test.for<[number, string]>([
  [0, 'CNY 0.00'],
  [7, 'CNY 0.07'],
  [99, 'CNY 0.99'],
  [100, 'CNY 1.00'],
  [-20_000, 'CNY -200.00'],
  [-5, 'CNY -0.05'],
  [123_456_789, 'CNY 1234567.89'],
])('%i fen are %s', ([fen, expected]) => {
  expect(yuan(fen)).toBe(expected);
});

test('progress is said once a second and at the end, with rate and rest', () => {
  const lines: string[] = [];
  let now = 0;
  const progress = new Progress(
    (line) => lines.push(line),
    'reports published',
    40,
    () => now,
  );
  progress.add(5);
  expect(lines).toEqual([]);
  now = 1_000;
  progress.add(5);
  now = 1_500;
  progress.add(10);
  now = 2_000;
  progress.add(20);
  expect(lines).toEqual(['   reports published: 10 of 40 (25 %), 10/s, about 3 s to go', '   reports published: 40 of 40 (100 %), 20/s']);
});

test('columns stand below each other, Chinese characters being two wide', () => {
  const lines: string[] = [];
  table(
    (line) => lines.push(line),
    [
      ['item', 'name', 'price'],
      ['K', '钾', '5.00'],
      ['CT-CHEST', '胸部CT', ''],
    ],
  );
  expect(lines).toEqual(['   item      name    price', '   K         钾      5.00', '   CT-CHEST  胸部CT']);
});

test('a heading stands apart', () => {
  const lines: string[] = [];
  heading((line) => lines.push(line), 3, 'Consent');
  expect(lines[0]).toBe('');
  expect(lines[1]).toMatch(/^── 3\. Consent ─+$/);
});

test.for<[string, string, number, readonly string[]]>([
  ['what fits stays', 'two words', 9, ['two words']],
  ['Latin breaks between words', 'two words', 8, ['two', 'words']],
  ['a Chinese character takes two columns', '超过时限', 6, ['超过时', '限']],
  ['a closing mark stays with what it closes', '超过时，限', 6, ['超过', '时，限']],
  ['a word longer than a line is cut', 'abcdef', 4, ['abcd', 'ef']],
  ['both together', '结果 stale 了', 9, ['结果', 'stale 了']],
  ['nothing', '', 4, ['']],
])('wrapped: %s', ([, text, columns, lines]) => {
  expect(wrapped(text, columns)).toEqual(lines);
});
