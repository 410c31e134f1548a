import { findCommitments } from './tile.queries.js';
import { HASH_BYTES, TILE_WIDTH } from './tile.rules.js';
/** The commitments of the leaves under a tile of level 0, each with its length in two bytes before it (C2SP tlog-tiles, entry bundles). */
export async function readBundle(reader, { index, width }) {
    const from = index * TILE_WIDTH;
    const [commitments = []] = await findCommitments(reader, [{ from, until: from + width }]);
    if (commitments.length !== width)
        throw new Error(`Of ${width} leaves from ${from} on there are ${commitments.length} stored.`);
    return Buffer.concat(commitments.flatMap((it) => [Buffer.of(0, HASH_BYTES), it]));
}
