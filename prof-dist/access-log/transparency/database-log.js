import { encodeAccessId } from '../access-entry-id.js';
import { accessEntry, InstitutionNames } from '../show-accesses.js';
import { checkpointsAfter, entriesWithoutLeaf, keptTile, leavesAfter, withEntries } from './audit.queries.js';
import { findNewestCheckpoint, readLogKeys } from './checkpoint.queries.js';
import { leafHash, rootOf } from './merkle-tree.js';
import { hashesIn } from './read-tiles.js';
import { sizeOfTree } from './sequence.queries.js';
/** Rows of one statement. */
const BATCH = 2_000;
/** The log as the database keeps it: full tiles, and every checkpoint that was ever signed. */
export function databaseLog(reader) {
    return {
        name: 'database',
        isDatabase: true,
        newest: async () => (await findNewestCheckpoint(reader))?.note,
        keys: () => readLogKeys(reader),
        tile: async (level, index) => {
            const kept = await keptTile(reader, level, index);
            // The tree grows from the root beside the hashes; where it is not theirs, the tile is none that fits.
            return kept && (rootOf(hashesIn(kept.hashes)).equals(kept.root) ? kept.hashes : Buffer.alloc(0));
        },
        checkpoints: async function* () {
            for (let rows = await checkpointsAfter(reader, -1, BATCH); rows.length > 0; rows = await checkpointsAfter(reader, lastOf(rows).size, BATCH))
                yield* rows;
        },
    };
}
/** The leaves as the database keeps them. */
export async function databaseLeaves(tx) {
    const size = Number(await sizeOfTree(tx));
    return {
        size,
        leaves: async function* () {
            for await (const rows of leafPages(tx))
                yield rows.map(keptLeaf);
        },
        leaf: async (index) => {
            const [row] = await leavesAfter(tx, index - 1, 1);
            return row?.index === index ? keptLeaf(row) : undefined;
        },
    };
}
/** The entries of the database, those with a place in its order, then those without; constant memory. One snapshot has to hold them all. */
export function databaseEntries(tx) {
    const names = new InstitutionNames(tx);
    const audited = async (rows) => {
        const unreviewed = rows.map((it) => ({ ...it, review: undefined, leaf: undefined }));
        const institutions = await names.of(unreviewed);
        return rows.map(({ leaf, salt, isPending }, place) => ({
            entry: accessEntry(unreviewed[place], institutions),
            leaf,
            salt,
            isWaiting: isPending,
        }));
    };
    return {
        name: 'database',
        isWhole: true,
        until: () => undefined,
        entries: async function* () {
            for await (const leaves of leafPages(tx)) {
                const found = await withEntries(tx, leaves);
                yield await audited(found.flatMap(({ index, entries }) => entries.map((it) => ({ ...it, leaf: index, isPending: false }))));
            }
            for (let rows = await entriesWithoutLeaf(tx, undefined, BATCH); rows.length > 0; rows = await entriesWithoutLeaf(tx, lastOf(rows), BATCH))
                yield await audited(rows.map((it) => ({ ...it, leaf: undefined })));
        },
    };
}
async function* leafPages(reader) {
    for (let rows = await leavesAfter(reader, -1, BATCH); rows.length > 0; rows = await leavesAfter(reader, lastOf(rows).index, BATCH))
        yield rows;
}
function keptLeaf({ index, recordedAt, entry, commitment }) {
    return { index, entry: encodeAccessId({ recordedAt, id: entry }), recordedAt: recordedAt.toISOString(), hash: leafHash(commitment) };
}
const lastOf = (rows) => rows.at(-1);
