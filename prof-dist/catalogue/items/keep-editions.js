import { allows } from '../../security/scope.rules.js';
import { ITEM_SYSTEM } from './find-items.js';
import { loadEdition } from './load-edition.js';
import { editionOf, isEditionCodeSystem } from './read-edition.js';
/**
 * What is wrong with a CodeSystem that claims to be an edition of the catalogue; nothing for any other resource. Only the operator publishes
 * editions: the same from a hospital would stand in the directory as if it were one, and is refused.
 */
export function acceptEdition(content, path, caller) {
    if (!isEditionCodeSystem(content))
        return [];
    if (!allows(caller.scopes, 'operator')) {
        return [
            {
                path: `${path}.url`,
                kind: 'forbidden',
                en: `${ITEM_SYSTEM} is the regional list, whose editions the operator alone publishes`,
                zh: `${ITEM_SYSTEM} 为区域互认目录，其版本仅由平台运营方发布`,
            },
        ];
    }
    const read = editionOf(content);
    return 'issues' in read ? read.issues.map((it) => ({ ...it, path: it.path ? `${path}.${it.path}` : path })) : [];
}
/**
 * Loads the editions among the CodeSystems that have just been stored, in the same transaction; deleting one later takes no edition back.
 * Throws what `loadEdition` throws, and the CodeSystem is not stored either.
 */
export async function keepEditions(tx, caller, stored, now) {
    if (!allows(caller.scopes, 'operator'))
        return;
    for (const { content } of stored) {
        if (!content || !isEditionCodeSystem(content))
            continue;
        const read = editionOf(content);
        if (!('issues' in read))
            await loadEdition(tx, read.head, read.items, now);
    }
}
