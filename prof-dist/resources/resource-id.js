import { randomFillSync } from 'node:crypto';
/**
 * The logical id callers see: 32 hexadecimal digits, the compartment first, so that a read goes straight to the one place that holds
 * the resource. Neither half says anything about the human being.
 */
export function encodeId(key) {
    return key.person.toString(16).padStart(16, '0') + key.id.toString(16).padStart(16, '0');
}
/** The inverse of `encodeId`; `undefined` for a text that no resource here can have as its id. */
export function decodeId(text) {
    if (!/^[0-7][0-9a-f]{15}[0-7][0-9a-f]{15}$/.test(text))
        return undefined;
    return { person: BigInt(`0x${text.slice(0, 16)}`), id: BigInt(`0x${text.slice(16)}`) };
}
/** Random bytes drawn ahead, since drawing a few costs as much as drawing many; each is used once. */
const drawn = new BigUint64Array(512);
let used = drawn.length;
/** A fresh number of 62 random bits, with room above it: a transaction gives its resources `first`, `first + 1n` … */
export function freshNumber() {
    if (used === drawn.length) {
        randomFillSync(drawn);
        used = 0;
    }
    return drawn[used++] >> 2n;
}
/** Keys of persons lie above this, numbers of institutions below; both are compartments. */
export const FIRST_PERSON = 1n << 40n;
/** A key for a person never seen before. */
export function freshPerson() {
    const key = freshNumber();
    return key < FIRST_PERSON ? key + FIRST_PERSON : key;
}
/** Whether a compartment is a person's; the others are institutions'. */
export function isPerson(compartment) {
    return compartment >= FIRST_PERSON;
}
