import { type Database, transact } from '../../database/client.ts';
import { accessEntry, InstitutionNames } from '../show-accesses.ts';
import { commitmentOf } from './commitment.ts';
import { holdSequence, insertLeaves, sizeOfTree, takePending } from './sequence.queries.ts';

/** Entries that get their places in one transaction. */
const BATCH_MAX = 2_000;

/**
 * Gives committed entries of the access log their places in the tree, in one transaction: all of a batch or none, each once. Answers how many;
 * 0 also where another sequencer is at work at this moment.
 *
 * The order of the tree is the order of commitment, batch by batch; within a batch that of the entries' moments. A clock that goes backwards
 * changes nothing of what has a place.
 */
export async function sequenceEntries(db: Database): Promise<number> {
  return await transact(db, async (tx) => {
    if (!(await holdSequence(tx))) return 0;
    const rows = await takePending(tx, BATCH_MAX);
    if (rows.length === 0) return 0;
    const names = await new InstitutionNames(tx).of(rows.map((it) => ({ ...it, review: undefined })));
    const size = await sizeOfTree(tx);
    const leaves = rows.map((row, place) => ({
      index: size + BigInt(place),
      recordedAt: row.recordedAt,
      entry: row.id,
      commitment: commitmentOf(accessEntry({ ...row, review: undefined }, names), row.salt),
    }));
    await insertLeaves(tx, leaves);
    return leaves.length;
  });
}
