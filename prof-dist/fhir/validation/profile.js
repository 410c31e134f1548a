import { isBaseInvariant, requiredCodes, structureOf } from '../definitions/structures.js';
import { isObject } from '../element.js';
import { holdsByExpression } from './fhirpath.js';
import { valuesOf } from './found-values.js';
import { treeOf } from './profile-tree.js';
import { targetTypeOf } from './reference-target.js';
import { isCodeOf, isOfSlice } from './slice-match.js';
import { isLike, isSame } from './value-match.js';
const ISSUES_MAX = 50;
/** Rules evaluated for one resource; each takes up to a tenth of a millisecond. */
const EVALUATIONS_MAX = 20_000;
/** Profiles that name each other in a circle end here. */
const PROFILES_DEEP = 12;
const STRUCTURE = 'http://hl7.org/fhir/StructureDefinition/';
/**
 * Everything in which a resource does not keep a profile (R4, 5.1 Profiling), beyond what base R4 says, which is `structureIssues`: at most
 * 50 issues, with the place below `path`, errors and warnings.
 *
 * `profile` is a StructureDefinition with a snapshot (else `rule-violated` is thrown). `resolve` finds the definitions of extensions and data
 * types that it names; where it answers nothing they are not looked into. What cannot be decided (an expression that asks for another
 * server, a value set that is not known) is said with severity `information`.
 */
