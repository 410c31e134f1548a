import { areEqual, copyOf, isTreeObject, lengthOf, readTree } from './exact-tree.js';
import { cannotApply, malformedPatch } from './patch-failure.js';
/** More than any change of one resource needs; each costs a walk through it. */
export const OPERATIONS_MAX = 1_000;
/** Characters that a patch may copy from place to place altogether: a copy of copies doubles each time. */
const COPIED_MAX = 1024 * 1024;
/** Reads a JSON Patch; throws `malformed`, at `path`, for what is none. */
export function readJsonPatch(text, path) {
    const list = parsed(text, path);
    if (!Array.isArray(list))
        throw malformedPatch(path, 'a JSON Patch is a list of operations', 'JSON Patch 应为操作数组');
    if (list.length > OPERATIONS_MAX) {
        throw malformedPatch(path, `a patch may have ${OPERATIONS_MAX} operations`, `单个补丁最多 ${OPERATIONS_MAX} 个操作`);
    }
    return list.map((it, index) => readOperation(it, `${path}[${index}]`));
}
/** Applies the operations in their order to the tree. Throws `rule-violated` at the first that cannot be applied. */
export function applyJsonPatch(tree, operations, path) {
    let root = tree;
    let copied = 0;
    operations.forEach((operation, index) => {
        const place = `${path}[${index}]`;
        switch (operation.op) {
            case 'add':
                root = add(root, operation.path, copyOf(operation.value), place);
                break;
            case 'replace':
                find(root, operation.path, place);
                root = operation.path.length === 0 ? copyOf(operation.value) : set(root, operation.path, copyOf(operation.value), place);
                break;
            case 'remove':
                remove(root, operation.path, place);
                break;
            case 'copy': {
                const value = find(root, operation.from, place);
                copied += lengthOf(value);
                if (copied > COPIED_MAX)
                    throw cannotApply(place, 'the patch copies more than 1 MiB', '补丁复制的内容超过 1 MiB');
                root = add(root, operation.path, copyOf(value), place);
                break;
            }
            case 'move': {
                const { path: to, from } = operation;
                const value = find(root, from, place);
                if (from.length < to.length && from.every((it, at) => it === to[at])) {
                    throw cannotApply(place, 'nothing can be moved into itself', '不能把元素移动到其自身内部');
                }
                if (from.length === to.length && from.every((it, at) => it === to[at]))
                    break;
                remove(root, from, place);
                root = add(root, to, value, place);
                break;
            }
            case 'test':
                if (!areEqual(find(root, operation.path, place), operation.value)) {
                    throw cannotApply(place, `the test of ${shown(operation.path)} fails`, `对 ${shown(operation.path)} 的 test 不成立`);
                }
        }
    });
    return root;
}
function readOperation(operation, place) {
    if (!isTreeObject(operation))
        throw malformedPatch(place, 'an operation is an object', '操作应为对象');
    const { op } = operation;
    const path = readPointer(operation['path'], `${place}.path`);
    switch (op) {
        case 'add':
        case 'replace':
        case 'test': {
            const value = operation['value'];
            if (value === undefined)
                throw malformedPatch(`${place}.value`, 'is missing', '缺失');
            return { op, path, value };
        }
        case 'remove':
            return { op, path };
        case 'move':
        case 'copy':
            return { op, path, from: readPointer(operation['from'], `${place}.from`) };
        default:
            throw malformedPatch(`${place}.op`, 'must be add, remove, replace, move, copy or test', '应为 add、remove、replace、move、copy 或 test');
    }
}
/** A JSON Pointer (RFC 6901). */
function readPointer(text, place) {
    if (typeof text !== 'string')
        throw malformedPatch(place, 'is missing', '缺失');
    if (text === '')
        return [];
    if (!text.startsWith('/') || /~(?![01])/.test(text)) {
        throw malformedPatch(place, `"${text}" is not a JSON Pointer, such as /name/0/family`, `“${text}”不是 JSON Pointer，例如 /name/0/family`);
    }
    return text
        .slice(1)
        .split('/')
        .map((it) => it.replaceAll('~1', '/').replaceAll('~0', '~'));
}
function find(root, path, place) {
    let value = root;
    for (const step of path) {
        if (Array.isArray(value))
            value = /^(0|[1-9]\d*)$/.test(step) ? value[Number(step)] : undefined;
        else
            value = isTreeObject(value) && Object.hasOwn(value, step) ? value[step] : undefined;
        if (value === undefined)
            throw cannotApply(place, `there is nothing at ${shown(path)}`, `${shown(path)} 处没有内容`);
    }
    return value;
}
function holderOf(root, path, place) {
    const holder = find(root, path.slice(0, -1), place);
    if (!Array.isArray(holder) && !isTreeObject(holder)) {
        throw cannotApply(place, `nothing can be put at ${shown(path)}`, `无法写入 ${shown(path)}`);
    }
    return { holder, step: path.at(-1) };
}
function add(root, path, value, place) {
    if (path.length === 0)
        return value;
    const { holder, step } = holderOf(root, path, place);
    if (!Array.isArray(holder))
        return set(root, path, value, place);
    const index = step === '-' ? holder.length : /^(0|[1-9]\d*)$/.test(step) ? Number(step) : Number.NaN;
    if (!(index <= holder.length))
        throw cannotApply(place, `there is no place ${shown(path)} in the list`, `数组中没有位置 ${shown(path)}`);
    holder.splice(index, 0, value);
    return root;
}
function set(root, path, value, place) {
    const { holder, step } = holderOf(root, path, place);
    if (Array.isArray(holder))
        holder[Number(step)] = value;
    else if (step === '__proto__')
        throw cannotApply(place, `nothing can be put at ${shown(path)}`, `无法写入 ${shown(path)}`);
    else
        holder[step] = value;
    return root;
}
function remove(root, path, place) {
    find(root, path, place);
    if (path.length === 0)
        throw cannotApply(place, 'a resource is taken away by DELETE', '删除资源请使用 DELETE');
    const { holder, step } = holderOf(root, path, place);
    if (Array.isArray(holder))
        holder.splice(Number(step), 1);
    else
        delete holder[step];
}
const shown = (path) => (path.length === 0 ? 'the whole' : `/${path.join('/')}`);
function parsed(text, path) {
    try {
        return readTree(text);
    }
    catch {
        throw malformedPatch(path, 'the patch is not JSON', '补丁不是有效的 JSON');
    }
}
