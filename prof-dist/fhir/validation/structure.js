import { requiredCodes } from '../definitions/structures.js';
import { isObject } from '../element.js';
import { isBound } from './binding.js';
import { containedFaults } from './contained.js';
import { chineseFor } from './invariant-words.js';
import { holdsInvariant, isCheap } from './invariants.js';
import { isResourceType, planOf } from './plan.js';
import { has, partsOf } from './predicate.js';
import { referenceFault } from './reference-target.js';
/** More issues than this help nobody. */
const ISSUES_MAX = 50;
/** Each takes up to a tenth of a millisecond. */
const EVALUATIONS_MAX = 20_000;
const NO_ISSUES = [];
/**
 * Everything in which a resource is not one of base R4 (4.0.1), at most 50 issues, each with the place below `path` and what was expected:
 * elements that R4 does not have, wrong JSON types, cardinality, forms of values, required bindings, targets of references, contained
 * resources, narratives, and the invariants of severity `error`; with `warnings` those of severity `warning` too.
 *
 * Elements unknown to R4 are refused (R4, 2.6.2: JSON has no place for them); extensions unknown to us stay. A required element counts as
 * there when it has extensions but no value (R4, 2.6.2.3). The resource itself is not changed.
 */
export function structureIssues(resource, path, options = {}) {
    const walk = new Walk(path, options.warnings ?? false);
    walk.resource(resource);
    return walk.issues.length > 0 ? walk.issues : NO_ISSUES;
}
class Walk {
    issues = [];
    steps = [];
    base;
    warnings;
    place = { resource: {}, root: {} };
    /** Invariants that were evaluated by their expressions. */
    evaluated = 0;
    /** Of a resource that contains others: what leads to them. */
    localLinks;
    constructor(base, warnings) {
        this.base = base;
        this.warnings = warnings;
    }
    resource(it, container) {
        const type = it['resourceType'];
        const plan = isResourceType(type) ? planOf(type) : undefined;
        if (!plan) {
            this.steps.push('resourceType');
            this.add({ kind: 'structure', en: 'must be a resource type of FHIR R4', zh: '必须为 FHIR R4 的资源类型' });
            this.steps.pop();
            return;
        }
        const { place, localLinks } = this;
        this.place = { resource: it, root: container ?? it };
        if (!container)
            this.localLinks = it['contained'] === undefined ? undefined : new Set();
        this.object(it, plan);
        if (!container) {
            if (this.localLinks)
                this.contained(partsOf(it['contained']), this.localLinks);
            if (this.warnings && !has(it, 'text') && plan.members.has('text')) {
                this.add({ kind: 'invariant', en: 'should have a narrative (dom-6)', zh: '宜包含叙述文本（dom-6）' }, 'warning');
            }
            this.localLinks = localLinks;
        }
        this.place = place;
    }
    contained(resources, links) {
        this.steps.push('contained', 0);
        for (const [index, it] of resources.entries()) {
            this.steps[this.steps.length - 1] = index;
            for (const fault of containedFaults(it, links))
                this.add(fault);
        }
        this.steps.length -= 2;
    }
    /** `hasValue`: of what stands beside a plain value, which says something by itself. */
    object(it, plan, hasValue = false) {
        if (this.issues.length >= ISSUES_MAX)
            return;
        let said = 0;
        let chosen;
        for (const key in it) {
            const value = it[key];
            if (value === undefined || (key === 'resourceType' && plan.isResource))
                continue;
            const member = plan.members.get(key);
            if (!member) {
                this.unknown(key, plan);
                continue;
            }
            if (key !== 'id')
                said++;
            if (member.choice >= 0) {
                chosen ??= [];
                const other = chosen[member.choice];
                if (other !== undefined && other !== member.name)
                    this.conflict(key, other, plan.choices[member.choice]);
                chosen[member.choice] = member.name;
            }
            this.steps.push(key);
            this.member(it, value, member);
            this.steps.pop();
        }
        if (said === 0 && !plan.isResource && !hasValue)
            this.add({ kind: 'invariant', en: 'must have a value or children (ele-1)', zh: '必须有值或子元素（ele-1）' });
        for (const demand of plan.demands)
            if (!isThere(it, demand))
                this.missing(demand);
        if (plan.constraints.length > 0)
            this.invariants(plan.constraints, it, plan.type);
    }
    member(holder, value, member) {
        if (member.element.max === 0)
            return this.add({ kind: 'structure', en: 'is not allowed here', zh: '此处不允许该元素' });
        if (Array.isArray(value) !== member.isArray) {
            return this.add(member.isArray
                ? { kind: 'structure', en: 'must be a list', zh: '必须为数组' }
                : { kind: 'structure', en: 'must be one value, not a list', zh: '必须为单个值，不得为数组' });
        }
        if (!member.isArray)
            return this.value(value, member, holder[member.name]);
        const values = value;
        if (values.length === 0)
            return this.add({ kind: 'structure', en: 'must not be empty', zh: '数组不得为空' });
        // A null holds the place of what is said by the other of the two lists alone.
        const partner = member.kind === 'extra' ? holder[member.name] : member.kind === 'primitive' ? holder[`_${member.name}`] : undefined;
        this.steps.push(0);
        for (let index = 0; index < values.length; index++) {
            this.steps[this.steps.length - 1] = index;
            const one = values[index];
            const other = Array.isArray(partner) ? partner[index] : undefined;
            if (one !== null)
                this.value(one, member, other);
            else if ((other ?? null) === null) {
                this.add({ kind: 'structure', en: 'must not be null where nothing else is said', zh: '没有对应扩展或取值时不得为 null' });
            }
        }
        this.steps.pop();
    }
    /** `other`: of what stands beside a plain value, that value. */
    value(value, member, other) {
        const { element } = member;
        if (member.kind === 'primitive') {
            const fault = member.check(value);
            if (fault)
                this.add(fault);
            else if (member.codes && !member.codes.has(value))
                this.wrongCode(member);
            else if (member.isLink)
                this.noteLink(value);
        }
        else if (!isObject(value)) {
            this.add({ kind: 'structure', en: 'must be an object', zh: '必须为对象' });
        }
        else if (member.kind === 'resource') {
            this.nested(value, member);
        }
        else {
            this.object(value, planOf(member.type), member.kind === 'extra' && (other ?? null) !== null);
            if (member.type === 'Reference')
                this.reference(value, member);
            else if (element.binding?.codes && member.kind === 'object' && !isBound(value, element.binding.codes))
                this.wrongCode(member);
        }
        if (element.constraints.length > 0 && member.kind !== 'extra' && member.type !== 'xhtml') {
            this.invariants(element.constraints, value, member.type);
        }
    }
    nested(value, member) {
        if (member.type !== 'Resource' && value['resourceType'] !== member.type) {
            return this.add({ kind: 'structure', en: `must be a resource of type ${member.type}`, zh: `必须为 ${member.type} 资源` });
        }
        // What a resource contains is part of it; what a Bundle or Parameters carries stands by itself.
        if (member.name === 'contained')
            this.resource(value, this.place.root);
        else
            this.resource(value);
    }
    reference(it, member) {
        const { reference } = it;
        if (typeof reference === 'string')
            this.noteLink(reference);
        const fault = referenceFault(it, member.element.targets, this.place);
        if (fault)
            this.add(fault);
    }
    noteLink(link) {
        if (this.localLinks && link.charCodeAt(0) === 0x23)
            this.localLinks.add(link);
    }
    invariants(invariants, value, type) {
        for (const invariant of invariants) {
            if (invariant.severity === 'warning' && !this.warnings)
                continue;
            if (!isCheap(invariant.key) && ++this.evaluated > EVALUATIONS_MAX)
                return this.tooCostly();
            if (holdsInvariant(invariant, value, type, this.place) !== false)
                continue;
            const { key, human, severity } = invariant;
            this.add({ kind: 'invariant', en: `breaks the rule ${key}: ${human}`, zh: `违反规则 ${key}：${chineseFor(key, human)}` }, severity);
        }
    }
    /** Said once: a resource of the size that comes in here has some hundred rules that take long. */
    tooCostly() {
        if (this.evaluated > EVALUATIONS_MAX + 1)
            return;
        const [en, zh] = [
            `has more than ${EVALUATIONS_MAX} parts whose rules take long to check`,
            `需要逐条校验规则的部分超过 ${EVALUATIONS_MAX} 个`,
        ];
        this.add({ kind: 'too-costly', en, zh });
    }
    unknown(key, plan) {
        this.steps.push(key);
        const isExtra = key.startsWith('_') && plan.members.has(key.slice(1));
        this.add(isExtra
            ? { kind: 'structure', en: 'only plain values can have a "_" beside them', zh: '只有简单类型的元素可以带“_”成员' }
            : { kind: 'structure', en: `is not an element of ${plan.type} in FHIR R4`, zh: `不是 FHIR R4 中 ${plan.type} 的元素` });
        this.steps.pop();
    }
    conflict(key, other, choice) {
        this.steps.push(key);
        this.add({
            kind: 'structure',
            en: `only one ${choice} is allowed; ${other} is there already`,
            zh: `${choice} 只能出现一种类型，已存在 ${other}`,
        });
        this.steps.pop();
    }
    missing({ name }) {
        this.steps.push(name);
        this.add({ kind: 'required', en: 'is required', zh: '为必填元素' });
        this.steps.pop();
    }
    wrongCode({ element }) {
        const { valueSet = '' } = element.binding ?? {};
        const codes = [...(requiredCodes(valueSet)?.values() ?? [])].flatMap((it) => [...it]);
        const shown = codes.length <= 20 ? `: ${codes.join(', ')}` : '';
        this.add({ kind: 'code-invalid', en: `must be from ${valueSet}${shown}`, zh: `取值必须来自值集 ${valueSet}${shown}` });
    }
    add({ kind, en, zh }, severity = 'error') {
        if (this.issues.length >= ISSUES_MAX)
            return;
        let path = this.base;
        for (const step of this.steps)
            path += typeof step === 'number' ? `[${step}]` : `.${step}`;
        this.issues.push({ path, en, zh, kind, ...(severity === 'warning' && { severity }) });
    }
}
function isThere(it, { names }) {
    for (const name of names)
        if (it[name] !== undefined)
            return true;
    return false;
}
