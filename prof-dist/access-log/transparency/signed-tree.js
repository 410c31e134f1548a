import { findNewestCheckpoint, readLogKeys } from './checkpoint.queries.js';
import { parseCheckpoint } from './checkpoint.rules.js';
import { rootOfTree } from './growing-tree.js';
import { readGrowingTiles } from './read-tiles.js';
import { sizeOfTree } from './sequence.queries.js';
import { parseNote, verifyNote } from './signed-note.js';
import { growingTiles } from './tile.rules.js';
import { parseVerifierKey } from './verifier-key.js';
/**
 * The tree as it stands, once it has been found to be the one that was signed last; `note` is that checkpoint, absent before the first.
 *
 * Throws where they differ: leaves that came or went by another way, a leaf of a tile that still grows, a root of a full tile, or the checkpoint
 * itself was altered. What lies under full tiles is not looked at here; `tongjian audit verify` looks at everything.
 */
export async function readSignedTree(reader) {
    const checkpoint = await findNewestCheckpoint(reader);
    const size = await sizeOfTree(reader);
    const signed = checkpoint ? await signedRoot(reader, checkpoint) : { size: 0, root: undefined };
    if (size !== signed.size)
        throw broken(`it has ${size} leaves, its newest checkpoint ${signed.size}`);
    const tree = { size, levels: await readGrowingTiles(reader, growingTiles(size)) };
    if (signed.root && !rootOfTree(tree).equals(signed.root))
        throw broken(`it does not lead to the root of its checkpoint of ${size} leaves`);
    return { tree, note: checkpoint?.note };
}
/** Size and root as the note says them, if a key of the log stands for it. */
async function signedRoot(reader, { note, size, root }) {
    const keys = (await readLogKeys(reader)).map(parseVerifierKey).filter((it) => it !== undefined);
    const parsed = parseNote(note);
    const checkpoint = parsed && parseCheckpoint(parsed.body);
    if (parsed && checkpoint?.size === size && checkpoint.root.equals(root) && verifyNote(parsed, keys).isSigned)
        return checkpoint;
    throw broken(`its checkpoint of ${size} leaves is not as a key of the log signed it`);
}
function broken(what) {
    return new Error(`The tree of the access log was changed by another hand: ${what}. Nothing is added to it and nothing signed.`);
}
