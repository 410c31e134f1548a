import { structureOf } from '../definitions/structures.js';
import { primitiveCheck } from './primitive.js';
const plans = new Map();
/** The plan of a resource type, data type or nested part; `undefined` where R4 has none. Made once. */
export function planOf(type) {
    const known = plans.get(type);
    if (known || plans.has(type))
        return known;
    const plan = build(type);
    plans.set(type, plan);
    return plan;
}
/** Kept by the walk itself. */
const OF_ALL = /^(ele-1|dom-\d)$/;
function build(type) {
    const structure = structureOf(type);
    if (!structure)
        return undefined;
    const members = new Map();
    const choices = [];
    const demands = new Map();
    for (const [name, element] of structure.elements) {
        const [code = ''] = element.types;
        let choice = -1;
        if (element.choice) {
            if (!choices.includes(element.choice))
                choices.push(element.choice);
            choice = choices.indexOf(element.choice);
        }
        const isPrimitive = structureOf(code)?.kind === 'primitive-type';
        const binding = isPrimitive ? element.binding?.codes : undefined;
        const member = {
            name,
            element,
            isArray: element.max === '*',
            kind: isPrimitive ? 'primitive' : code === 'Resource' || structureOf(code)?.kind === 'resource' ? 'resource' : 'object',
            check: isPrimitive ? primitiveCheck(code) : undefined,
            codes: binding && new Set([...binding.values()].flatMap((it) => [...it])),
            choice,
            isLink: code === 'uri' || code === 'url' || code === 'canonical',
            type: code,
        };
        members.set(name, member);
        if (isPrimitive && !element.isBare && code !== 'xhtml')
            members.set(`_${name}`, { ...member, kind: 'extra', type: 'Element' });
        if (element.min > 0) {
            const wanted = element.choice ?? name;
            const names = demands.get(wanted) ?? [];
            demands.set(wanted, names);
            names.push(name);
            if (isPrimitive && !element.isBare)
                names.push(`_${name}`);
        }
    }
    return {
        type,
        isResource: structure.kind === 'resource',
        members,
        demands: [...demands].map(([name, names]) => ({ name, names })),
        choices,
        constraints: structure.constraints.filter((it) => !OF_ALL.test(it.key)),
    };
}
/** Whether a type is a resource of R4 that can stand by itself. */
export function isResourceType(type) {
    return typeof type === 'string' && type !== 'Resource' && type !== 'DomainResource' && structureOf(type)?.kind === 'resource';
}
