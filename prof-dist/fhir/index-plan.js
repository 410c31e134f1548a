import { onLoading, searchParametersOf } from './definitions/search-parameters.js';
import { pathNumber } from './search-hash.js';
import { clinicalTimeOf, exactOf, groupNumber, identifierOf, ofTypeOf, partsInside, stepsOf, typeOf, } from './search-paths.js';
const plans = new Map();
onLoading(() => plans.clear());
/** What of a resource of the type goes into the index, arranged as the resource is, so that it is walked through once. */
export function indexPlanOf(type) {
    const known = plans.get(type);
    if (known)
        return known;
    const plan = makePlan(type);
    plans.set(type, plan);
    return plan;
}
/** Kept by the row itself and not by its index. */
const OF_THE_ROW = new Set(['_id', '_lastUpdated']);
function makePlan(type) {
    const root = emptyNode();
    const parameters = searchParametersOf(type).filter((it) => !OF_THE_ROW.has(it.name));
    const restricted = new Set(parameters.flatMap((it) => it.paths.filter((one) => one.target !== undefined).map((one) => one.path)));
    const clinical = clinicalTimeOf(type);
    const clinicalPaths = new Set(parameters.filter((it) => it.name === clinical).flatMap((it) => it.paths.map((one) => one.path)));
    for (const parameter of parameters) {
        for (const { path, type: dataType } of parameter.paths) {
            const { uses } = nodeAt(root, stepsOf(path));
            const kind = useOf(parameter.type, clinicalPaths.has(path));
            if (uses.some((it) => it.kind === kind))
                continue;
            uses.push({
                kind,
                type: dataType,
                number: pathNumber(path),
                identifier: identifierOf(path),
                target: restricted.has(path) ? typeOf(path) : undefined,
                exact: exactOf(path),
                ofType: ofTypeOf(path),
            });
        }
        for (const group of parameter.groups) {
            if (group.path === '')
                continue;
            const [first, second] = partsInside(group);
            if (!first || !second)
                throw new Error(`the parts of ${parameter.url} are not within its element`);
            const { groups } = nodeAt(root, stepsOf(group.path));
            const number = groupNumber(group);
            if (groups.some((it) => it.number === number))
                continue;
            const partOf = (it) => ({
                steps: stepsOf(it.path.slice(group.path.length + 1)),
                type: it.type,
            });
            groups.push({
                number,
                first: first.paths.map(partOf),
                second: second.paths.map(partOf),
                kind: second.type,
                isPair: first.type === 'number',
            });
        }
    }
    return root;
}
function useOf(type, isClinical) {
    switch (type) {
        case 'number':
        case 'quantity':
            return 'range';
        case 'date':
            return isClinical ? 'clinical' : 'date';
        case 'composite':
        case 'special':
            throw new Error(`a ${type} parameter has no elements of its own`);
        default:
            return type;
    }
}
function nodeAt(root, steps) {
    return steps.reduce((node, { member, where }) => {
        const next = node.members.get(member) ?? emptyNode();
        node.members.set(member, next);
        if (!where)
            return next;
        const found = next.where.find((it) => it.member === where.member && it.value === where.value);
        if (found)
            return found.node;
        const inner = emptyNode();
        next.where.push({ ...where, node: inner });
        return inner;
    }, root);
}
function emptyNode() {
    return { uses: [], groups: [], members: new Map(), where: [] };
}
