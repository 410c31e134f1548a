import { codingsOf, hasCode, objectOf, objectsOf, referenceOf, textOf } from '../fhir/element.js';
import { methodOf } from './consent-method.rules.js';
import { POLICY_RULE_SYSTEM, SCOPE_SYSTEM } from './consent-vocabulary.js';
import { readRule } from './provision.rules.js';
const STATUSES = ['draft', 'proposed', 'active', 'rejected', 'inactive', 'entered-in-error'];
/** What policyRule says of a Consent whose root rule has no type (v3-ActCode). */
const BASE_RULES = new Map([
    ['OPTIN', 'permit'],
    ['OPTINR', 'permit'],
    ['OPTOUT', 'deny'],
    ['OPTOUTE', 'deny'],
]);
/** More exceptions than these are no patient's decision, and would make every look-up slow. */
const NESTED_MAX = 50;
/** Denies everything to everybody. */
const EVERYTHING = {
    type: 'deny',
    isEvaluable: true,
    recipients: [],
    validFrom: null,
    validUntil: null,
    purposes: [],
    categories: [],
    dataPeriod: null,
    labels: [],
    data: null,
};
/**
 * Reads a FHIR Consent (R4): https://hl7.org/fhir/R4/consent.html
 *
 * Recipients are `provision.actor` with the role IRCP (none: anybody), categories `provision.class` in our CodeSystem (none: all), purposes
 * `provision.purpose` (none: any), the time it counts `provision.period`, the date of the data `provision.dataPeriod`; `data` and
 * `securityLabel` as IHE PCF has them. Nested rules are exceptions to the root, one level deep. How it was given is an extension.
 * The decision is the root rule's type (as IHE PCF has it); where that is absent, `policyRule` OPTIN or OPTOUT decides (as R4 has it),
 * and an active Consent with neither is refused, since it could be read both ways.
 *
 * What is not evaluated here errs on the side of privacy (`readRule`). A Consent that is not active, or of another scope than
 * patient-privacy, is stored and permits or denies nothing; a permit that was taken back or rejected keeps the implicit policy from opening.
 */
