import { identifiersOf, isObject, objectsOf, referenceOf } from '../fhir/element.js';
/** Keys of one human being beyond this are no duplicates of a record any more but a mistake. */
export const KEYS_OF_ONE_MAX = 100;
/**
 * Which Patient replaces this one (R4, Patient.link, type `replaced-by`; IHE ITI-104, Resolve Duplicate Patient): only an inactive Patient
 * is replaced. The issues are what makes the link unfit; paths begin at the Patient.
 */
export function readReplacement(patient) {
    if (patient['active'] !== false)
        return { survivor: undefined, issues: [] };
    const links = objectsOf(patient['link'])
        .map((link, index) => ({ link, path: `link[${index}].other` }))
        .filter(({ link }) => link['type'] === 'replaced-by');
    const survivors = links.map(({ link, path }) => ({ survivor: survivorOf(link), path }));
    const unread = survivors.filter((it) => it.survivor === undefined);
    if (unread.length > 0) {
        return {
            survivor: undefined,
            issues: unread.map(({ path }) => ({
                path,
                en: 'must lead to the Patient that stands: Patient/<id>, or an identifier with system and value',
                zh: '必须指向保留的患者：Patient/<id>，或含 system 与 value 的标识',
            })),
        };
    }
    if (new Set(survivors.map((it) => JSON.stringify(it.survivor))).size > 1) {
        return {
            survivor: undefined,
            issues: [{ path: 'link', en: 'names several Patients as the one that replaces it', zh: '指明了多个替代该患者的记录' }],
        };
    }
    return { survivor: survivors[0]?.survivor, issues: [] };
}
function survivorOf(link) {
    const reference = referenceOf(link['other']);
    if (reference !== undefined)
        return { reference };
    const other = link['other'];
    const [identifier] = isObject(other) ? identifiersOf(other) : [];
    return identifier && identifier.system !== '' ? { identifier } : undefined;
}
/** The nodes in groups: two are in one group when a way of edges leads from the one to the other. Edges to other nodes lead nowhere. */
export function groupsOf(nodes, edges) {
    const groups = new Map(nodes.map((it) => [it, new Set([it])]));
    for (const [one, other] of edges) {
        const [small, large] = [groups.get(one), groups.get(other)].toSorted((a, b) => (a?.size ?? 0) - (b?.size ?? 0));
        if (!small || !large || small === large)
            continue;
        for (const node of small) {
            large.add(node);
            groups.set(node, large);
        }
    }
    return [...new Set(groups.values())].map((it) => [...it]);
}
/** Every pair of different members of a group, in both directions, that is not among the known ones. */
export function pairsBeyond(groups, known) {
    const there = new Set(known.map(([one, other]) => `${one}/${other}`));
    return groups.flatMap((group) => group.flatMap((one) => group.flatMap((other) => (one === other || there.has(`${one}/${other}`) ? [] : [[one, other]]))));
}
/** Whether following each node to the one that replaces it comes back to where it began. */
export function leadsBack(start, replacedBy) {
    const seen = new Set();
    for (let at = replacedBy.get(start); at !== undefined && !seen.has(at); at = replacedBy.get(at)) {
        if (at === start)
            return true;
        seen.add(at);
    }
    return false;
}
