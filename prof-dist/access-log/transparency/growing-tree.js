import { nodeHash, rootOf } from './merkle-tree.js';
import { hashesOfLevel, TILE_WIDTH } from './tile.rules.js';
/** The tree with these leaves (their hashes) added, and the tiles of every level that became full by it. */
export function grow(tree, leaves) {
    const tiles = [];
    const levels = [];
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
function fullTile(level, index, hashes, at) {
    const its = hashes.slice(at * TILE_WIDTH, (at + 1) * TILE_WIDTH);
    return { level, index, hashes: Buffer.concat(its), root: rootOf(its) };
}
/** The root of the tree: what its checkpoint signs. */
export function rootOfTree({ levels }) {
    return rootOver(levels.toReversed().flatMap(wholeSubtrees));
}
/** The root over sub-trees that are each whole, the widest first (RFC 9162, 2.1.1: what is left is split off on the right). */
export function rootOver(subtrees) {
    return subtrees.length === 0 ? rootOf([]) : subtrees.reduceRight((right, left) => nodeHash(left, right));
}
/** The roots of the whole sub-trees that fewer than 256 hashes make, the widest first. */
function wholeSubtrees(hashes) {
    const roots = [];
    let from = 0;
    for (let width = TILE_WIDTH / 2; width >= 1; width /= 2) {
        if (hashes.length - from < width)
            continue;
        roots.push(rootOf(hashes.slice(from, from + width)));
        from += width;
    }
    return roots;
}
