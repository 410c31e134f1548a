import { createHash } from 'node:crypto';
import type { AccessEntry } from '../access-entry.schema.ts';
import { canonicalEntry } from './canonical-entry.rules.ts';

/**
 * What the tree holds of an entry: SHA-256 of its salt (16 bytes) followed by its canonical text. Without the salt nobody can find out by
 * trying whether some entry is in the tree, also when the entry itself is gone.
 *
 * `salt` is a UUID of 122 random bits, as the table keeps it.
 */
export function commitmentOf(entry: AccessEntry, salt: string): Buffer {
  return createHash('sha256')
    .update(Buffer.from(salt.replaceAll('-', ''), 'hex'))
    .update(canonicalEntry(entry), 'utf8')
    .digest();
}