export function profileIssues(resource, profile, terminology, path, resolve = () => undefined) {
    const check = new ProfileCheck(terminology, resolve, { resource, root: resource });
    check.tree(resource, String(resource['resourceType']), profile, path);
    return check.issues;
}
class ProfileCheck {
    issues = [];
    terminology;
    resolve;
    place;
    depth = 0;
    evaluated = 0;
    constructor(terminology, resolve, place) {
        this.terminology = terminology;
        this.resolve = resolve;
        this.place = place;
    }
    /** A value against a whole profile. */
    tree(value, type, profile, path) {
        if (this.depth >= PROFILES_DEEP)
            return;
        this.depth++;
        const root = treeOf(profile);
        this.constraints({ value, type, path }, root);
        if (isObject(value))
            this.children(value, root, path);
        this.depth--;
    }
    children(holder, node, path) {
        for (const child of node.children.values()) {
            if (this.issues.length >= ISSUES_MAX)
                return;
            this.element(holder, child, path);
        }
    }
    element(holder, node, path) {
        const found = valuesOf(holder, node, path);
        this.count(found.length, node, `${path}.${node.name}${node.isChoice ? '[x]' : ''}`, node.base);
        for (const it of found)
            this.value(it, node);
        if (node.slices.length > 0)
            this.slices(found, node, `${path}.${node.name}`);
    }
    slices(found, node, path) {
        const discriminators = node.slicing?.discriminators ?? [];
        // A choice is told apart by its type, whether or not the profile says so.
        const told = discriminators.length === 0 && node.isChoice ? [{ type: 'type', path: '$this' }] : discriminators;
        const counts = new Map(node.slices.map((it) => [it, 0]));
        for (const it of found) {
            const slice = node.slices.find((one) => isOfSlice(it, one, told, this.terminology, this.resolve, (value, profiles) => this.conforms(value, profiles)));
            if (slice && told.length > 0) {
                counts.set(slice, (counts.get(slice) ?? 0) + 1);
                this.value(it, slice);
            }
            else if (node.slicing?.isClosed) {
                this.add(it.path, { kind: 'structure', en: 'is of none of the slices of the profile', zh: '不属于专规规定的任何切片' });
            }
        }
        if (told.length > 0)
            for (const [slice, count] of counts)
                this.count(count, slice, `${path}:${slice.sliceName ?? ''}`, undefined);
    }
    count(count, { min, max }, path, base) {
        if (count < min && !(base && base.min >= min && count < base.min)) {
            this.add(path, {
                kind: 'required',
                en: min === 1 ? 'is required by the profile' : `the profile requires at least ${min}; ${count} are there`,
                zh: min === 1 ? '为专规要求的必填元素' : `专规要求至少 ${min} 个，现有 ${count} 个`,
            });
        }
        if (count > max && !(base && count > base.max)) {
            this.add(path, {
                kind: 'structure',
                en: max === 0 ? 'is not allowed by the profile' : `the profile allows at most ${max}; ${count} are there`,
                zh: max === 0 ? '专规不允许该元素' : `专规最多允许 ${max} 个，现有 ${count} 个`,
            });
        }
    }
    value(it, node) {
        const { value, type, path } = it;
        const types = node.types.filter((one) => one.code === type);
        if (types.length === 0 && node.isChoice && node.types.length > 0) {
            const allowed = node.types.map((one) => one.code).join(', ');
            return this.add(path, { kind: 'structure', en: `must be of type ${allowed}`, zh: `类型必须为 ${allowed}` });
        }
        if (node.fixed !== undefined && !isSame(value, node.fixed)) {
            this.add(path, { kind: 'value', en: `must be ${shown(node.fixed)}`, zh: `必须为 ${shown(node.fixed)}` });
        }
        if (node.pattern !== undefined && !isLike(value, node.pattern)) {
            const like = isObject(node.pattern) ? 'have what is in' : 'be';
            this.add(path, { kind: 'value', en: `must ${like} ${shown(node.pattern)}`, zh: `必须符合 ${shown(node.pattern)}` });
        }
        if (node.maxLength !== undefined && typeof value === 'string' && value.length > node.maxLength) {
            this.add(path, { kind: 'too-long', en: `must not be longer than ${node.maxLength}`, zh: `长度不得超过 ${node.maxLength}` });
        }
        if (node.required !== undefined)
            this.binding(value, node.required, path);
        if (type === 'Reference' && isObject(value))
            this.target(value, types, path);
        this.constraints(it, node);
        if (isObject(value)) {
            if (node.children.size > 0)
                this.children(value, node, path);
            this.typeProfiles(value, type, types, path);
        }
    }
    /** Data types, extensions and resources that have a profile of their own: one of those named is enough. */
    typeProfiles(value, type, types, path) {
        const definitions = types.flatMap((it) => it.profiles.map((url) => this.resolve(url)));
        const [first] = definitions;
        if (!first || definitions.includes(undefined))
            return;
        const before = this.issues.length;
        for (const definition of definitions) {
            if (!definition)
                continue;
            this.issues.length = before;
            this.tree(value, type, definition, path);
            if (!this.issues.slice(before).some(isError))
                return;
        }
    }
    conforms(value, profiles) {
        return profiles.some((url) => {
            const definition = this.resolve(url);
            if (!definition)
                return false;
            const check = new ProfileCheck(this.terminology, this.resolve, this.place);
            check.depth = this.depth;
            check.tree(value, isObject(value) ? String(value['resourceType'] ?? '') : '', definition, '');
            return !check.issues.some(isError);
        });
    }
    binding(value, valueSet, path) {
        // Those that base R4 requires are checked with it.
        if (requiredCodes(valueSet.replace(/\|.*$/, '')))
            return;
        const verdict = isCodeOf(value, valueSet, this.terminology);
        if (verdict === false) {
            this.add(path, { kind: 'code-invalid', en: `must be from the value set ${valueSet}`, zh: `取值必须来自值集 ${valueSet}` });
        }
        else if (verdict === undefined && this.terminology.members(valueSet) === 'unknown') {
            this.add(path, { kind: 'not-supported', en: `was not checked: the value set ${valueSet} is not known here`, zh: `未校验：未加载值集 ${valueSet}` }, 'information');
        }
    }
    /** Where a reference may lead, as far as its text or its `type` tells. */
    target(value, types, path) {
        const targets = types.flatMap((it) => it.targets);
        if (targets.length === 0)
            return;
        const target = targetTypeOf(value);
        if (target === undefined)
            return;
        const allowed = targets.map((url) => this.typeOfProfile(url));
        if (allowed.includes(undefined) || allowed.includes('Resource') || allowed.includes(target))
            return;
        this.add(path, {
            kind: 'value',
            en: `leads to a ${target}; the profile allows ${allowed.join(', ')}`,
            zh: `引用了 ${target}，专规仅允许 ${allowed.join('、')}`,
        });
    }
    /** The resource type that a profile is one of; `undefined` for one that is not known. */
    typeOfProfile(url) {
        const plain = url.replace(/\|.*$/, '');
        const base = plain.startsWith(STRUCTURE) ? plain.slice(STRUCTURE.length) : undefined;
        if (base !== undefined && structureOf(base))
            return base;
        const type = this.resolve(url)?.['type'];
        return typeof type === 'string' ? type : undefined;
    }
    constraints({ value, type, path }, node) {
        for (const { key, severity, human, expression, source } of node.constraints) {
            if (expression === '' || ((source === '' || source.startsWith(STRUCTURE)) && isBaseInvariant(key)))
                continue;
            if (++this.evaluated > EVALUATIONS_MAX)
                return this.tooCostly(path);
            const holds = holdsByExpression(expression, value, type, this.place);
            if (holds === undefined) {
                this.add(path, { kind: 'not-supported', en: `the rule ${key} cannot be checked here: ${human}`, zh: `无法在此校验规则 ${key}：${human}` }, 'information');
            }
            else if (!holds) {
                this.add(path, { kind: 'invariant', en: `breaks the rule ${key}: ${human}`, zh: `违反规则 ${key}：${human}` }, severity);
            }
        }
    }
    tooCostly(path) {
        if (this.evaluated > EVALUATIONS_MAX + 1)
            return;
        const [en, zh] = [
            `has more than ${EVALUATIONS_MAX} values with rules of the profile`,
            `需要按专规逐条校验的值超过 ${EVALUATIONS_MAX} 个`,
        ];
        this.add(path, { kind: 'too-costly', en, zh });
    }
    /** The same place is looked at through an element and through its slice; what is the same is said once. */
    add(path, { kind, en, zh }, severity = 'error') {
        if (this.issues.length >= ISSUES_MAX || this.issues.some((it) => it.path === path && it.en === en))
            return;
        this.issues.push({ path, en, zh, kind, ...(severity !== 'error' && { severity }) });
    }
}
function isError({ severity }) {
    return (severity ?? 'error') === 'error';
}
function shown(value) {
    const text = typeof value === 'string' ? value : JSON.stringify(value);
    return text.length > 200 ? `${text.slice(0, 200)}…` : text;
}
