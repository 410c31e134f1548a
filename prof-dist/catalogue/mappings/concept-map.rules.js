import { objectsOf } from '../../fhir/element.js';
import { ITEM_SYSTEM } from '../items/find-items.js';
/** An institution's mappings as a ConceptMap of R4, by system and code; read back by `readConceptMap` they are the same. */
export function conceptMapOf({ uscc, name, revision }, mappings) {
    const systems = new Map();
    for (const mapping of mappings) {
        const codes = systems.get(mapping.system) ?? new Map();
        codes.set(mapping.code, [...(codes.get(mapping.code) ?? []), mapping]);
        systems.set(mapping.system, codes);
    }
    const group = [...systems].map(([source, codes]) => ({
        source,
        target: ITEM_SYSTEM,
        element: [...codes].map(([code, rows]) => elementOf(code, rows)),
    }));
    return {
        resourceType: 'ConceptMap',
        id: `mappings-${uscc}`,
        url: `https://tongjian.example/fhir/ConceptMap/mappings-${uscc}`,
        version: String(revision),
        name: `Mappings${uscc}`,
        title: `${name}：院内代码与互认项目对照`,
        status: 'active',
        ...(group.length === 0 ? {} : { group }),
    };
}
function elementOf(code, rows) {
    const display = rows[0]?.display ?? null;
    return {
        code,
        ...(display === null ? {} : { display }),
        target: rows.map(({ item, equivalence, comment }) => ({
            ...(item === null ? {} : { code: item }),
            equivalence,
            ...(comment === null ? {} : { comment }),
        })),
    };
}
/** Whether a resource is a ConceptMap in force that leads to the items and nowhere else. */
export function isItemMap(content) {
    if (content['resourceType'] !== 'ConceptMap' || content['status'] !== 'active')
        return false;
    const groups = objectsOf(content['group']);
    return groups.length > 0 && groups.every((it) => it['target'] === ITEM_SYSTEM);
}
/** Reads a ConceptMap that is one of R4. `path` is where it stands. An element without a target is `unmatched`. */
export function readConceptMap(content, path) {
    const groups = objectsOf(content['group']).map((group, index) => ({ group, at: `${path}.group[${index}]` }));
    return {
        sent: groups.flatMap(({ group, at }) => objectsOf(group['element']).flatMap((element, index) => sentOf(text(group['source']), element, `${at}.element[${index}]`, at))),
        faults: [...unkept(content, path, ['modifierExtension']), ...groups.flatMap(({ group, at }) => faultsOfGroup(group, at))],
    };
}
function faultsOfGroup(group, at) {
    const target = group['target'];
    return [
        ...(target === ITEM_SYSTEM
            ? []
            : [
                {
                    path: `${at}.target`,
                    en: `is not ${ITEM_SYSTEM}; mappings lead to items alone`,
                    zh: `应为 ${ITEM_SYSTEM}；对照关系只能指向互认项目`,
                },
            ]),
        ...unkept(group, at, ['unmapped', 'modifierExtension']),
        ...objectsOf(group['element']).flatMap((element, index) => [
            ...unkept(element, `${at}.element[${index}]`, ['modifierExtension']),
            ...objectsOf(element['target']).flatMap((it, number) => unkept(it, `${at}.element[${index}].target[${number}]`, ['dependsOn', 'product', 'modifierExtension'])),
        ]),
    ];
}
function unkept(content, path, names) {
    return names
        .filter((it) => content[it] !== undefined)
        .map((it) => ({
        path: `${path}.${it}`,
        en: 'is not understood here: a mapping is a code, an item and their equivalence',
        zh: '此处不支持；对照关系仅由代码、项目及对应关系组成',
    }));
}
function sentOf(system, element, at, group) {
    const targets = objectsOf(element['target']);
    return (targets.length === 0 ? [{ equivalence: 'unmatched' }] : targets).map((target, index) => {
        const places = {
            system: `${group}.source`,
            code: `${at}.code`,
            display: `${at}.display`,
            item: `${at}.target[${index}].code`,
            equivalence: `${at}.target[${index}].equivalence`,
            comment: `${at}.target[${index}].comment`,
        };
        return {
            system,
            code: text(element['code']),
            display: text(element['display']),
            item: text(target['code']),
            equivalence: text(target['equivalence']),
            comment: text(target['comment']),
            place: (column) => places[column],
        };
    });
}
function text(value) {
    return typeof value === 'string' ? value.trim() : '';
}
