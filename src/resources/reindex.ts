import type { Database } from '../database/client.ts';
import type { Json } from '../fhir/exact-json.ts';
import { indexResource } from '../fhir/index-resource.ts';
import { findingKeys } from './finding-keys.ts';
import { countIndexed, type Indexed, selectIndexed, updateIndex } from './reindex.queries.ts';
import type { ResourceKey } from './resource-id.ts';

/** How far a renewal of the index has come. */
export interface ReindexProgress {
  readonly done: number;
  /** The last row that was looked at; a renewal that was interrupted goes on after it. */
  readonly last: ResourceKey;
}

/** Rows of one statement, and characters of text held at a time, but for a single resource. */
const BATCH_ROWS = 500;
const BATCH_BYTES = 16 * 1024 * 1024;

/**
 * Makes the index rows of stored resources anew from their texts, in the order of their keys, and says after every batch how far it has come.
 *
 * Safe while gateways run: a row that gets a new version meanwhile has been indexed with it and is left alone.
 */
export async function* reindex(
  db: Database,
  type: string | undefined,
  after: ResourceKey | undefined,
): AsyncGenerator<ReindexProgress, void, void> {
  let place: ResourceKey = after ?? { person: -1n, id: -1n };
  let done = 0;
  for (;;) {
    const rows = await selectIndexed(db, type, place, BATCH_ROWS, BATCH_BYTES);
    const last = rows.at(-1);
    if (!last) return;
    await updateIndex(
      db,
      rows.flatMap((it) => (it.content === null ? [] : indexed(it, it.content))),
    );
    done += rows.length;
    place = last;
    yield { done, last };
  }
}

function indexed({ person, id, type, version }: Indexed, content: string): Parameters<typeof updateIndex>[1] {
  const resource = JSON.parse(content) as Json;
  const { tokens, ranges, texts, time, status } = indexResource(resource);
  return [{ person, id, version, tokens, ranges, texts, status, from: time.from, until: time.until, keys: findingKeys(type, resource) }];
}

/** How many resources a renewal has to look at. */
export function resourcesToIndex(db: Database, type: string | undefined): Promise<number> {
  return countIndexed(db, type);
}
