import { isLosslessNumber } from 'lossless-json';
import { isTreeObject, readTree } from './exact-tree.js';
import { readPatchPath } from './fhirpath-place.js';
import { OPERATIONS_MAX } from './json-patch.js';
import { malformedPatch } from './patch-failure.js';
/** Reads the operations of a Parameters resource; throws `malformed` with the place of what is missing or wrong. */
export function readFhirPathPatch(text, path) {
    const root = readTree(text);
    const parameters = isTreeObject(root) && Array.isArray(root['parameter']) ? root['parameter'] : [];
    if (parameters.length === 0)
        throw malformedPatch(`${path}.parameter`, 'is missing; a patch has operations', '缺失，补丁必须包含操作');
    if (parameters.length > OPERATIONS_MAX) {
        throw malformedPatch(path, `a patch may have ${OPERATIONS_MAX} operations`, `单个补丁最多 ${OPERATIONS_MAX} 个操作`);
    }
    return parameters.map((it, index) => readOperation(it, `${path}.parameter[${index}]`));
}
function readOperation(parameter, place) {
    if (!isTreeObject(parameter) || parameter['name'] !== 'operation') {
        throw malformedPatch(`${place}.name`, 'must be "operation"', '必须为“operation”');
    }
    const parts = partsOf(parameter);
    const part = (name) => parts.find((it) => it['name'] === name);
    const text = (name) => {
        const value = valueOf(part(name))?.value;
        if (typeof value !== 'string' || value === '')
            throw malformedPatch(place, `the part "${name}" is missing`, `缺少“${name}”部分`);
        return value;
    };
    const number = (name) => {
        const value = valueOf(part(name))?.value;
        const read = isLosslessNumber(value) && /^\d{1,9}$/.test(value.value) ? Number(value.value) : undefined;
        if (read === undefined)
            throw malformedPatch(place, `the part "${name}" must be a number from 0 on`, `“${name}”部分应为非负整数`);
        return read;
    };
    const type = text('type');
    const path = readPatchPath(text('path'), place);
    switch (type) {
        case 'add':
            return { type, path, name: text('name'), value: patchValue(part('value'), place) };
        case 'insert':
            return { type, path, index: number('index'), value: patchValue(part('value'), place) };
        case 'replace':
            return { type, path, value: patchValue(part('value'), place) };
        case 'delete':
            return { type, path };
        case 'move':
            return { type, path, source: number('source'), destination: number('destination') };
        default:
            throw malformedPatch(place, 'the part "type" must be add, insert, delete, replace or move', '“type”应为 add、insert、delete、replace 或 move');
    }
}
function partsOf(parameter) {
    const { part } = parameter;
    return Array.isArray(part) ? part.filter(isTreeObject) : [];
}
/** The one `value[x]` of a part. */
function valueOf(part) {
    const name = Object.keys(part ?? {}).find((it) => /^value[A-Z]/.test(it));
    return part && name ? { suffix: name.slice('value'.length), value: part[name] } : undefined;
}
function patchValue(part, place) {
    const typed = valueOf(part);
    if (typed)
        return { kind: 'typed', ...typed };
    if (part && part['resource'] !== undefined)
        return { kind: 'typed', suffix: 'Resource', value: part['resource'] };
    const parts = part ? partsOf(part) : [];
    if (parts.length === 0)
        throw malformedPatch(place, 'the part "value" is missing', '缺少“value”部分');
    return {
        kind: 'parts',
        parts: parts.map((it) => {
            const { name } = it;
            if (typeof name !== 'string')
                throw malformedPatch(place, 'a part of the value has no name', 'value 的组成部分缺少 name');
            return { name, value: patchValue(it, place) };
        }),
    };
}
