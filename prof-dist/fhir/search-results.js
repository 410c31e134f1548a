import { searchParameter } from './definitions/search-parameters.js';
import { pathNumber } from './search-hash.js';
import { membersOf, pathsOfClinicalTime, referencesOf } from './search-paths.js';
import { invalid, unknownParameter, unsupported } from './search-words.js';
/** Types of parameters that results can be ordered by, and how. */
const SORTABLE = new Set(['number', 'date', 'quantity', 'string', 'token', 'reference', 'uri']);
const COUNT_MAX = 500;
/** Things that results are ordered by; each is looked up for every match. */
const SORTS_MAX = 10;
/** `_count`: matches of a page, at most 500; 0 asks for the total alone. */
export function readCount(value) {
    if (!/^\d{1,9}$/.test(value))
        throw invalid('_count', 'takes a whole number from 0 on', '应为大于等于 0 的整数');
    return Math.min(Number(value), COUNT_MAX);
}
/** A parameter that takes one of a few words. */
export function readWord(name, value, words) {
    const word = words.find((it) => it === value);
    if (word === undefined)
        throw invalid(name, `takes one of ${words.join(', ')}`, `应为 ${words.join('、')} 之一`);
    return word;
}
/** `_elements`: names of elements of the first level. */
export function readElements(value) {
    const names = value.split(',');
    if (!names.every((it) => /^[A-Za-z][A-Za-z0-9]*$/.test(it)))
        throw invalid('_elements', 'takes names of elements, parted by commas', '应为以逗号分隔的元素名');
    return names;
}
/** `_sort` (R4, 3.1.1.5.1): parameters of the type, the most important first, `-` for the highest or latest first. */
export function readSort(type, value) {
    const parts = value.split(',');
    if (parts.length > SORTS_MAX)
        throw invalid('_sort', `takes at most ${SORTS_MAX} parameters`, `最多允许 ${SORTS_MAX} 个参数`);
    return parts.map((part) => {
        const descending = part.startsWith('-');
        const name = descending ? part.slice(1) : part;
        const parameter = searchParameter(type, name);
        if (!parameter)
            throw unsupported('_sort', `"${name}" is not a search parameter of ${type} here`, `“${name}”不是 ${type} 的检索参数`);
        return { descending, by: sortBy(type, parameter) };
    });
}
function sortBy(type, { name, type: kind, paths }) {
    if (name === '_id')
        return { kind: 'id' };
    if (name === '_lastUpdated')
        return { kind: 'updated' };
    if (!SORTABLE.has(kind))
        throw unsupported('_sort', `results cannot be ordered by "${name}"`, `不能按“${name}”排序`);
    const numbers = paths.map((it) => pathNumber(it.path));
    const clinical = pathsOfClinicalTime(type);
    if (numbers.some((it) => clinical.includes(it)))
        return { kind: 'clinical' };
    if (kind === 'number' || kind === 'date' || kind === 'quantity')
        return { kind: 'range', paths: numbers };
    if (kind === 'string')
        return { kind: 'text', paths: numbers };
    return { kind: 'content', path: membersOf(paths[0]?.path ?? '') };
}
/** `_include` and `_revinclude` (R4, 3.1.1.5.4): `Source:parameter`, `Source:parameter:Target`, `Source:*`, and for `_include` a bare `*`. */
export function readInclusion(type, kind, iterate, value, { isKnownType }) {
    const name = `_${kind}`;
    const parts = (value === '*' && kind === 'include' ? `${type}:*` : value).split(':');
    const [source = '', parameterName = '', target] = parts;
    if (parts.length > 3 || parameterName === '') {
        throw invalid(name, `"${value}" is not Type:parameter or Type:parameter:Target`, `“${value}”应为 类型:参数 或 类型:参数:目标类型`);
    }
    for (const it of [source, ...(target === undefined ? [] : [target])]) {
        if (!isKnownType(it))
            throw invalid(name, `"${it}" is not a resource type here`, `“${it}”不是本系统的资源类型`);
    }
    if (parameterName === '*')
        return { kind, iterate, source, target, paths: undefined, numbers: undefined };
    const parameter = searchParameter(source, parameterName);
    if (!parameter)
        throw unknownParameter(source, parameterName);
    if (parameter.type !== 'reference')
        throw unsupported(name, `"${parameterName}" of ${source} is no reference`, `${source} 的“${parameterName}”不是引用`);
    const led = kind === 'revinclude' && !iterate ? [type, ...(target === undefined ? [] : [target])] : target === undefined ? [] : [target];
    for (const it of led) {
        if (parameter.targets.length > 0 && !parameter.targets.includes(it)) {
            throw invalid(name, `"${parameterName}" of ${source} does not lead to ${it}`, `${source} 的“${parameterName}”不指向 ${it}`);
        }
    }
    const [only] = parameter.targets;
    const references = referencesOf(parameter);
    return {
        kind,
        iterate,
        source,
        // `patient` looks at a `subject` that may be something else.
        target: target ?? (references.every((it) => it.target !== undefined) && parameter.targets.length === 1 ? only : undefined),
        paths: references.map((it) => membersOf(it.path)),
        numbers: references.map((it) => pathNumber(it.path)),
    };
}
