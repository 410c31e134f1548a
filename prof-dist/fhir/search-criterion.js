import { searchParameter } from './definitions/search-parameters.js';
import { compositeCondition } from './search-composite.js';
import { pathNumber } from './search-hash.js';
import { codesCondition, displayCondition, identifierCondition, missingCondition, ofTypeCondition, textCondition, uriCondition, } from './search-modifiers.js';
import { referencesOf } from './search-paths.js';
import { anyOf, joined, valueCondition } from './search-terms.js';
import { alternativesOf, invalid, plain, unknownParameter, unsupported } from './search-words.js';
/** Steps of a chain, `_has` among them. */
const STEPS_MAX = 3;
/** The database takes neither NUL nor half of a character, and a NUL is the mark of what is there without a value. */
const UNSTORABLE = /[\0\p{Cs}]/u;
/** Types that a reference of a chain may lead to, where the chain does not say which. */
const TYPES_MAX = 10;
/** Parts `subject:Patient.name:exact` into what stands before the first dot and the rest. */
export function nameParts(name) {
    const [, parameter = '', modifier, chained] = /^([^.:]*)(?::([^.]*))?(?:\.(.+))?$/s.exec(name) ?? [];
    return { parameter, modifier, chained };
}
/**
 * What one criterion asks (R4, 3.1.1.4): a parameter with its modifier, a chain, or `_has`. `steps` counts those that lead here.
 *
 * Throws `not-supported` for names, modifiers and chains that are not offered, `parameter-invalid` for values of the wrong form.
 */
