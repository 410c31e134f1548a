import { isObject } from '../element.js';
import { listOf } from './predicate.js';
import { treeOf } from './profile-tree.js';
import { targetTypeOf } from './reference-target.js';
import { isLike, isSame } from './value-match.js';
/**
 * Whether a value belongs to a slice by all discriminators of its slicing (R4, 5.1.0.14). A discriminator `profile` is not decided here:
 * `conforms` is asked.
 */
export function isOfSlice(typed, slice, discriminators, terminology, resolve, conforms) {
    return discriminators.every(({ type, path }) => {
        const steps = path === '$this' || path === ''
            ? []
            : path
                .replace(/\.?(resolve|ofType)\([^)]*\)/g, '')
                .split('.')
                .flatMap(stepOf);
        const node = nodeAt(slice, steps, resolve);
        if (type === 'type') {
            const own = steps.length === 0 ? [typed.type] : valuesAt(typed.value, steps).map(typeOf);
            const types = (path.includes('resolve()') ? targetTypes(node) : node?.types.map((it) => it.code)) ?? [];
            const found = path.includes('resolve()') ? valuesAt(typed.value, steps).flatMap(referredType) : own;
            return found.some((it) => types.includes(it));
        }
        const values = steps.length === 0 ? [typed.value] : valuesAt(typed.value, steps);
        if (type === 'exists')
            return node?.max === 0 ? values.length === 0 : values.length > 0;
        if (type === 'profile') {
            const profiles = node?.types.flatMap((it) => it.profiles) ?? [];
            return values.some((it) => conforms(it, profiles));
        }
        // Extensions that only name their definition are told apart by its address.
        if (!node && path === 'url')
            return values.some((it) => slice.types.some((one) => one.profiles.some((url) => url.split('|')[0] === it)));
        return node !== undefined && values.some((it) => satisfies(it, node, terminology));
    });
}
/** `extension('url')` is the extension of that address. */
function stepOf(step) {
    return step === '' || step === '$this' ? [] : [step];
}
function nodeAt(slice, steps, resolve) {
    let node = slice;
    for (const step of steps) {
        const holder = node;
        node = holder?.children.get(step) ?? definedElsewhere(holder, resolve)?.children.get(step);
        if (!node)
            return undefined;
    }
    return node;
}
function definedElsewhere(node, resolve) {
    const profile = node?.types.length === 1 ? node.types[0]?.profiles[0] : undefined;
    const definition = profile === undefined ? undefined : resolve(profile);
    return definition && isObject(definition['snapshot']) ? treeOf(definition) : undefined;
}
/** Whether a value is what an element is fixed to, itself or in the parts below it; `false` where nothing is fixed. */
function satisfies(value, node, terminology) {
    return verdict(value, node, terminology) ?? false;
}
function verdict(value, node, terminology) {
    if (node.fixed !== undefined)
        return isSame(value, node.fixed);
    if (node.pattern !== undefined)
        return isLike(value, node.pattern);
    let said;
    for (const child of node.children.values()) {
        const values = isObject(value) ? listOf(value[child.name]) : [];
        const verdicts = values.map((it) => verdict(it, child, terminology));
        const demands = values.length === 0 && child.min > 0 && verdict('', child, terminology) !== undefined;
        if (demands || (verdicts.some((it) => it !== undefined) && !verdicts.includes(true)))
            return false;
        if (verdicts.includes(true))
            said = true;
    }
    if (said === undefined && node.required !== undefined)
        return isCodeOf(value, node.required, terminology);
    return said;
}
/** Whether a code, Coding or CodeableConcept is of a value set; `undefined` where that is not known. */
export function isCodeOf(value, valueSet, terminology) {
    const members = terminology.members(valueSet);
    if (members === 'unknown')
        return undefined;
    if (typeof value === 'string')
        return members(undefined, value);
    if (!isObject(value))
        return undefined;
    if (value['coding'] === undefined && value['code'] === undefined)
        return false;
    const codings = value['coding'] === undefined ? [value] : listOf(value['coding']).filter(isObject);
    return codings.some((it) => {
        const { system, code } = it;
        return typeof code === 'string' && members(typeof system === 'string' ? system : undefined, code);
    });
}
function valuesAt(value, steps) {
    return steps.reduce((values, step) => values.flatMap((it) => {
        if (!isObject(it))
            return [];
        if (it[step] !== undefined)
            return listOf(it[step]);
        const choice = Object.keys(it).find((key) => key.startsWith(step) && /^[A-Z]/.test(key.slice(step.length)));
        return choice === undefined ? [] : listOf(it[choice]);
    }), [value]);
}
function typeOf(value) {
    return isObject(value) && typeof value['resourceType'] === 'string' ? value['resourceType'] : '';
}
function targetTypes(node) {
    return node?.types.flatMap((it) => it.targets.map((url) => url.replace(/^.*\//, '').split('|')[0] ?? '')) ?? [];
}
function referredType(value) {
    const type = isObject(value) ? targetTypeOf(value) : undefined;
    return type === undefined ? [] : [type];
}
