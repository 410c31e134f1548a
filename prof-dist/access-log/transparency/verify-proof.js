import { parseCheckpoint } from './checkpoint.rules.js';
import { commitmentOfText } from './commitment.js';
import { isIncluded, leafHash } from './merkle-tree.js';
import { parseNote, verifyNote } from './signed-note.js';
/**
 * Verifies a proof off line: that the text is what the leaf commits to and that of the entry asked for, that the leaf is in the tree, and that a key one trusts signed the tree.
 * Where the text is withheld it is the commitment alone that is proved to be in the tree.
 */
export function verifyProof(proof, keys) {
    const commitment = Buffer.from(proof.commitment, 'base64');
    if (proof.entry !== undefined && !isCommittedTo(proof, commitment))
        return { isProved: false, reason: 'entry-differs' };
    const note = parseNote(proof.checkpoint);
    const checkpoint = note && parseCheckpoint(note.body);
    const signed = note && verifyNote(note, keys);
    if (!checkpoint || !signed?.isSigned || checkpoint.size !== proof.size)
        return { isProved: false, reason: 'checkpoint-unsigned' };
    const hashes = proof.proof.map((it) => Buffer.from(it, 'base64'));
    return isIncluded(leafHash(commitment), proof.leaf, checkpoint.size, hashes, checkpoint.root)
        ? { isProved: true, checkpoint, by: signed.by }
        : { isProved: false, reason: 'not-included' };
}
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
/** Whether the text is that of the commitment, and tells of the entry whose id stands beside it. Another salt than of 16 bytes is none. */
function isCommittedTo({ entry = '', salt = '', id }, commitment) {
    return UUID.test(salt) && commitmentOfText(entry, salt).equals(commitment) && idIn(entry) === id;
}
function idIn(entry) {
    try {
        return JSON.parse(entry)?.id;
    }
    catch {
        return undefined;
    }
}
