import { elementsOf } from '../definitions/structures.js';
import { copyOf, isTreeObject, sizeOf } from './exact-tree.js';
import { memberAt, objectsAt, placesOf } from './fhirpath-place.js';
import { cannotApply } from './patch-failure.js';
/** Every operation looks at the whole resource; so many objects, lists and values may be looked at altogether. */
const LOOKS_MAX = 2_000_000;
/**
 * Applies the operations of a FHIRPath Patch in their order (https://hl7.org/fhir/R4/fhirpatch.html). Throws `rule-violated` at the first that
 * cannot be applied: a path that leads nowhere or to several elements, an element that is there already, an index beyond the list. To delete
 * what is not there is no error.
 */
export function applyFhirPathPatch(tree, operations, path) {
    if (!isTreeObject(tree))
        throw new Error('a resource is an object');
    if (sizeOf(tree) * operations.length > LOOKS_MAX) {
        throw cannotApply(path, 'there are too many operations for a resource of this size', '对于如此大的资源，补丁操作过多');
    }
    operations.forEach((operation, index) => apply(tree, operation, `${path}.parameter[${index}]`));
    return tree;
}
function apply(root, operation, path) {
    switch (operation.type) {
        case 'add':
            return add(root, operation.path, operation.name, operation.value, path);
        case 'insert': {
            const list = listAt(root, operation.path, path, true);
            requireIndex(operation.index, list.values.length, path);
            list.values.splice(operation.index, 0, treeOf(operation.value, list.element, path));
            return;
        }
        case 'replace': {
            const place = onlyPlace(placesOf(root, operation.path, path), operation.path, path);
            const element = elementAt(root, place);
            replace(root, place, element, operation.value, path);
            return;
        }
        case 'delete': {
            const places = placesOf(root, operation.path, path);
            if (places.length > 0)
                remove(onlyPlace(places, operation.path, path));
            return;
        }
        case 'move': {
            const { values } = listAt(root, operation.path, path, false);
            requireIndex(operation.source, values.length - 1, path);
            requireIndex(operation.destination, values.length - 1, path);
            const [moved] = values.splice(operation.source, 1);
            values.splice(operation.destination, 0, moved);
        }
    }
}
function add(root, expression, name, value, path) {
    const holders = objectsAt(root, expression, path);
    if (holders.length !== 1)
        throw notOne(expression, holders.length, path);
    const holder = holders[0];
    const elements = elementsOf(typeOf(root, holder));
    const member = elements.has(name) || value.kind !== 'typed' ? name : `${name}${value.suffix}`;
    const element = elements.get(member);
    if (!element)
        throw cannotApply(path, `there is no element "${name}"`, `没有元素“${name}”`);
    const others = element.choice ? [...elements].filter(([, it]) => it.choice === element.choice).map(([it]) => it) : [member];
    const tree = treeOf(value, element, path);
    if (element.max !== 1) {
        const list = holder[member];
        if (Array.isArray(list))
            list.push(tree);
        else
            holder[member] = [tree];
        return;
    }
    if (others.some((it) => Object.hasOwn(holder, it)))
        throw cannotApply(path, `"${name}" is there already`, `“${name}”已存在`);
    holder[member] = tree;
}
function replace(root, place, element, value, path) {
    const { holder, at } = place;
    const tree = treeOf(value, element, path);
    if (Array.isArray(holder)) {
        holder[at] = tree;
        return;
    }
    // A choice may get a value of another type, which stands under another name, at the same place.
    const stem = element?.choice?.replace('[x]', '');
    const name = stem !== undefined && value.kind === 'typed' ? `${stem}${value.suffix}` : String(at);
    if (name !== at && !elementsOf(typeOf(root, holder)).has(name)) {
        throw cannotApply(path, `"${stem ?? at}" cannot be a ${value.kind === 'typed' ? value.suffix : 'structure'}`, `“${stem ?? at}”不能是该类型`);
    }
    const members = Object.entries(holder).map(([it, old]) => (it === at ? [name, tree] : [it, old]));
    for (const it of Object.keys(holder))
        delete holder[it];
    Object.assign(holder, Object.fromEntries(members));
}
function remove({ holder, at }) {
    if (Array.isArray(holder))
        holder.splice(at, 1);
    else {
        delete holder[at];
        // Extensions of a plain value go with it.
        delete holder[`_${at}`];
    }
}
/** The list that an expression names. */
function listAt(root, expression, path, mayBeNew) {
    const { holder, name } = memberAt(root, expression, path);
    const element = elementsOf(typeOf(root, holder)).get(name);
    const list = holder[name];
    if (Array.isArray(list))
        return { values: list, element };
    if (list !== undefined || !mayBeNew || !element || element.max === 1) {
        throw cannotApply(path, `"${expression}" is no list`, `“${expression}”不是列表`);
    }
    const values = [];
    holder[name] = values;
    return { values, element };
}
function requireIndex(index, max, path) {
    if (index <= max)
        return;
    throw cannotApply(path, `the index ${index} is beyond the list`, `索引 ${index} 超出列表范围`);
}
function onlyPlace(places, expression, path) {
    if (places.length !== 1)
        throw notOne(expression, places.length, path);
    return places[0];
}
function notOne(expression, count, path) {
    return cannotApply(path, `"${expression}" leads to ${count} elements; it must lead to one`, `“${expression}”指向 ${count} 个元素，必须恰好一个`);
}
/** A value as JSON; of an element without a type of its own, made of its parts. */
function treeOf(value, element, path) {
    if (value.kind === 'typed')
        return copyOf(value.value);
    const elements = elementsOf(element?.types[0] ?? '');
    const made = {};
    for (const part of value.parts) {
        const name = elements.has(part.name) || part.value.kind !== 'typed' ? part.name : `${part.name}${part.value.suffix}`;
        const member = elements.get(name);
        if (!member)
            throw cannotApply(path, `there is no element "${part.name}"`, `没有元素“${part.name}”`);
        const tree = treeOf(part.value, member, path);
        const list = made[name];
        if (Array.isArray(list))
            list.push(tree);
        else if (member.max !== 1)
            made[name] = [tree];
        else if (list === undefined)
            made[name] = tree;
        else
            throw cannotApply(path, `"${part.name}" may be there once`, `“${part.name}”只能出现一次`);
    }
    return made;
}
/** The type of an object of the resource: a resource type, a data type, or the path of a nested part. */
function typeOf(root, holder) {
    return findType(root, String(root['resourceType']), holder) ?? '';
}
function findType(tree, type, wanted) {
    if (tree === wanted)
        return type;
    const elements = elementsOf(type);
    for (const [name, value] of Object.entries(tree)) {
        const element = elements.get(name);
        if (!element)
            continue;
        for (const it of Array.isArray(value) ? value : [value]) {
            if (!isTreeObject(it))
                continue;
            const own = it['resourceType'];
            const found = findType(it, typeof own === 'string' ? own : (element.types[0] ?? ''), wanted);
            if (found !== undefined)
                return found;
        }
    }
    return undefined;
}
function elementAt(root, place) {
    const holder = Array.isArray(place.holder) ? holderOfList(root, place.holder) : { holder: place.holder, name: String(place.at) };
    return holder && elementsOf(typeOf(root, holder.holder)).get(holder.name);
}
function holderOfList(tree, list) {
    for (const [name, value] of Object.entries(tree)) {
        if (value === list)
            return { holder: tree, name };
        for (const it of Array.isArray(value) ? value : [value]) {
            const found = isTreeObject(it) ? holderOfList(it, list) : undefined;
            if (found)
                return found;
        }
    }
    return undefined;
}
