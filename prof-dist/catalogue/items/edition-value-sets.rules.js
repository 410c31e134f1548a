import { ITEM_SYSTEM } from './find-items.js';
const VALUE_SETS_URL = 'https://tongjian.example/fhir/ValueSet/';
/** The value sets that every edition has. */
export const VALUE_SET_NAMES = ['item-all', 'item-laboratory', 'item-imaging', 'item-ecg', 'item-pathology', 'item-negative'];
/** Canonical address of the value set of all items. */
export const ALL_ITEMS = `${VALUE_SETS_URL}item-all`;
const SETS = {
    'item-all': { name: 'AllItems', title: '互认项目' },
    'item-laboratory': { name: 'LaboratoryItems', title: '互认项目：检验', filter: { property: 'kind', op: '=', value: 'laboratory' } },
    'item-imaging': { name: 'ImagingItems', title: '互认项目：影像检查', filter: { property: 'kind', op: '=', value: 'imaging' } },
    'item-ecg': { name: 'EcgItems', title: '互认项目：心电', filter: { property: 'kind', op: '=', value: 'ecg' } },
    'item-pathology': { name: 'PathologyItems', title: '互认项目：病理', filter: { property: 'kind', op: '=', value: 'pathology' } },
    'item-negative': { name: 'NegativeList', title: '互认负面清单', filter: { property: 'negative_zh', op: 'exists', value: 'true' } },
};
/**
 * A value set of an edition, by rule: whatever the edition has of a kind, or on its negative list. Nothing is listed, so that a value set
 * without codes is one all the same (an include that lists none would mean all of them).
 */
export function valueSetOf(set, edition) {
    const { name, title, filter } = SETS[set];
    return {
        resourceType: 'ValueSet',
        id: set,
        language: 'zh-CN',
        url: `${VALUE_SETS_URL}${set}`,
        version: edition,
        name,
        title,
        status: 'active',
        experimental: false,
        compose: { include: [{ system: ITEM_SYSTEM, version: edition, ...(filter ? { filter: [filter] } : {}) }] },
    };
}
/** The name of a value set by its canonical address without a version; `undefined` for any other. */
export function valueSetNamed(url) {
    return VALUE_SET_NAMES.find((it) => url === `${VALUE_SETS_URL}${it}`);
}
/** The same with its codes in the order given, as they are at that moment. */
export function valueSetWithCodes(set, edition, items, at) {
    const members = items.filter((it) => isMember(set, it));
    const contains = members.map(({ code, nameZh, nameEn }) => ({
        system: ITEM_SYSTEM,
        version: edition,
        code,
        display: nameZh,
        designation: [{ language: 'en', value: nameEn }],
    }));
    return {
        ...valueSetOf(set, edition),
        expansion: { timestamp: at.toISOString(), total: members.length, ...(contains.length > 0 ? { contains } : {}) },
    };
}
function isMember(set, { kind, negative }) {
    if (set === 'item-all')
        return true;
    return set === 'item-negative' ? negative !== null : set === `item-${kind}`;
}
