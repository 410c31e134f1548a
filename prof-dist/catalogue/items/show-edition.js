import { Failure } from '../../failure.js';
import { findEdition } from './item.queries.js';
/** An edition in its newest revision with all its items. Throws `not-found`, naming the parameter that named it. One statement. */
export async function showEdition(reader, edition, path) {
    const found = await findEdition(reader, edition);
    if (found)
        return found;
    throw new Failure('not-found', { path, en: `there is no edition "${edition}"`, zh: `没有版本“${edition}”` });
}
