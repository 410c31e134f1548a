import { createHash } from 'node:crypto';
/** The hash of no leaves at all (RFC 9162, 2.1.1). */
export const EMPTY_ROOT = createHash('sha256').digest();
const LEAF = Buffer.from([0]);
const NODE = Buffer.from([1]);
/** Hash of a leaf (RFC 9162, 2.1.1): the prefix tells it from a node. */
export function leafHash(data) {
    return createHash('sha256').update(LEAF).update(data).digest();
}
/** Hash of a node over its two halves. */
export function nodeHash(left, right) {
    return createHash('sha256').update(NODE).update(left).update(right).digest();
}
/** The hash over a run of hashes that begins at a multiple of a power of two not less than its length (MTH of RFC 9162, 2.1.1). */
export function rootOf(hashes) {
    if (hashes.length === 0)
        return EMPTY_ROOT;
    let level = hashes;
    while (level.length > 1) {
        const above = [];
        for (let at = 0; at < level.length; at += 2) {
            const [left, right] = [level[at], level[at + 1]];
            above.push(right ? nodeHash(left, right) : left);
        }
        level = above;
    }
    return Buffer.from(level[0]);
}
/** The sub-trees whose hashes prove that leaf `index` is in the tree of `size` leaves (PATH of RFC 9162, 2.1.3.1). */
export function inclusionRanges(index, size) {
    if (index < 0 || index >= size)
        throw new RangeError(`leaf ${index} is not in a tree of ${size}`);
    return pathOf(index, { from: 0, until: size });
}
function pathOf(index, { from, until }) {
    if (until - from === 1)
        return [];
    const middle = from + splitOf(until - from);
    return index < middle
        ? [...pathOf(index, { from, until: middle }), { from: middle, until }]
        : [...pathOf(index, { from: middle, until }), { from, until: middle }];
}
/** The sub-trees whose hashes prove that the tree of `older` leaves is the beginning of that of `newer` (PROOF of RFC 9162, 2.1.4.1). */
export function consistencyRanges(older, newer) {
    if (older < 0 || older > newer)
        throw new RangeError(`a tree of ${older} is not the beginning of one of ${newer}`);
    return older === 0 || older === newer ? [] : subproofOf(older, { from: 0, until: newer }, true);
}
function subproofOf(older, { from, until }, isWhole) {
    if (older === until)
        return isWhole ? [] : [{ from, until }];
    const middle = from + splitOf(until - from);
    return older <= middle
        ? [...subproofOf(older, { from, until: middle }, isWhole), { from: middle, until }]
        : [...subproofOf(older, { from: middle, until }, false), { from, until: middle }];
}
/** The largest power of two below `length`, at least two. */
function splitOf(length) {
    return 2 ** (Math.ceil(Math.log2(length)) - 1);
}
/** Whether the proof leads from the hash of leaf `index` to the root of the tree of `size` (RFC 9162, 2.1.3.2). */
export function isIncluded(leaf, index, size, proof, root) {
    if (!areSizes(index, size) || index >= size)
        return false;
    let [number, last, hash] = [index, size - 1, Buffer.from(leaf)];
    for (const step of proof) {
        if (last === 0)
            return false;
        if (number % 2 === 1 || number === last) {
            hash = nodeHash(step, hash);
            while (number % 2 === 0 && number !== 0)
                [number, last] = [half(number), half(last)];
        }
        else {
            hash = nodeHash(hash, step);
        }
        [number, last] = [half(number), half(last)];
    }
    return last === 0 && hash.equals(root);
}
/** Whether the proof shows that the tree of `older` leaves is the beginning of that of `newer` (RFC 9162, 2.1.4.2). */
export function isConsistent(older, newer, proof, olderRoot, newerRoot) {
    if (!areSizes(older, newer) || older > newer)
        return false;
    if (older === newer)
        return proof.length === 0 && Buffer.from(olderRoot).equals(newerRoot);
    if (older === 0)
        return proof.length === 0 && EMPTY_ROOT.equals(olderRoot);
    const path = Number.isInteger(Math.log2(older)) ? [olderRoot, ...proof] : proof;
    const [first, ...steps] = path;
    if (!first || proof.length === 0)
        return false;
    let [number, last] = [older - 1, newer - 1];
    while (number % 2 === 1)
        [number, last] = [half(number), half(last)];
    let [from, to] = [Buffer.from(first), Buffer.from(first)];
    for (const step of steps) {
        if (last === 0)
            return false;
        if (number % 2 === 1 || number === last) {
            [from, to] = [nodeHash(step, from), nodeHash(step, to)];
            while (number % 2 === 0 && number !== 0)
                [number, last] = [half(number), half(last)];
        }
        else {
            to = nodeHash(to, step);
        }
        [number, last] = [half(number), half(last)];
    }
    return last === 0 && from.equals(olderRoot) && to.equals(newerRoot);
}
const half = (number) => Math.floor(number / 2);
const areSizes = (...numbers) => numbers.every((it) => Number.isSafeInteger(it) && it >= 0);
