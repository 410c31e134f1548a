import { hash } from 'node:crypto';
import type { Identifier } from '../fhir/element.ts';

const seen = new Map<string, string>();
const SEEN_MAX = 20_000;
/** Tokens that one resource has and hardly another: its numbers, and the ids it refers to. */
const UNIQUE = /^identifier=|\/[0-9a-f]{32}$/;

/**
 * A search token as the index stores it: the first 64 bits of its SHA-256, as a signed decimal text.
 *
 * The few thousand tokens that nearly every report repeats (codes, categories, states) are remembered.
 */
export function hashToken(token: string): string {
  const known = seen.get(token);
  if (known !== undefined) return known;
  const hashed = BigInt.asIntN(64, BigInt(`0x${hash('sha256', token).slice(0, 16)}`)).toString();
  if (UNIQUE.test(token)) return hashed;
  if (seen.size >= SEEN_MAX) seen.clear();
  seen.set(token, hashed);
  return hashed;
}

/** A business identifier of a type as `resource_keys` stores it: 128 bits of a SHA-256, as a uuid text. */
export function hashIdentifier(type: string, { system, value }: Identifier): string {
  return hash('sha256', `${type}\0${system}\0${value}`).slice(0, 32);
}

/** SHA-256 of a text, hexadecimal. */
export function fingerprint(text: string): string {
  return hash('sha256', text);
}
