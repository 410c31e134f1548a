import type { Reader } from '../../database/client.ts';
import { findNewestCheckpoint, readLogKeys, type StoredCheckpoint } from './checkpoint.queries.ts';
import { parseCheckpoint } from './checkpoint.rules.ts';
import { type GrowingTree, rootOfTree } from './growing-tree.ts';
import { readGrowingTiles } from './read-tiles.ts';
import { sizeOfTree } from './sequence.queries.ts';
import { parseNote, verifyNote } from './signed-note.ts';
import { growingTiles } from './tile.rules.ts';
import { parseVerifierKey } from './verifier-key.ts';

/**
 * The tree as it stands, once it has been found to be the one that was signed last; `note` is that checkpoint, absent before the first.
 *
 * Throws where they differ: leaves that came or went by another way, a leaf of a tile that still grows, a root of a full tile, or the checkpoint
 * itself was altered. What lies under full tiles is not looked at here; `tongjian audit verify` looks at everything.
 */
export async function readSignedTree(reader: Reader): Promise<{ readonly tree: GrowingTree; readonly note: string | undefined }> {
  const checkpoint = await findNewestCheckpoint(reader);
  const size = await sizeOfTree(reader);
  const signed = checkpoint ? await signedRoot(reader, checkpoint) : { size: 0, root: undefined };
  if (size !== signed.size) throw broken(`it has ${size} leaves, its newest checkpoint ${signed.size}`);
  const tree = { size, levels: await readGrowingTiles(reader, growingTiles(size)) };
  if (signed.root && !rootOfTree(tree).equals(signed.root))
    throw broken(`it does not lead to the root of its checkpoint of ${size} leaves`);
  return { tree, note: checkpoint?.note };
}

/** Size and root as the note says them, if a key of the log stands for it. */
async function signedRoot(
  reader: Reader,
  { note, size, root }: StoredCheckpoint,
): Promise<{ readonly size: number; readonly root: Buffer | undefined }> {
  const keys = (await readLogKeys(reader)).map(parseVerifierKey).filter((it) => it !== undefined);
  const parsed = parseNote(note);
  const checkpoint = parsed && parseCheckpoint(parsed.body);
  if (parsed && checkpoint?.size === size && checkpoint.root.equals(root) && verifyNote(parsed, keys).isSigned) return checkpoint;
  throw broken(`its checkpoint of ${size} leaves is not as a key of the log signed it`);
}

function broken(what: string): Error {
  return new Error(`The tree of the access log was changed by another hand: ${what}. Nothing is added to it and nothing signed.`);
}
