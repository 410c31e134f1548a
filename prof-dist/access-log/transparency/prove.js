import { rootOver } from './growing-tree.js';
import { rootOf } from './merkle-tree.js';
import { readTiles } from './read-tiles.js';
import { TILE_WIDTH } from './tile.rules.js';
/**
 * The hashes over the ranges of leaves that a proof asks for, in their order. Three statements at most, however many and however large. Throws
 * where the tree has not come so far.
 */
export async function hashesOver(reader, ranges) {
    const parts = ranges.map(wholeParts);
    const widths = new Map();
    for (const { level, index, until } of parts.flat()) {
        const name = `${level}/${index}`;
        widths.set(name, Math.max(widths.get(name) ?? 0, until));
    }
    const wanted = [...widths].map(([name, width]) => ({ level: Number(name.split('/')[0]), index: Number(name.split('/')[1]), width }));
    const tiles = await readTiles(reader, wanted);
    const hashes = new Map([...widths.keys()].map((name, at) => [name, tiles[at] ?? []]));
    return parts.map((its) => rootOver(its.map(({ level, index, from, until }) => rootOf((hashes.get(`${level}/${index}`) ?? []).slice(from, until)))));
}
/** The whole sub-trees that a range falls into, the widest first; it begins at a multiple of the widest, as those of a proof do. */
function wholeParts({ from, until }) {
    const parts = [];
    for (let at = from; at < until;) {
        const leaves = 2 ** Math.floor(Math.log2(until - at));
        const level = Math.floor(Math.log2(leaves) / Math.log2(TILE_WIDTH));
        const first = at / TILE_WIDTH ** level;
        const offset = first % TILE_WIDTH;
        parts.push({ level, index: Math.floor(first / TILE_WIDTH), from: offset, until: offset + leaves / TILE_WIDTH ** level });
        at += leaves;
    }
    return parts;
}
