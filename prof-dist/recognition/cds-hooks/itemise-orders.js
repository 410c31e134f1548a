import { codesOfItem, ITEM_SYSTEM, LOINC_SYSTEM, recallItems } from '../../catalogue/items/find-items.js';
import { recallLocalCodes } from '../../catalogue/mappings/find-mappings.js';
import { readReferences } from '../../database/reference-memory.js';
/** Items that one check answers; those of further orders wait until these are answered. */
const ITEMS_MAX = 100;
/**
 * The items of the list that draft orders are for: by item code, by LOINC, by the institution's own codes as they are mapped; a panel stands
 * for its members. An order with nothing of the list is left out, and so is one whose own code is mapped to anything that the list no longer has:
 * what cannot be recognised has to be examined.
 *
 * One statement, whatever the number of orders, and two more for what is not remembered; none without orders.
 */
export async function itemiseOrders(reader, institution, orders, now) {
    if (orders.length === 0)
        return [];
    const references = await readReferences(reader);
    const { items, members } = await recallItems(references, reader, null, now);
    const meanings = new Map();
    for (const item of items.values()) {
        for (const code of codesOfItem(item))
            meanings.set(code, [...(meanings.get(code) ?? []), item.code]);
    }
    const local = new Set(orders.flatMap((it) => it.codes.filter(isLocal).map(textOfCode)));
    if (local.size > 0) {
        for (const it of await recallLocalCodes(references, reader, institution, [...local]))
            meanings.set(it.asked, [...it.items]);
    }
    const seen = new Set();
    return orders.flatMap(({ reference, codes }) => {
        const meant = codes.flatMap((it) => meanings.get(textOfCode(it)) ?? []);
        const ordered = [...new Set(meant.flatMap((it) => members.get(it) ?? [it]))];
        if (ordered.length === 0 || !ordered.every((it) => items.has(it)))
            return [];
        for (const it of ordered)
            seen.add(it);
        return seen.size > ITEMS_MAX ? [] : [{ reference, items: ordered }];
    });
}
function isLocal({ system }) {
    return system !== ITEM_SYSTEM && system !== LOINC_SYSTEM;
}
/** As mappings are asked for: `system|code`, or the code alone where it has no system. */
function textOfCode({ system, code }) {
    return system === '' ? code : `${system}|${code}`;
}
