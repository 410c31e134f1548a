import { rootOf } from './merkle-tree.js';
import { HASH_BYTES, TILE_WIDTH } from './tile.rules.js';
/** Makes every tile above the leaves anew while the leaves go by, and holds the stored one against it. */
export class UpperTiles {
    /** Of each level, from 0 on, the tile that still grows. */
    #growing = [];
    /** Of each level, how many tiles are full. */
    #full = [];
    #log;
    #signedSize;
    #findings;
    #size = 0;
    constructor(log, signedSize, findings) {
        this.#log = log;
        this.#signedSize = signedSize;
        this.#findings = findings;
    }
    /** Takes the next leaf. */
    async add(leaf) {
        this.#size += 1;
        await this.#push(0, leaf);
        if (this.#size === this.#signedSize && !this.#log.isDatabase)
            await this.#comparePartial();
    }
    async #push(level, hashes) {
        const growing = (this.#growing[level] ??= []);
        growing.push(hashes);
        if (growing.length < TILE_WIDTH)
            return;
        const index = this.#full[level] ?? 0;
        if (this.#size <= this.#signedSize)
            await this.#compare(level, index, growing);
        this.#full[level] = index + 1;
        this.#growing[level] = [];
        await this.#push(level + 1, { tiles: rootOf(growing.map((it) => it.tiles)), leaves: rootOf(growing.map((it) => it.leaves)) });
    }
    async #comparePartial() {
        for (const [level, growing] of this.#growing.entries()) {
            if (growing.length > 0)
                await this.#compare(level, this.#full[level] ?? 0, growing);
        }
    }
    async #compare(level, index, made) {
        if (level === 0)
            return;
        const where = `tile ${level}/${index}`;
        const span = TILE_WIDTH ** level;
        const first = index * TILE_WIDTH;
        const stored = await this.#log.tile(level, index, made.length);
        if (stored?.length !== made.length * HASH_BYTES) {
            this.#findings.add(stored ? 'tile-altered' : 'tile-missing', { where, leaf: first * span, until: (first + made.length) * span });
            return;
        }
        for (const [place, { tiles, leaves }] of made.entries()) {
            const hash = stored.subarray(place * HASH_BYTES, (place + 1) * HASH_BYTES);
            if (hash.equals(tiles) || hash.equals(leaves))
                continue;
            this.#findings.add('tile-altered', { where, leaf: (first + place) * span, until: (first + place + 1) * span });
        }
    }
}
