import { structureOf } from '../definitions/structures.js';
import { isObject } from '../element.js';
import { listOf } from './predicate.js';
/** Each value of an element with its place and type; one that has extensions alone counts as well. */
export function valuesOf(holder, node, path) {
    const names = node.isChoice ? choicesOf(holder, node.name) : [node.name];
    return names.flatMap((name) => {
        const type = node.isChoice ? typeNamed(name.slice(node.name.length), node) : (node.types[0]?.code ?? '');
        const value = holder[name] ?? holder[`_${name}`];
        if (value === undefined)
            return [];
        if (!Array.isArray(value))
            return [{ value, type: typeOf(value, type), path: `${path}.${name}` }];
        return listOf(value).map((it, index) => ({ value: it, type: typeOf(it, type), path: `${path}.${name}[${index}]` }));
    });
}
function typeOf(value, type) {
    return isObject(value) && typeof value['resourceType'] === 'string' ? value['resourceType'] : type;
}
function choicesOf(holder, prefix) {
    const names = Object.keys(holder).flatMap((key) => {
        const name = key.startsWith('_') ? key.slice(1) : key;
        return name.startsWith(prefix) && /^[A-Z]/.test(name.slice(prefix.length)) ? [name] : [];
    });
    return [...new Set(names)];
}
/** `Quantity` or `dateTime`: data types begin with a capital letter, plain ones do not. */
function typeNamed(suffix, node) {
    const plain = `${suffix.charAt(0).toLowerCase()}${suffix.slice(1)}`;
    return node.types.find((it) => it.code === plain)?.code ?? (structureOf(suffix) ? suffix : plain);
}
