import { Failure } from '../failure.js';
import { findReferring } from './referring.queries.js';
import { encodeId } from './resource-id.js';
/** So many of those that refer to a deleted resource are named. */
const NAMED_MAX = 5;
/**
 * Throws `conflict` where something that still stands refers to a resource just deleted, as far as it is in the same compartment: of the same
 * person, or, for what is about nobody, of the institution's own directory. What refers to one version of it stays right, since versions can be
 * read for ever. To be asked once everything is written, so that what the same request deletes or changes counts as it is then.
 */
export async function refuseReferred(tx, doomed) {
    const deleted = doomed.flatMap(({ row }) => (row && !row.deleted ? row : []));
    if (deleted.length === 0)
        return;
    const referring = await findReferring(tx, deleted, NAMED_MAX + 1);
    const issues = doomed.flatMap(({ row, removal }) => {
        const names = referring
            .filter((it) => row && it.person === row.person && it.target === row.id)
            .map((it) => `${it.type}/${encodeId(it)}`);
        if (names.length === 0)
            return [];
        const named = names.slice(0, NAMED_MAX).join(', ');
        return [
            names.length > NAMED_MAX
                ? { path: removal.path, en: `is referred to by ${named} and others`, zh: `仍被 ${named} 等资源引用` }
                : { path: removal.path, en: `is referred to by ${named}`, zh: `仍被 ${named} 引用` },
        ];
    });
    if (issues.length > 0)
        throw new Failure('conflict', issues);
}
