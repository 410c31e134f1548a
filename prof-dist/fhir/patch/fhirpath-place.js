import { evalFhirPath } from '@medplum/core';
import { isLosslessNumber } from 'lossless-json';
import { isTreeObject } from './exact-tree.js';
import { cannotApply, malformedPatch } from './patch-failure.js';
const LENGTH_MAX = 500;
/** What may narrow an expression down; anything else could cost more than a patch is worth. */
const FUNCTIONS = new Set([
    'where',
    'first',
    'last',
    'ofType',
    'as',
    'extension',
    'exists',
    'not',
    'empty',
    'startsWith',
    'endsWith',
    'contains',
]);
/** What paths are written in beside quoted texts. Comments, other quotes and unions are not: names could hide in them. */
const WRITTEN = /^[\w\s.,()[\]='<>!~$%@:+-]*$/;
/** Throws `malformed` for an expression that is too long, or that says or calls what a patch has no need of. */
export function readPatchPath(expression, place) {
    if (expression.length > LENGTH_MAX) {
        throw malformedPatch(place, `the path is longer than ${LENGTH_MAX} characters`, `路径超过 ${LENGTH_MAX} 个字符`);
    }
    const bare = expression.replaceAll(/'(?:[^'\\]|\\.)*'/g, "''");
    if (!WRITTEN.test(bare))
        throw malformedPatch(place, 'the path holds a sign that paths of a patch do not', '路径含有补丁路径不支持的字符');
    const call = [...bare.matchAll(/([A-Za-z]+)\s*\(/g)].map((it) => it[1]).find((it) => !FUNCTIONS.has(it));
    if (call !== undefined)
        throw malformedPatch(place, `${call}() is not taken in a path of a patch`, `补丁路径不支持 ${call}()`);
    return expression;
}
/**
 * Where in the tree the elements stand that an expression leads to. Elements with members are found by evaluating it; plain values, which are
 * no places by themselves, by evaluating what stands before its last step.
 */
export function placesOf(root, expression, path) {
    const found = evaluate(root, expression, path);
    if (found.length > 0 && found.every((it) => it.place !== undefined))
        return found.map((it) => it.place);
    const { parent, last } = splitLast(expression);
    if (last === undefined)
        return [];
    const index = /^(?:(.+))\[(\d+)\]$/s.exec(last);
    if (index)
        return at(placesOf(root, join(parent, index[1]), path), Number(index[2]));
    if (last === 'first()')
        return placesOf(root, parent, path).slice(0, 1);
    if (last === 'last()')
        return placesOf(root, parent, path).slice(-1);
    const where = /^where\((.*)\)$/s.exec(last);
    if (where)
        return placesOf(root, parent, path).filter((it) => isFulfilled(it, where[1], path));
    return objectsAt(root, parent, path).flatMap((holder) => elementsAt(holder, memberOf(holder, last)));
}
/** The one object that an expression leads to, with the element name that follows: for values that may not be there yet. */
export function memberAt(root, expression, path) {
    const { parent, last } = splitLast(expression);
    const holders = last === undefined ? [] : objectsAt(root, parent, path);
    if (last === undefined || !/^[A-Za-z]\w*$/.test(last) || holders.length !== 1) {
        throw cannotApply(path, `"${expression}" does not name one list`, `“${expression}”没有指向唯一的列表`);
    }
    const holder = holders[0];
    return { holder, name: memberOf(holder, last) ?? last };
}
/** The objects that an expression leads to; the resource itself for its type alone. */
export function objectsAt(root, expression, path) {
    if (expression === '' || expression === root['resourceType'] || expression === '$this' || expression === '%resource')
        return [root];
    return placesOf(root, expression, path).flatMap((it) => {
        const value = valueAt(it);
        return isTreeObject(value) ? [value] : [];
    });
}
const valueAt = ({ holder, at }) => holder[at];
function at(places, index) {
    const place = places[index];
    return place ? [place] : [];
}
const join = (parent, last) => (parent === '' ? last : `${parent}.${last}`);
/** The member that an element name means: its own, or the one form of a choice (`value` is `valueQuantity`). */
function memberOf(holder, name) {
    if (Object.hasOwn(holder, name))
        return name;
    return Object.keys(holder).find((it) => it.startsWith(name) && /^[A-Z]/.test(it.slice(name.length)));
}
function elementsAt(holder, name) {
    const value = name === undefined ? undefined : holder[name];
    if (name === undefined || value === undefined)
        return [];
    return Array.isArray(value) ? value.map((_, index) => ({ holder: value, at: index })) : [{ holder, at: name }];
}
/** `Patient.name.where(use = 'official').given[0]` is `given[0]` of the rest. */
function splitLast(expression) {
    let depth = 0;
    let quoted = false;
    for (let index = expression.length - 1; index >= 0; index--) {
        const sign = expression[index];
        if (sign === "'")
            quoted = !quoted;
        if (quoted)
            continue;
        if (sign === ')' || sign === ']')
            depth++;
        if (sign === '(' || sign === '[')
            depth--;
        if (sign === '.' && depth === 0)
            return { parent: expression.slice(0, index).trim(), last: expression.slice(index + 1).trim() };
    }
    return { parent: '', last: expression.trim() === '' ? undefined : expression.trim() };
}
function isFulfilled(place, condition, path) {
    const value = valueAt(place);
    const plain = value === undefined ? undefined : plainCopy(value, new Map());
    return run(`where(${condition}).exists()`, plain, path)[0] === true;
}
/** What an expression leads to; `place` is there for what has members. */
function evaluate(root, expression, path) {
    const places = new Map();
    const plain = plainCopy(root, places);
    return run(expression, plain, path).map((it) => ({ place: typeof it === 'object' && it !== null ? places.get(it) : undefined }));
}
function run(expression, input, path) {
    try {
        return evalFhirPath(expression, input);
    }
    catch {
        throw malformedPatch(path, `"${expression}" is not an expression this server understands`, `无法理解表达式“${expression}”`);
    }
}
/** The tree as the evaluator wants it, with plain numbers; `places` learns where each of its objects comes from. */
function plainCopy(tree, places) {
    if (isLosslessNumber(tree))
        return Number(tree.value);
    if (Array.isArray(tree)) {
        return tree.map((it, index) => remembered(plainCopy(it, places), { holder: tree, at: index }, places));
    }
    if (!isTreeObject(tree))
        return tree;
    return Object.fromEntries(Object.entries(tree).map(([name, it]) => [name, remembered(plainCopy(it, places), { holder: tree, at: name }, places)]));
}
function remembered(copy, place, places) {
    if (typeof copy === 'object' && copy !== null && !Array.isArray(copy))
        places.set(copy, place);
    return copy;
}
