import { leafHash } from './merkle-tree.js';
import { findCommitments, findFullTiles, findTileRoots } from './tile.queries.js';
import { HASH_BYTES, TILE_WIDTH } from './tile.rules.js';
/**
 * The hashes of tiles, in the order asked. A tile that has become full is read as it is kept, one that still grows is made of what is below it;
 * so are its former widths. Three statements at most, however many tiles. Throws where the tree has not come so far.
 */
export async function readTiles(reader, tiles) {
    const full = new Map((await findFullTiles(reader, tiles)).map((it) => [`${it.level}/${it.index}`, it.hashes]));
    const growing = tiles.filter((it) => !full.has(`${it.level}/${it.index}`));
    const made = await readGrowingTiles(reader, growing);
    return tiles.map((it) => {
        const kept = full.get(`${it.level}/${it.index}`);
        return kept ? hashesIn(kept).slice(0, it.width) : (made[growing.indexOf(it)] ?? []);
    });
}
/** The hashes of tiles that still grow, made of the leaves and the roots of the tiles below. Two statements at most. */
export async function readGrowingTiles(reader, tiles) {
    const wanted = tiles.map((it) => ({ ...it, from: it.index * TILE_WIDTH, until: it.index * TILE_WIDTH + it.width }));
    const [low, high] = [wanted.filter((it) => it.level === 0), wanted.filter((it) => it.level > 0)];
    const commitments = low.length > 0 ? await findCommitments(reader, low) : [];
    const below = high.map((it) => ({ ...it, level: it.level - 1 }));
    const roots = high.length > 0 ? await findTileRoots(reader, below) : [];
    return wanted.map((tile) => {
        const hashes = tile.level === 0 ? (commitments[low.indexOf(tile)] ?? []).map(leafHash) : (roots[high.indexOf(tile)] ?? []);
        if (hashes.length === tile.width)
            return hashes;
        throw new Error(`Of tile ${tile.index} of level ${tile.level} there are ${hashes.length} hashes stored instead of ${tile.width}.`);
    });
}
/** The hashes of a tile one by one. */
export function hashesIn(tile) {
    return Array.from({ length: tile.length / HASH_BYTES }, (_, at) => tile.subarray(at * HASH_BYTES, (at + 1) * HASH_BYTES));
}
