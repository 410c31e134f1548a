/** Hashes side by side in a full tile (C2SP tlog-tiles). */
export const TILE_WIDTH = 256;
/** Length of every hash. */
export const HASH_BYTES = 32;
/** How many hashes a level has in the tree of `size` leaves: one a full tile of the level below. */
export function hashesOfLevel(size, level) {
    return Math.floor(size / TILE_WIDTH ** level);
}
/** The tiles that still grow in the tree of `size` leaves, one a level from 0 up; of width 0 where the last one has just become full. */
export function growingTiles(size) {
    const tiles = [];
    for (let level = 0; hashesOfLevel(size, level) > 0; level += 1) {
        const hashes = hashesOfLevel(size, level);
        tiles.push({ level, index: Math.floor(hashes / TILE_WIDTH), width: hashes % TILE_WIDTH });
    }
    return tiles;
}
/** Whether the tree of `size` leaves has had the tile, in this width. */
export function hasTile(size, { level, index, width }) {
    return index * TILE_WIDTH + width <= hashesOfLevel(size, level);
}
/** The end of a tile's address: its index in threes of digits, all but the last with an `x`, and `.p/<width>` for one that is not full. */
export function tilePath({ index, width }) {
    const digits = String(index);
    const threes = digits.padStart(Math.ceil(digits.length / 3) * 3, '0').match(/\d{3}/g) ?? [];
    const steps = threes.map((it, at) => (at < threes.length - 1 ? `x${it}` : it));
    return steps.join('/') + (width === TILE_WIDTH ? '' : `.p/${width}`);
}
/** Reads the end of a tile's address, with a width of 1 to 255 where the tile is not full; `undefined` for every other way of writing it. */
export function parseTilePath(path) {
    const [, steps = '', , width] = /^((x\d{3}\/){0,4}\d{3})(?:\.p\/([1-9]\d{0,2}))?$/.exec(path) ?? [];
    const tile = { index: Number(steps.replaceAll(/[x/]/g, '')), width: width === undefined ? TILE_WIDTH : Number(width) };
    return steps !== '' && tile.width <= TILE_WIDTH && tilePath(tile) === path ? tile : undefined;
}
/** Reads the level of a tile: 0 to 63, without leading zeros; `undefined` for anything else. */
export function parseLevel(text) {
    return /^(\d|[1-5]\d|6[0-3])$/.test(text) ? Number(text) : undefined;
}
