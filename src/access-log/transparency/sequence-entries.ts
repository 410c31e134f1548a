import { setImmediate as nextTurn } from 'node:timers/promises';
import { type Database, type Transaction, transact } from '../../database/client.ts';
import { accessEntry, InstitutionNames } from '../show-accesses.ts';
import { insertCheckpoint } from './checkpoint.queries.ts';
import { commitmentOf } from './commitment.ts';
import { grow, rootOfTree } from './growing-tree.ts';
import type { LogSigner } from './log-signer.ts';
import { leafHash } from './merkle-tree.ts';
import { holdSequence, insertLeaves, type NewLeaf, type PendingRow, takePending } from './sequence.queries.ts';
import { readSignedTree } from './signed-tree.ts';
import { insertTiles } from './tile.queries.ts';

/** Entries that get their places in one transaction. */
export const SEQUENCE_BATCH = 2_000;

/**
 * Gives committed entries of the access log their places in the tree, and signs the checkpoint of the tree with them in it, in one transaction:
 * all of a batch or none, each once. Answers how many; 0 also where another sequencer is at work at this moment.
 *
 * The order of the tree is the order of commitment, batch by batch; within a batch that of the entries' moments. A clock that goes backwards
 * changes nothing of what has a place.
 *
 * Throws where what is stored of the tree does not lead to the root that was signed last: nothing is added to such a tree and nothing signed,
 * and the entries wait.
 */
export async function sequenceEntries(db: Database, signer: LogSigner, now: Date): Promise<number> {
  return await transact(db, async (tx) => {
    if (!(await holdSequence(tx))) return 0;
    const rows = await takePending(tx, SEQUENCE_BATCH);
    if (rows.length === 0) return 0;
    const { tree, note } = await readSignedTree(tx);
    const grown = grow(tree, await addLeaves(tx, rows, tree.size));
    const root = rootOfTree(grown.tree);
    const { size } = grown.tree;
    const signed = await signer.sign(tx, size, root, note, now);
    if (grown.tiles.length > 0) await insertTiles(tx, grown.tiles);
    await insertCheckpoint(tx, { size, root, note: signed.note, signedAt: now }, signed.vkeys);
    return rows.length;
  });
}

/** Leaves added with one statement: the driver writes out its values in one go, while requests of this process wait. */
const AT_ONCE = 200;
/** How long commitments are made before requests of this process get a turn. */
const TURN_MS = 2;

/** Adds a leaf for each of the entries behind the first `size`; answers their hashes. */
async function addLeaves(tx: Transaction, rows: readonly PendingRow[], size: number): Promise<readonly Buffer[]> {
  const names = await new InstitutionNames(tx).of(rows.map((it) => ({ ...it, review: undefined })));
  const leaves: NewLeaf[] = [];
  const hashes: Buffer[] = [];
  let begun = performance.now();
  for (const [place, it] of rows.entries()) {
    const commitment = commitmentOf(accessEntry({ ...it, review: undefined }, names), it.salt);
    leaves.push({ index: BigInt(size + place), recordedAt: it.recordedAt, entry: it.id, commitment });
    hashes.push(leafHash(commitment));
    if (performance.now() - begun > TURN_MS) {
      await nextTurn();
      begun = performance.now();
    }
  }
  for (let from = 0; from < leaves.length; from += AT_ONCE) await insertLeaves(tx, leaves.slice(from, from + AT_ONCE));
  return hashes;
}