export async function readCriterion(type, name, value, context, steps = 0) {
    if (UNSTORABLE.test(value))
        throw invalid(name, 'holds NUL or half of a character', '含有空字符（NUL）或不完整字符');
    if (steps > STEPS_MAX)
        throw unsupported(name, `leads on over more than ${STEPS_MAX} references`, `链式检索不得超过 ${STEPS_MAX} 层`);
    if (name.startsWith('_has:'))
        return hasCondition(type, name, value, context, steps);
    const { parameter: parameterName, modifier, chained } = nameParts(name);
    const parameter = searchParameter(type, parameterName);
    if (!parameter)
        throw unknownParameter(type, parameterName || name);
    if (chained !== undefined)
        return chainCondition({ type, name, parameter, modifier, chained }, value, context, steps);
    return parameterCondition(type, name, parameter, modifier, value, context);
}
async function parameterCondition(type, name, parameter, modifier, value, context) {
    const { base, now } = context;
    const subject = { type, name: parameter.name, paths: parameter.paths, targets: parameter.targets, base, now };
    if (modifier === 'missing')
        return missingCondition(parameter, subject, value);
    const alternatives = alternativesOf(name, value);
    const each = (condition) => anyOf(alternatives.map(condition));
    if (parameter.name === '_id') {
        if (modifier !== undefined && modifier !== 'not')
            throw badModifier(name, modifier);
        const ids = { kind: 'id', ids: alternatives.map((it) => readId(name, it)) };
        return modifier === 'not' ? { kind: 'not', of: ids } : ids;
    }
    if (modifier === undefined) {
        if (parameter.type === 'composite')
            return each((it) => compositeCondition(subject, parameter.groups, it));
        return each((it) => valueCondition(parameter.type, subject, it));
    }
    switch (parameter.type) {
        case 'string':
            if (modifier === 'exact' || modifier === 'contains')
                return each((it) => textCondition(subject, modifier, it));
            break;
        case 'token':
            if (modifier === 'not')
                return { kind: 'not', of: each((it) => valueCondition('token', subject, it)) };
            if (modifier === 'text')
                return each((it) => displayCondition(subject, it));
            if (modifier === 'of-type')
                return each((it) => ofTypeCondition(subject, it));
            if (modifier === 'in' || modifier === 'above' || modifier === 'below')
                return codesOf(subject, modifier, alternatives, context);
            if (modifier === 'not-in')
                return { kind: 'not', of: await codesOf(subject, 'in', alternatives, context) };
            break;
        case 'uri':
            if (modifier === 'above' || modifier === 'below')
                return each((it) => uriCondition(subject, modifier, it));
            break;
        case 'reference':
            if (modifier === 'identifier')
                return each((it) => identifierCondition(subject, it));
            if (/^[A-Z]/.test(modifier)) {
                const typed = { ...subject, targets: [targetOf(name, parameter, modifier, context)] };
                return each((it) => valueCondition('reference', typed, typedValue(name, modifier, it, base)));
            }
            break;
        default:
    }
    throw badModifier(name, modifier);
}
function readId(name, text) {
    const id = plain(text);
    if (!/^[A-Za-z0-9.-]{1,64}$/.test(id))
        throw invalid(name, `"${id}" is not an id`, `“${id}”不是合法的 id`);
    return id;
}
function badModifier(name, modifier) {
    return unsupported(name, `does not take the modifier ":${modifier}"`, `不支持修饰符“:${modifier}”`);
}
async function codesOf(subject, modifier, alternatives, { expand }) {
    const found = [];
    for (const it of alternatives) {
        const wanted = plain(it);
        if (modifier !== 'in' && !/^[^|]+\|[^|]+$/.test(wanted)) {
            throw invalid(subject.name, `"${wanted}" is not system|code`, `“${wanted}”应为 系统|代码`);
        }
        const codes = modifier === 'in' ? await expand(wanted) : await expand(wanted, modifier);
        if (!codes) {
            throw unsupported(subject.name, `"${wanted}" is not a value set or code that this server knows`, `本系统没有值集或代码“${wanted}”`);
        }
        found.push(codesCondition(subject, codes));
    }
    return anyOf(found);
}
/** The type of `:Patient`, which must be one the parameter can lead to. */
function targetOf(name, { targets }, type, { isKnownType }) {
    if (isKnownType(type) && (targets.length === 0 || targets.includes(type)))
        return type;
    throw unsupported(name, `does not lead to "${type}"`, `不能指向“${type}”`);
}
/** `subject:Patient=Group/1` contradicts itself. */
function typedValue(name, type, value, base) {
    const local = value.startsWith(`${base}/`) ? value.slice(base.length + 1) : value;
    const named = /^([A-Z][A-Za-z]+)\//.exec(local)?.[1];
    if (named !== undefined && named !== type)
        throw invalid(name, `"${value}" is no ${type}`, `“${value}”不是 ${type}`);
    return value;
}
async function chainCondition({ type, name, parameter, modifier, chained }, value, context, steps) {
    const references = referencesOf(parameter);
    if (references.length === 0)
        throw unsupported(name, `"${parameter.name}" is no Reference that leads on`, `“${parameter.name}”不是可以继续检索的引用`);
    const targets = modifier === undefined ? meantTypes(name, parameter, chained, context) : [targetOf(name, parameter, modifier, context)];
    const ways = [];
    for (const target of targets) {
        const paths = references.flatMap((it) => (it.target === undefined || it.target === target ? [pathNumber(it.path)] : []));
        if (paths.length === 0)
            continue;
        ways.push({ kind: 'chain', paths, type: target, condition: await readCriterion(target, chained, value, context, steps + 1) });
    }
    if (ways.length === 0)
        throw unknownParameter(type, name);
    return joined('any', ways);
}
/** Of the types a reference may lead to, those that have the next parameter. */
function meantTypes(name, { targets }, chained, { isKnownType }) {
    const next = nameParts(chained).parameter;
    const able = targets.filter((it) => isKnownType(it) && (chained.startsWith('_has:') || searchParameter(it, next) !== undefined));
    if (able.length === 0)
        throw unknownParameter(targets.join(', ') || name, next || chained);
    if (able.length <= TYPES_MAX)
        return able;
    throw unsupported(name, 'can lead to many types; name the one that is meant, as in subject:Patient.name', '可指向多种类型，请注明所指类型，例如 subject:Patient.name');
}
/** `_has:Type:reference:criterion` (R4, 3.1.1.4.14): a resource of the type refers here and fulfils the criterion. */
async function hasCondition(type, name, value, context, steps) {
    const [, source = '', reference = '', rest = ''] = /^_has:([^:]+):([^:]+):(.+)$/s.exec(name) ?? [];
    if (rest === '')
        throw invalid(name, 'is not _has:Type:reference:parameter', '应为 _has:类型:引用参数:检索参数');
    if (!context.isKnownType(source))
        throw unsupported(name, `"${source}" is not a resource type here`, `“${source}”不是本系统的资源类型`);
    const parameter = searchParameter(source, reference);
    if (!parameter)
        throw unknownParameter(source, reference);
    const paths = referencesOf(parameter).flatMap((it) => (it.target === undefined || it.target === type ? [pathNumber(it.path)] : []));
    if (paths.length === 0 || (parameter.targets.length > 0 && !parameter.targets.includes(type))) {
        throw unsupported(name, `"${reference}" of ${source} does not lead to ${type}`, `${source} 的“${reference}”不指向 ${type}`);
    }
    return { kind: 'has', type: source, paths, condition: await readCriterion(source, rest, value, context, steps + 1) };
}
