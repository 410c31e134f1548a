import { CompactRange } from './compact-range.js';
import { LeafHashes } from './leaf-hashes.js';
import { HASH_BYTES, TILE_WIDTH } from './tile.rules.js';
import { UpperTiles } from './upper-tiles.js';
/** Stands for a leaf whose hash nobody has. */
const UNKNOWN = Buffer.alloc(HASH_BYTES);
const DISAGREEMENTS_MAX = 10_000;
/** The tree as it was found, and what the entries are to be held against. */
export class AuditedTree {
    /** The hash in the tile; where there is no tile, the one the database keeps. */
    hashes = new LeafHashes();
    disagreements = new Map();
    /** Which of the two hashes the newest checkpoint was signed over. */
    signed = 'tiles';
    get size() {
        return this.hashes.size;
    }
    /** The hash that the entry of this place has to have; `undefined` where nobody knows. */
    expected(index) {
        const hash = this.signed === 'leaves' ? (this.disagreements.get(index)?.kept.hash ?? this.hashes.at(index)) : this.hashes.at(index);
        return hash?.equals(UNKNOWN) ? undefined : hash;
    }
}
/**
 * Builds the tree anew from the hashes of its leaves, and holds every checkpoint and every stored tile against it.
 *
 * Tiles and database keep the same hashes twice; where they differ, the newest checkpoint says which of the two was signed.
 */
export async function auditTree({ log, table, signedSize }, judge, findings, progress) {
    const tree = new AuditedTree();
    const upper = new UpperTiles(log, signedSize, findings);
    const kept = new KeptLeaves(table);
    const ranges = { tiles: new CompactRange(), leaves: new CompactRange() };
    const total = Math.max(signedSize, table?.size ?? 0);
    if (table && log.isDatabase && table.size > signedSize) {
        const detail = {
            en: `The newest one is of ${signedSize} entries, the tree has ${table.size}.`,
            zh: `最新检查点为 ${signedSize} 条，散列树有 ${table.size} 条。`,
        };
        findings.add('checkpoint-missing', { leaf: signedSize, until: table.size }, detail);
    }
    await judge.start();
    await judge.judge(0, { tiles: ranges.tiles.root(), leaves: ranges.leaves.root() });
    for (let from = 0; from < total; from += TILE_WIDTH) {
        const width = Math.min(TILE_WIDTH, total - from);
        const tile = await tileAt(log, from, signedSize, findings);
        for (let index = from; index < from + width; index += 1) {
            const own = await kept.take(index);
            const given = tile?.at(index - from);
            if (table && !own && index < signedSize)
                findings.add('hash-missing', { leaf: index });
            if (own && given && !own.hash.equals(given) && tree.disagreements.size < DISAGREEMENTS_MAX)
                tree.disagreements.set(index, { tile: given, kept: own });
            const hashes = { tiles: given ?? own?.hash ?? UNKNOWN, leaves: own?.hash ?? given ?? UNKNOWN };
            tree.hashes.push(hashes.tiles);
            ranges.tiles.append(hashes.tiles);
            ranges.leaves.append(hashes.leaves);
            await upper.add(hashes);
            if (judge.concerns(index + 1))
                await judge.judge(index + 1, { tiles: ranges.tiles.root(), leaves: ranges.leaves.root() });
        }
        progress(from + width, total);
    }
    tree.signed = judge.signedHashes();
    return tree;
}
/** The hashes of the tile of level 0 that begins with this leaf, as far as a checkpoint covers it; `undefined` where none is kept. */
async function tileAt(log, from, signedSize, findings) {
    const width = Math.min(TILE_WIDTH, signedSize - from);
    if (width <= 0 || (width < TILE_WIDTH && log.isDatabase))
        return undefined;
    const where = `tile 0/${from / TILE_WIDTH}`;
    const bytes = await log.tile(0, from / TILE_WIDTH, width);
    if (bytes?.length === width * HASH_BYTES)
        return Array.from({ length: width }, (_, at) => bytes.subarray(at * HASH_BYTES, (at + 1) * HASH_BYTES));
    findings.add(bytes ? 'tile-altered' : 'tile-missing', { where, leaf: from, until: from + width });
    return undefined;
}
/** Takes the leaves that the database keeps one by one, whatever gaps there are. */
class KeptLeaves {
    #pages;
    #page = [];
    #at = 0;
    constructor(table) {
        this.#pages = table?.leaves()[Symbol.asyncIterator]();
    }
    async take(index) {
        for (let leaf = await this.#peek(); leaf && leaf.index <= index; leaf = await this.#peek()) {
            this.#at += 1;
            if (leaf.index === index)
                return leaf;
        }
        return undefined;
    }
    async #peek() {
        while (this.#pages && this.#at >= this.#page.length) {
            const { done, value } = await this.#pages.next();
            if (done)
                return undefined;
            [this.#page, this.#at] = [value, 0];
        }
        return this.#page[this.#at];
    }
}
