import { findItems, ITEM_SYSTEM, LOINC_SYSTEM } from './find-items.js';
/** Canonical address of the map from the items of the catalogue to LOINC. */
const ITEM_TO_LOINC = 'https://tongjian.example/fhir/ConceptMap/item-loinc';
/**
 * The catalogue's items in LOINC, as the edition in force at that moment has them; nothing while none is in force. A result that is coded
 * in the LOINC code counts as a result of the item. One statement.
 */
export async function catalogueConceptMaps(reader, at) {
    const { edition, items } = await findItems(reader, null, at);
    if (edition === null)
        return [];
    const mapped = [...items.values()].filter((it) => it.loinc !== null).sort((a, b) => (a.code < b.code ? -1 : 1));
    return [
        {
            resourceType: 'ConceptMap',
            id: 'item-loinc',
            url: ITEM_TO_LOINC,
            version: edition,
            name: 'ItemToLoinc',
            title: '互认项目与 LOINC 对照',
            status: 'active',
            group: [
                {
                    source: ITEM_SYSTEM,
                    sourceVersion: edition,
                    target: LOINC_SYSTEM,
                    element: mapped.map(({ code, nameZh, nameEn, loinc }) => ({
                        code,
                        display: nameZh,
                        target: [{ code: loinc, display: nameEn, equivalence: 'equivalent' }],
                    })),
                },
            ],
        },
    ];
}