export function readConsent(consent, path) {
    const issues = [];
    const status = consent['status'];
    if (!STATUSES.includes(textOf(status) ?? '')) {
        issues.push({ path: `${path}.status`, en: `must be one of ${STATUSES.join(', ')}`, zh: `必须为 ${STATUSES.join('、')} 之一` });
    }
    if (!codingsOf(consent['scope']).some((it) => textOf(it['code']))) {
        issues.push({ path: `${path}.scope`, en: 'is missing', zh: '缺少同意书的适用范围' });
    }
    if (issues.length > 0 || status !== 'active' || !hasCode(consent['scope'], SCOPE_SYSTEM, ['patient-privacy'])) {
        return { stated: { active: false, root: rootWithoutEffect(consent), nested: [], method: methodOf(consent, path, []) }, issues };
    }
    if (!referenceOf(consent['patient'])) {
        issues.push({ path: `${path}.patient.reference`, en: 'must refer to a Patient of this institution', zh: '必须引用本机构的患者' });
    }
    refuseModifiers(consent, path, issues);
    const root = readRoot(consent, path, issues);
    const nested = readNested(objectOf(consent['provision']) ?? {}, `${path}.provision`, issues);
    return { issues, stated: { active: true, root, nested, method: methodOf(consent, path, issues) } };
}
/** Statuses by which the patient says that a consent does not hold. */
const TAKEN_BACK = ['inactive', 'rejected'];
/** Of what is not in force one thing still counts: whether it is a permit that was taken back or refused (`policyAfter`). */
function rootWithoutEffect(consent) {
    const isAnswer = TAKEN_BACK.includes(String(consent['status'])) && hasCode(consent['scope'], SCOPE_SYSTEM, ['patient-privacy']);
    const type = objectOf(consent['provision'])?.['type'] ?? baseRuleOf(consent);
    return isAnswer && type === 'permit' ? { ...EVERYTHING, type } : EVERYTHING;
}
function readRoot(consent, path, issues) {
    const rule = objectOf(consent['provision']) ?? {};
    const type = rule['type'] ?? baseRuleOf(consent);
    if (type !== 'permit' && type !== 'deny') {
        issues.push({
            path: `${path}.provision.type`,
            en: 'must say permit or deny (or policyRule must be OPTIN or OPTOUT): without it the Consent could be read both ways',
            zh: '必须写明 permit（同意）或 deny（不同意），或以 policyRule 注明 OPTIN、OPTOUT；否则该同意书可作两种理解',
        });
    }
    const read = readRule(rule, type === 'permit' ? 'permit' : 'deny', `${path}.provision`, issues);
    const isRestricted = hasCode(consent['policyRule'], POLICY_RULE_SYSTEM, ['OPTINR']);
    const isEvaluable = read.isEvaluable && !isRestricted && !everyVerificationFailed(consent);
    if (rule['type'] !== undefined)
        return { ...read, isEvaluable };
    // A rule without a type lists exceptions to the policy. What they mean beyond whom, what for and when differs from writer to writer.
    const isPlain = Object.keys(rule).every((it) => PLAIN_MEMBERS.includes(it));
    if (read.type === 'permit')
        return { ...read, isEvaluable: isEvaluable && NARROWING_MEMBERS.every((it) => rule[it] === undefined) };
    return { ...EVERYTHING, isEvaluable: isEvaluable && isPlain, validFrom: read.validFrom, validUntil: read.validUntil };
}
/** Members of a rule without a type that leave no doubt. */
const PLAIN_MEMBERS = ['id', 'period', 'provision'];
/** Members that, without a type, may be what is permitted or what is not. */
const NARROWING_MEMBERS = ['dataPeriod', 'data', 'securityLabel'];
function readNested(root, path, issues) {
    const rules = objectsOf(root['provision']);
    if (rules.length > NESTED_MAX) {
        issues.push({ path: `${path}.provision`, en: `has more than ${NESTED_MAX} rules`, zh: `例外规则超过 ${NESTED_MAX} 条` });
    }
    return rules.map((rule, index) => {
        const place = `${path}.provision[${index}]`;
        const { type } = rule;
        if (type !== 'permit' && type !== 'deny') {
            issues.push({ path: `${place}.type`, en: 'must say permit or deny', zh: '必须写明 permit（同意）或 deny（不同意）' });
        }
        if (rule['provision'] !== undefined) {
            issues.push({
                path: `${place}.provision`,
                en: 'lies too deep: a rule may have exceptions, an exception may not (IHE PCF)',
                zh: '嵌套过深：规则可以有例外，例外不得再有例外（IHE PCF）',
            });
        }
        return readRule(rule, type === 'permit' ? 'permit' : 'deny', place, issues);
    });
}
function baseRuleOf(consent) {
    const codes = codingsOf(consent['policyRule']).flatMap((it) => (it['system'] === POLICY_RULE_SYSTEM ? (textOf(it['code']) ?? []) : []));
    const rules = new Set(codes.flatMap((it) => BASE_RULES.get(it) ?? []));
    return rules.has('deny') ? 'deny' : [...rules][0];
}
function everyVerificationFailed(consent) {
    const verifications = objectsOf(consent['verification']);
    return verifications.length > 0 && verifications.every((it) => it['verified'] !== true);
}
/** A modifier that is not understood may turn the meaning round (R4, 2.4.2): nothing can be made of such a Consent. */
function refuseModifiers(consent, path, issues) {
    const visit = (value, place) => {
        for (const [name, member] of Object.entries(value)) {
            if (name === 'modifierExtension') {
                issues.push({ path: `${place}.${name}`, en: 'is not understood here', zh: '本系统无法理解该修饰扩展' });
            }
            else
                objectsOf(member).forEach((it, index) => visit(it, Array.isArray(member) ? `${place}.${name}[${index}]` : `${place}.${name}`));
        }
    };
    visit(consent, path);
}
