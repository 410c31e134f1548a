import { EMPTY_ROOT, nodeHash } from './merkle-tree.js';
/** The root over leaves that come one after another, in memory that grows with the logarithm of their number alone. */
export class CompactRange {
    #size = 0;
    /** Roots of the full sub-trees, the largest first: one for each binary digit of the size that is set. */
    #peaks = [];
    get size() {
        return this.#size;
    }
    append(leaf) {
        let hash = Buffer.from(leaf);
        for (let rest = this.#size; rest % 2 === 1; rest = (rest - 1) / 2)
            hash = nodeHash(this.#peaks.pop(), hash);
        this.#peaks.push(hash);
        this.#size += 1;
    }
    /** The root over all leaves so far (RFC 9162, 2.1.1). */
    root() {
        const [last, ...others] = this.#peaks.toReversed();
        return last ? others.reduce((right, left) => nodeHash(left, right), last) : EMPTY_ROOT;
    }
}
