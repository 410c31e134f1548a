import { createHash } from 'node:crypto';
import { canonicalEntry } from './canonical-entry.rules.js';
/**
 * What the tree holds of an entry: SHA-256 of its salt (16 bytes) followed by its canonical text. Without the salt nobody can find out by
 * trying whether some entry is in the tree, also when the entry itself is gone.
 *
 * `salt` is a UUID of 122 random bits, as the table keeps it.
 */
export function commitmentOf(entry, salt) {
    return commitmentOfText(canonicalEntry(entry), salt);
}
/** The same of the canonical text, as a proof brings it along. */
export function commitmentOfText(text, salt) {
    return createHash('sha256')
        .update(Buffer.from(salt.replaceAll('-', ''), 'hex'))
        .update(text, 'utf8')
        .digest();
}
