import { Failure } from '../../failure.js';
import { isObject } from '../element.js';
import { listOf, partsOf } from './predicate.js';
const trees = new WeakMap();
/**
 * The elements of a StructureDefinition as a tree; read once for each. Throws `rule-violated` for one without a snapshot: what a
 * differential leaves out stands in other definitions, and a publisher has put them together.
 */
export function treeOf(profile) {
    const known = trees.get(profile);
    if (known)
        return known;
    const tree = build(profile);
    trees.set(profile, tree);
    return tree;
}
function build(profile) {
    const elements = partsOf(isObject(profile['snapshot']) ? profile['snapshot']['element'] : undefined);
    const url = String(profile['url'] ?? profile['name'] ?? '');
    const nodes = new Map();
    const referring = [];
    let root;
    for (const element of elements) {
        const id = idOf(element);
        const node = nodeOf(element, id);
        nodes.set(id, node);
        if (typeof element['contentReference'] === 'string')
            referring.push([node, element['contentReference'].replace(/^.*#/, '')]);
        if (!root) {
            root = node;
            continue;
        }
        const at = id.lastIndexOf('.');
        const slice = id.slice(at + 1).indexOf(':');
        if (slice >= 0)
            nodes.get(id.slice(0, at + 1 + slice))?.slices.push(node);
        else
            nodes.get(id.slice(0, at))?.children.set(node.name, node);
    }
    if (!root) {
        throw new Failure('rule-violated', {
            kind: 'not-supported',
            en: `the profile ${url} has no snapshot; load the package as its publisher built it`,
            zh: `专规 ${url} 没有 snapshot，请加载发布者生成的完整包`,
        });
    }
    for (const [node, target] of referring) {
        for (const [name, child] of nodes.get(target)?.children ?? [])
            node.children.set(name, child);
    }
    return root;
}
/** `Organization.identifier:uscc.type`; made of the path and the name of the slice where a publisher left it out. */
function idOf(element) {
    if (typeof element['id'] === 'string')
        return element['id'];
    const slice = element['sliceName'];
    return typeof slice === 'string' ? `${String(element['path'])}:${slice}` : String(element['path']);
}
function nodeOf(element, id) {
    const step = String(element['path']).replace(/^.*\./, '');
    const base = isObject(element['base']) ? element['base'] : {};
    const binding = isObject(element['binding']) ? element['binding'] : {};
    const slicing = isObject(element['slicing']) ? element['slicing'] : undefined;
    const slice = id.slice(id.lastIndexOf('.') + 1).split(':')[1];
    return {
        name: step.replace(/\[x\]$/, ''),
        isChoice: step.endsWith('[x]'),
        min: numberOf(element['min'], 0),
        max: maxOf(element['max']),
        base: { min: numberOf(base['min'], 0), max: maxOf(base['max']) },
        types: partsOf(element['type']).map((it) => ({
            code: codeOf(it),
            profiles: listOf(it['profile']).map(String),
            targets: listOf(it['targetProfile']).map(String),
        })),
        fixed: valueOf(element, 'fixed'),
        pattern: valueOf(element, 'pattern'),
        required: binding['strength'] === 'required' && typeof binding['valueSet'] === 'string' ? binding['valueSet'] : undefined,
        maxLength: typeof element['maxLength'] === 'number' ? element['maxLength'] : undefined,
        constraints: partsOf(element['constraint']).map((it) => ({
            key: String(it['key']),
            severity: it['severity'] === 'warning' ? 'warning' : 'error',
            human: String(it['human']),
            expression: String(it['expression'] ?? ''),
            source: String(it['source'] ?? ''),
        })),
        slicing: slicing && {
            discriminators: partsOf(slicing['discriminator']).map((it) => ({ type: String(it['type']), path: String(it['path']) })),
            isClosed: slicing['rules'] === 'closed',
        },
        slices: [],
        children: new Map(),
        sliceName: slice,
    };
}
function codeOf(type) {
    const code = String(type['code']);
    return code.startsWith('http://hl7.org/fhirpath/') ? 'string' : code;
}
/** The value of `fixed[x]` or `pattern[x]`. */
function valueOf(element, prefix) {
    for (const key in element)
        if (key.startsWith(prefix) && /^[A-Z]/.test(key.slice(prefix.length)))
            return element[key];
    return undefined;
}
function numberOf(value, otherwise) {
    return typeof value === 'number' ? value : otherwise;
}
function maxOf(value) {
    return value === '*' || value === undefined ? Number.POSITIVE_INFINITY : Number(value);
}
