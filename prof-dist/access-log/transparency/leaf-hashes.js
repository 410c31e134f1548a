const HASH_BYTES = 32;
const CHUNK_LEAVES = 65_536;
/** The hashes of all leaves, 32 bytes each and nothing beside them. */
export class LeafHashes {
    #chunks = [];
    #size = 0;
    get size() {
        return this.#size;
    }
    push(hash) {
        if (this.#size % CHUNK_LEAVES === 0)
            this.#chunks.push(Buffer.alloc(CHUNK_LEAVES * HASH_BYTES));
        this.#chunks.at(-1)?.set(hash, (this.#size % CHUNK_LEAVES) * HASH_BYTES);
        this.#size += 1;
    }
    /** The hash of this leaf; `undefined` beyond the last one. */
    at(index) {
        if (index < 0 || index >= this.#size)
            return undefined;
        const from = (index % CHUNK_LEAVES) * HASH_BYTES;
        return this.#chunks[Math.floor(index / CHUNK_LEAVES)]?.subarray(from, from + HASH_BYTES);
    }
    /** The first leaf of this hash, found by going through all of them. */
    indexOf(hash) {
        for (const [number, chunk] of this.#chunks.entries()) {
            for (let at = chunk.indexOf(hash); at >= 0; at = chunk.indexOf(hash, at + 1)) {
                const index = number * CHUNK_LEAVES + at / HASH_BYTES;
                if (at % HASH_BYTES === 0 && index < this.#size)
                    return index;
            }
        }
        return undefined;
    }
}
