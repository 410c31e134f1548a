import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type FullTile, type GrowingTree, grow, rootOfTree } from '../../../src/access-log/transparency/growing-tree.ts';
import { rootOf } from '../../../src/access-log/transparency/merkle-tree.ts';
import { growingTiles, hasTile, parseLevel, parseTilePath, tilePath } from '../../../src/access-log/transparency/tile.rules.ts';

const EMPTY: GrowingTree = { size: 0, levels: [] };
/** Stand for hashes of leaves: any 32 bytes, each other ones. */
const LEAVES = Array.from({ length: 70_000 }, (_, at) => Buffer.alloc(32, `leaf ${at} `));

const known = new Map<string, Buffer>();
/** The hash at a place of a level, from the leaves alone. */
function hashAt(level: number, place: number): Buffer {
  const hash = known.get(`${level}/${place}`) ?? rootOf(LEAVES.slice(place * 256 ** level, (place + 1) * 256 ** level));
  known.set(`${level}/${place}`, hash);
  return hash;
}

/** Lets a tree grow by steps of these sizes. */
function grown(steps: readonly number[]): { tree: GrowingTree; tiles: readonly FullTile[] } {
  let tree = EMPTY;
  const tiles: FullTile[] = [];
  for (const step of steps) {
    const next = grow(tree, LEAVES.slice(tree.size, tree.size + step));
    tree = next.tree;
    tiles.push(...next.tiles);
  }
  return { tree, tiles };
}

test('up to 1,030 leaves, root and growing tiles are what the leaves say, and each tile is given out once', () => {
  let tree = EMPTY;
  const tiles: string[] = [];
  for (let size = 1; size <= 1_030; size += 1) {
    const next = grow(tree, LEAVES.slice(size - 1, size));
    tree = next.tree;
    tiles.push(...next.tiles.map((it) => `${it.level}/${it.index}`));
    const isNearFull = (size + 4) % 256 < 8;
    if (size < 70 || size % 11 === 0 || isNearFull) expect(rootOfTree(tree).equals(rootOf(LEAVES.slice(0, size)))).toBe(true);
    for (const { level, index, width } of growingTiles(size)) {
      const expected = Array.from({ length: width }, (_, at) => hashAt(level, index * 256 + at));
      if (!Buffer.concat(tree.levels[level] ?? []).equals(Buffer.concat(expected))) throw new Error(`tile ${level}/${index} of ${size}`);
    }
  }

  expect(tiles).toEqual(['0/0', '0/1', '0/2', '0/3']);
});

test('a tree of 70,000 leaves has the tiles that C2SP tlog-tiles counts for it', () => {
  const { tree, tiles } = grown([65_535, 1, 4_464]);

  expect(tiles.filter((it) => it.level === 0)).toHaveLength(273);
  expect(tiles.filter((it) => it.level === 1).map((it) => it.index)).toEqual([0]);
  expect(growingTiles(70_000)).toEqual([
    { level: 0, index: 273, width: 112 },
    { level: 1, index: 1, width: 17 },
    { level: 2, index: 0, width: 1 },
  ]);
  expect(tree.levels.map((it) => it.length)).toEqual([112, 17, 1]);
  expect(rootOfTree(tree).equals(rootOf(LEAVES))).toBe(true);
  const [top] = tiles.filter((it) => it.level === 1);
  const below = tiles.filter((it) => it.level === 0 && it.index < 256).map((it) => it.root);
  expect(top?.hashes.equals(Buffer.concat(below))).toBe(true);
  expect(top?.root.equals(rootOf(below))).toBe(true);
});

test('in whatever steps it grows, it is the same tree with the same tiles (property)', () => {
  const shown = (tiles: readonly FullTile[]) =>
    tiles.map((it) => `${it.level}/${it.index} ${it.hashes.toString('base64')} ${it.root.toString('base64')}`);
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 700 }), { minLength: 1, maxLength: 5 }), (steps) => {
      const size = steps.reduce((sum, it) => sum + it, 0);
      const [bySteps, atOnce] = [grown(steps), grown([size])];
      const root = rootOf(LEAVES.slice(0, size));
      return (
        rootOfTree(bySteps.tree).equals(root) &&
        rootOfTree(atOnce.tree).equals(root) &&
        shown(bySteps.tiles).join() === shown(atOnce.tiles).join()
      );
    }),
    { numRuns: 15 },
  );
});

test('nothing at all has the root of nothing', () => {
  expect(rootOfTree(EMPTY).equals(rootOf([]))).toBe(true);
  expect(growingTiles(0)).toEqual([]);
});

test.for<[string, { index: number; width: number } | undefined]>([
  ['000', { index: 0, width: 256 }],
  ['067', { index: 67, width: 256 }],
  ['x001/x234/067', { index: 1_234_067, width: 256 }],
  ['x001/000', { index: 1_000, width: 256 }],
  ['999.p/1', { index: 999, width: 1 }],
  ['x001/234.p/255', { index: 1_234, width: 255 }],
  ['x999/x999/x999/x999/999', { index: 999_999_999_999_999, width: 256 }],
  ['x001/x999/x999/x999/x999/999', undefined],
  ['999.p/0', undefined],
  ['999.p/256', undefined],
  ['999.p/257', undefined],
  ['999.p/999', undefined],
  ['999.p/1000', undefined],
  ['999.p/01', undefined],
  ['999.p/1/', undefined],
  ['0', undefined],
  ['1000', undefined],
  ['001/234', undefined],
  ['x000/001', undefined],
  ['x001', undefined],
  ['x001/x234', undefined],
  ['-01', undefined],
  ['', undefined],
])('the address %s', ([path, tile]) => {
  expect(parseTilePath(path)).toEqual(tile);
});

test('an address is read back as it was written (property)', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 999_999_999_999_999 }), fc.integer({ min: 1, max: 256 }), (index, width) => {
      expect(parseTilePath(tilePath({ index, width }))).toEqual({ index, width });
    }),
  );
});

test.for<[string, number | undefined]>([
  ['0', 0],
  ['9', 9],
  ['63', 63],
  ['64', undefined],
  ['00', undefined],
  ['-1', undefined],
  ['', undefined],
])('the level "%s"', ([text, level]) => {
  expect(parseLevel(text)).toBe(level);
});

test.for<[string, number, { level: number; index: number; width: number }, boolean]>([
  ['the width that it has', 70_000, { level: 0, index: 273, width: 112 }, true],
  ['one hash more', 70_000, { level: 0, index: 273, width: 113 }, false],
  ['a width it had', 70_000, { level: 0, index: 273, width: 1 }, true],
  ['a full tile in a width it had', 70_000, { level: 0, index: 272, width: 3 }, true],
  ['the last full tile', 70_000, { level: 0, index: 272, width: 256 }, true],
  ['the highest', 70_000, { level: 2, index: 0, width: 1 }, true],
  ['one level more', 70_000, { level: 3, index: 0, width: 1 }, false],
  ['a tile that is just full', 256, { level: 0, index: 0, width: 256 }, true],
  ['and the first hash above it', 256, { level: 1, index: 0, width: 1 }, true],
  ['nothing at all', 0, { level: 0, index: 0, width: 1 }, false],
])('a tile is there: %s', ([, size, tile, is]) => {
  expect(hasTile(size, tile)).toBe(is);
});
