import { codeSystemOf } from './edition-code-system.rules.js';
import { VALUE_SET_NAMES, valueSetNamed, valueSetOf } from './edition-value-sets.rules.js';
import { findItems, ITEM_SYSTEM } from './find-items.js';
import { findEdition } from './item.queries.js';
/**
 * The code system of the items or one of its value sets by canonical (`url` or `url|version`): of the edition that the version names, or,
 * without one, of the edition in force at that moment. `undefined` for all other addresses, which cost no statement; else two at most.
 */
export async function catalogueDefinition(reader, type, canonical, at) {
    const [url = '', version] = canonical.split('|');
    if (type === 'CodeSystem' && url === ITEM_SYSTEM)
        return codeSystem(reader, version, at);
    const valueSet = type === 'ValueSet' ? valueSetNamed(url) : undefined;
    return valueSet && valueSetIn(reader, valueSet, version, at);
}
/** The same of the edition in force by their fixed ids, `CodeSystem/item-edition` and `ValueSet/item-laboratory`. */
export async function namedCatalogueDefinition(reader, type, id, at) {
    if (type === 'CodeSystem' && id === 'item-edition')
        return codeSystem(reader, undefined, at);
    const valueSet = type === 'ValueSet' ? VALUE_SET_NAMES.find((it) => it === id) : undefined;
    return valueSet && valueSetIn(reader, valueSet, undefined, at);
}
async function codeSystem(reader, version, at) {
    const edition = version ?? (await inForce(reader, at));
    const found = edition === undefined ? undefined : await findEdition(reader, edition);
    return found && codeSystemOf(found.head, found.items);
}
async function valueSetIn(reader, valueSet, version, at) {
    const edition = version ?? (await inForce(reader, at));
    return edition === undefined ? undefined : valueSetOf(valueSet, edition);
}
async function inForce(reader, at) {
    return (await findItems(reader, [], at)).edition ?? undefined;
}
