import type { Reader } from '../../database/client.ts';
import { Failure } from '../../failure.ts';
import { sizeOfNewestCheckpoint } from './checkpoint.queries.ts';
import { hasTile, type TilePlace } from './tile.rules.ts';

/** Throws `not-found` unless the tree under the newest checkpoint has the tile in this width. */
export async function requireTile(reader: Reader, tile: TilePlace): Promise<void> {
  if (hasTile(await sizeOfNewestCheckpoint(reader), tile)) return;
  throw new Failure('not-found', { en: 'the tree has no such tile yet', zh: '目前的树中还没有这个 tile' });
}
