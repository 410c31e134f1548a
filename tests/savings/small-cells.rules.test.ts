import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Cell, hiddenCells, isSmall } from '../../src/savings/small-cells.rules.ts';

const LEAST = 5;
const row = (...items: number[]): Cell[] => items.map((it, index) => ({ key: [String(index)], items: it, persons: Math.max(1, it) }));

test.for<[string, readonly Cell[], readonly number[]]>([
  ['nothing at all', [], []],
  ['enough everywhere', row(5, 6, 7), []],
  ['one too few takes the smallest other along', row(20, 4, 9), [1, 2]],
  ['two too few that are enough together only if the persons are others', row(20, 4, 1, 30), [0, 1, 2]],
  [
    'the same three persons in two cells',
    [
      { key: ['a'], items: 6, persons: 3 },
      { key: ['b'], items: 6, persons: 3 },
      { key: ['c'], items: 9, persons: 9 },
      { key: ['d'], items: 8, persons: 8 },
    ],
    [0, 1, 3],
  ],
  ['two too few that are too few together', row(20, 2, 1, 30), [0, 1, 2]],
  ['too few persons behind enough items', [{ key: ['a'], items: 9, persons: 4 }, ...row(0, 7, 8).slice(1)], [0, 1]],
  ['more reversed than saved', row(20, -3, 8), [1, 2]],
  ['one group, which is the total', row(3), [0]],
  ['nothing else to hide', row(3, 1), [0, 1]],
])('%s', ([, cells, hidden]) => {
  expect([...hiddenCells(cells, LEAST)].toSorted()).toEqual(hidden);
});

test('of a table no small cell is alone in its row or column', () => {
  const table = [
    { key: ['a', 'x'], items: 3, persons: 3 },
    { key: ['a', 'y'], items: 10, persons: 10 },
    { key: ['a', 'z'], items: 30, persons: 30 },
    { key: ['b', 'x'], items: 12, persons: 12 },
    { key: ['b', 'y'], items: 11, persons: 11 },
    { key: ['b', 'z'], items: 40, persons: 40 },
  ];

  expect([...hiddenCells(table, LEAST)].toSorted()).toEqual([0, 1, 3, 4]);
});

test('whatever the table: small cells are hidden, and no line that has another cell hides one alone or too few', () => {
  const aCell = fc.record({ items: fc.integer({ min: -2, max: 15 }), persons: fc.integer({ min: 1, max: 15 }) });
  const aTable = fc
    .tuple(
      fc.constantFrom(1, 2),
      fc.uniqueArray(fc.tuple(fc.constantFrom('a', 'b', 'c', 'd'), fc.constantFrom('x', 'y', 'z')), { selector: String }),
    )
    .chain(([dimensions, keys]) => {
      const known = [...new Map(keys.map((it) => [it.slice(0, dimensions).join(), it.slice(0, dimensions)])).values()];
      return fc.tuple(...known.map((key) => aCell.map((cell) => ({ ...cell, key }))));
    });
  fc.assert(
    fc.property(aTable, (cells: readonly Cell[]) => {
      const hidden = hiddenCells(cells, LEAST);
      expect(cells.every((it, place) => !isSmall(it, LEAST) || hidden.has(place))).toBe(true);
      const dimensions = cells[0]?.key.length === 2 ? [0, 1] : [];
      const lines = [() => '', ...dimensions.map((it) => (cell: Cell) => String(cell.key[it]))].flatMap((nameOf) =>
        [...new Set(cells.map(nameOf))].map((name) => cells.flatMap((cell, place) => (nameOf(cell) === name ? [{ cell, place }] : []))),
      );
      for (const line of lines) {
        const secret = line.filter(({ place }) => hidden.has(place)).map(({ cell }) => cell);
        if (secret.length === 0 || secret.length === line.length) continue;
        const items = secret.reduce((all, it) => all + it.items, 0);
        const hasEnough = items >= LEAST && secret.some((it) => it.persons >= LEAST);
        expect(secret.length > 1 && hasEnough, JSON.stringify(cells)).toBe(true);
      }
    }),
    { numRuns: 1_000 },
  );
});
