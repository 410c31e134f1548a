import { Failure } from '../../failure.js';
import { sizeOfNewestCheckpoint } from './checkpoint.queries.js';
import { hasTile } from './tile.rules.js';
/** Throws `not-found` unless the tree under the newest checkpoint has the tile in this width. */
export async function requireTile(reader, tile) {
    if (hasTile(await sizeOfNewestCheckpoint(reader), tile))
        return;
    throw new Failure('not-found', { en: 'the tree has no such tile yet', zh: '目前的树中还没有这个 tile' });
}
