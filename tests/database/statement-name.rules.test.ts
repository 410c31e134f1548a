import { expect, test } from 'vitest';
import { StatementNames } from '../../src/database/statement-name.ts';

const thrice = (names: StatementNames, text: string) => [names.nameOf(text), names.nameOf(text), names.nameOf(text)];

test('a text gets its name at its third use, and keeps it', () => {
  const names = new StatementNames();

  const [first, second, third] = thrice(names, 'select 1');

  expect([first, second]).toEqual([undefined, undefined]);
  expect(third).toBeTypeOf('string');
  expect(names.nameOf('select 1')).toBe(third);
  expect(thrice(names, 'select 2')[2]).not.toBe(third);
});

test('sixty-four texts get names, whatever else is asked for; they keep them', () => {
  const names = new StatementNames();
  const texts = Array.from({ length: 64 }, (_, index) => `select ${index}`);
  const given = texts.map((it) => thrice(names, it)[2]);

  expect(new Set(given).size).toBe(64);
  expect(thrice(names, 'one more')).toEqual([undefined, undefined, undefined]);
  expect(texts.map((it) => names.nameOf(it))).toEqual(given);
});

test('texts that come once do not take the names of those that come again', () => {
  const names = new StatementNames();
  for (let index = 0; index < 5_000; index++) names.nameOf(`once ${index}`);

  expect(thrice(names, 'again')[2]).toBeTypeOf('string');
});
