import { nodeHash, rootOf } from './merkle-tree.ts';
import { hashesOfLevel, TILE_WIDTH } from './tile.rules.ts';

/** All that is needed of a tree to let it grow: at each level, from 0 up, the hashes that fill no tile yet. */
export interface GrowingTree {
  readonly size: number;
  readonly levels: readonly (readonly Buffer[])[];
}

/** A tile that has become full and never changes again. */
export interface FullTile {
  readonly level: number;
  readonly index: number;
  /** 256 hashes of 32 bytes. */
  readonly hashes: Buffer;
  /** The root over them: a hash of the level above. */
  readonly root: Buffer;
}

/** The tree with these leaves (their hashes) added, and the tiles of every level that became full by it. */
export function grow(tree: GrowingTree, leaves: readonly Buffer[]): { readonly tree: GrowingTree; readonly tiles: readonly FullTile[] } {
  const tiles: FullTile[] = [];
  const levels: (readonly Buffer[])[] = [];
  let added = leaves;
  for (let level = 0; added.length > 0 || level < tree.levels.length; level += 1) {
    const hashes = [...(tree.levels[level] ?? []), ...added];
    const first = hashesOfLevel(tree.size, level + 1);
    const full = Array.from({ length: Math.floor(hashes.length / TILE_WIDTH) }, (_, at) => fullTile(level, first + at, hashes, at));
    tiles.push(...full);
    levels.push(hashes.slice(full.length * TILE_WIDTH));
    added = full.map((it) => it.root);
  }
  return { tree: { size: tree.size + leaves.length, levels }, tiles };
}

function fullTile(level: number, index: number, hashes: readonly Buffer[], at: number): FullTile {
  const its = hashes.slice(at * TILE_WIDTH, (at + 1) * TILE_WIDTH);
  return { level, index, hashes: Buffer.concat(its), root: rootOf(its) };
}

/** The root of the tree: what its checkpoint signs. */
export function rootOfTree({ levels }: GrowingTree): Buffer {
  return rootOver(levels.toReversed().flatMap(wholeSubtrees));
}

/** The root over sub-trees that are each whole, the widest first (RFC 9162, 2.1.1: what is left is split off on the right). */
export function rootOver(subtrees: readonly Buffer[]): Buffer {
  return subtrees.length === 0 ? rootOf([]) : subtrees.reduceRight((right, left) => nodeHash(left, right));
}

/** The roots of the whole sub-trees that fewer than 256 hashes make, the widest first. */
function wholeSubtrees(hashes: readonly Buffer[]): readonly Buffer[] {
  const roots: Buffer[] = [];
  let from = 0;
  for (let width = TILE_WIDTH / 2; width >= 1; width /= 2) {
    if (hashes.length - from < width) continue;
    roots.push(rootOf(hashes.slice(from, from + width)));
    from += width;
  }
  return roots;
}
