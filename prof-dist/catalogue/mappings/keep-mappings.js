import { encodeId } from '../../resources/resource-id.js';
import { isItemMap, readConceptMap } from './concept-map.rules.js';
import { findRevision } from './mapping.queries.js';
import { faultsOfMappings } from './mapping.rules.js';
import { replaceMappings } from './replace-mappings.js';
/**
 * What is wrong with the ConceptMaps among these that become mappings (`isItemMap`), but for their items, which only the edition in force knows; and
 * that there are several, since each replaces all mappings of the institution.
 */
export function acceptMappings(resources) {
    const maps = resources.filter((it) => isItemMap(it.content));
    return maps.flatMap(({ path, content }, index) => {
        const { sent, faults } = readConceptMap(content, path);
        return [...(index > 0 ? [second(path)] : []), ...faults, ...faultsOfMappings(sent)];
    });
}
/**
 * Lets the caller's mappings follow its ConceptMaps that lead to the items, in the same transaction: one that was just stored replaces all of
 * them; when the one they came from is deleted, no longer active or leads elsewhere, there are none. Any other resource costs nothing.
 *
 * Throws `rule-violated` for items that the edition in force does not have.
 */
export async function keepMappings(tx, caller, stored, now) {
    const maps = stored.filter((it) => it.type === 'ConceptMap');
    if (maps.length === 0)
        return;
    const map = maps.find((it) => it.content !== null && isItemMap(it.content));
    if (map?.content) {
        const { sent } = readConceptMap(map.content, 'ConceptMap');
        await replaceMappings(tx, caller.institution, sent, encodeId(map), now);
        return;
    }
    const former = await findRevision(tx, caller.institution);
    if (former && maps.some((it) => encodeId(it) === former.source))
        await replaceMappings(tx, caller.institution, [], null, now);
}
function second(path) {
    return {
        path,
        en: 'is the second map to the items in one request; each would replace all mappings of the institution',
        zh: '同一请求中存在多个指向互认项目的 ConceptMap；每个都会替换本机构的全部对照关系',
    };
}
