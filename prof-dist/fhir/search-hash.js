import { hash } from 'node:crypto';
/** The low 48 bits of a token say what stands there, the high 16 where. */
const VALUE_BITS = 48n;
export const VALUE_MASK = (1n << VALUE_BITS) - 1n;
/** The number of an element path (`component.code`, without the type) in tokens and texts: 16 bits; a test keeps those of a type apart. */
export function pathNumber(path) {
    const known = numbers.get(path);
    if (known !== undefined)
        return known;
    const number = Number.parseInt(hash('sha256', path).slice(0, 4), 16);
    numbers.set(path, number);
    return number;
}
/** Paths are those of the search parameters, a few thousand. */
const numbers = new Map();
/** A token as the index stores it: path and the first 48 bits of the SHA-256 of what stands there, as a signed decimal text. */
export function tokenAt(path, text) {
    return joined(path, BigInt(`0x${hash('sha256', text).slice(0, 12)}`));
}
/**
 * The parts of a coded value as one text: `system|code`, or a code alone where any system will do. Signs that part are escaped within them,
 * so that no code looks like another with its system.
 */
export function codedText(...parts) {
    return parts.length === 1 ? escaped(parts[0]) : parts.map(escaped).join('|');
}
const escaped = (part) => (/[\\|$]/.test(part) ? part.replace(/[\\|$]/g, '\\$&') : part);
/** The number of a unit in an indexed range. */
export function unitNumber(text) {
    return BigInt(`0x${hash('sha256', text).slice(0, 12)}`).toString();
}
/** The token of an element that is there, though nothing in it can be searched for. No text that comes in holds a NUL. */
export function presenceAt(path) {
    return tokenAt(path, '\0');
}
/**
 * The token of a reference to a resource of this server. Its value is made of the two halves of the id by bit operations alone
 * (`((person # id # typeBits) & mask) | path << 48`), so that SQL can make it for a row as well.
 */
export function referenceAt(path, type, person, id) {
    return joined(path, (person ^ id ^ typeBits(type)) & VALUE_MASK);
}
/** The same for a logical id as callers see it; `undefined` where it is none that this server gives. */
export function localReferenceAt(path, type, id) {
    if (!LOCAL_ID.test(id))
        return undefined;
    return referenceAt(path, type, BigInt(`0x${id.slice(0, 16)}`), BigInt(`0x${id.slice(16)}`));
}
const LOCAL_ID = /^[0-7][0-9a-f]{15}[0-7][0-9a-f]{15}$/;
/** What distinguishes the same id of two types in `referenceAt`; a positive number of 48 bits. */
export function typeBits(type) {
    const known = bitsOfTypes.get(type);
    if (known !== undefined)
        return known;
    const bits = BigInt(`0x${hash('sha256', type).slice(0, 12)}`);
    // A reference may name any type, of R4 or not.
    if (bitsOfTypes.size < 1_000)
        bitsOfTypes.set(type, bits);
    return bits;
}
const bitsOfTypes = new Map();
/** `path << 48` as SQL's bigint writes it. */
export function pathBits(path) {
    return BigInt.asIntN(64, BigInt(path) << VALUE_BITS);
}
function joined(path, value) {
    return BigInt.asIntN(64, (BigInt(path) << VALUE_BITS) | value).toString();
}
