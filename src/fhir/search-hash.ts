import { hash } from 'node:crypto';

/** The low 48 bits of a token say what stands there, the high 16 where. */
const VALUE_BITS = 48n;
const VALUE_MASK = (1n << VALUE_BITS) - 1n;

/** The number of an element path (`component.code`, without the type) in tokens and texts: 16 bits; a test keeps those of a type apart. */
export function pathNumber(path: string): number {
  return Number.parseInt(hash('sha256', path).slice(0, 4), 16);
}

/** A token as the index stores it: path and the first 48 bits of the SHA-256 of what stands there, as a signed decimal text. */
export function tokenAt(path: number, text: string): string {
  return joined(path, BigInt(`0x${hash('sha256', text).slice(0, 12)}`));
}

/**
 * The token of a reference to a resource of this server. Its value is made of the two halves of the id by bit operations alone
 * (`((person # id # typeBits) & mask) | path << 48`), so that SQL can make it for a row as well.
 */
export function referenceAt(path: number, type: string, person: bigint, id: bigint): string {
  return joined(path, (person ^ id ^ typeBits(type)) & VALUE_MASK);
}

/** What distinguishes the same id of two types in `referenceAt`; a positive number of 48 bits. */
export function typeBits(type: string): bigint {
  return BigInt(`0x${hash('sha256', type).slice(0, 12)}`);
}

/** `path << 48` as SQL's bigint writes it. */
export function pathBits(path: number): bigint {
  return BigInt.asIntN(64, BigInt(path) << VALUE_BITS);
}

function joined(path: number, value: bigint): string {
  return BigInt.asIntN(64, (BigInt(path) << VALUE_BITS) | value).toString();
}
