import type { Reader } from '../../database/client.ts';
import { Failure } from '../../failure.ts';
import type { StoredEdition } from './edition.rules.ts';
import type { CatalogueItem } from './find-items.ts';
import { findEdition } from './item.queries.ts';

/** An edition in its newest revision with all its items. Throws `not-found`, naming the parameter that named it. One statement. */
export async function showEdition(
  reader: Reader,
  edition: string,
  path: string,
): Promise<{ readonly head: StoredEdition; readonly items: readonly CatalogueItem[] }> {
  const found = await findEdition(reader, edition);
  if (found) return found;
  throw new Failure('not-found', { path, en: `there is no edition "${edition}"`, zh: `没有版本“${edition}”` });
}
