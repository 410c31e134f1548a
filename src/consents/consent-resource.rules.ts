import type { Issue } from '../failure.ts';
import { codingsOf, hasCode, isObject, objectOf, objectsOf, referenceOf, textOf } from '../fhir/element.ts';
import type { Json } from '../fhir/exact-json.ts';
import { CATEGORIES, type Category } from '../resources/category.ts';
import { readConsentPeriod } from './consent-period.rules.ts';
import {
  CATEGORY_SYSTEM,
  CONSENT_METHODS,
  METHOD_EXTENSION,
  PARTICIPATION_SYSTEM,
  POLICY_RULE_SYSTEM,
  PURPOSE_SYSTEM,
  SCOPE_SYSTEM,
} from './consent-vocabulary.ts';

/** Whom a Consent names as recipient: a literal reference to an Organization, or a business identifier in its place. */
export type NamedGrantee =
  | { readonly organization: string; readonly path: string }
  | { readonly identifier: string; readonly path: string };

/** What a Consent resource says, in the form the decision asks for; grantees are not resolved yet. */
export interface StatedConsent {
  /** Whether it counts at all. */
  readonly active: boolean;
  readonly decision: 'permit' | 'deny';
  readonly grantees: readonly NamedGrantee[];
  readonly categories: readonly Category[];
  readonly purposes: readonly string[];
  readonly validFrom: Date | null;
  readonly validUntil: Date | null;
  readonly method: string;
}

const STATUSES = ['draft', 'proposed', 'active', 'rejected', 'inactive', 'entered-in-error'];
/** What policyRule says of a Consent whose root rule has no type (v3-ActCode). */
const BASE_RULES: ReadonlyMap<string, 'permit' | 'deny'> = new Map([
  ['OPTIN', 'permit'],
  ['OPTINR', 'permit'],
  ['OPTOUT', 'deny'],
  ['OPTOUTE', 'deny'],
]);
/** Members of a rule that narrow it in ways this exchange cannot evaluate. */
const NOT_EVALUATED = ['action', 'securityLabel', 'code', 'dataPeriod', 'data', 'provision'];

/** Does not count: of another scope than privacy, withdrawn, or not yet or never agreed to. */
const WITHOUT_EFFECT: StatedConsent = {
  active: false,
  decision: 'deny',
  grantees: [],
  categories: [],
  purposes: [],
  validFrom: null,
  validUntil: null,
  method: 'not-stated',
};

/**
 * Reads a FHIR Consent (R4): https://hl7.org/fhir/R4/consent.html
 *
 * Grantees are `provision.actor` with the role IRCP (none: any institution), categories `provision.class` in our CodeSystem (none: all),
 * purposes `provision.purpose` (none: any), the time it counts `provision.period`; how it was given is an extension of the Consent.
 * The decision is the root rule's type (as IHE PCF has it); where that is absent, `policyRule` OPTIN or OPTOUT decides (as R4 has it),
 * and an active Consent with neither is refused, since it could be read both ways.
 *
 * **What is not evaluated here errs on the side of privacy.** A permit that is narrowed by data period, data, security label, nested
 * rules or the like permits nothing; a denial narrowed in such a way denies as if it were not. Either is stored as it came in.
 * A Consent that is not active, or of another scope than patient-privacy, is stored and has no effect.
 */
export function readConsent(consent: Json, path: string): { readonly stated: StatedConsent; readonly issues: readonly Issue[] } {
  const issues: Issue[] = [];
  const status = consent['status'];
  if (!STATUSES.includes(textOf(status) ?? '')) {
    issues.push({ path: `${path}.status`, en: `must be one of ${STATUSES.join(', ')}`, zh: `必须为 ${STATUSES.join('、')} 之一` });
  }
  if (!codingsOf(consent['scope']).some((it) => textOf(it['code']))) {
    issues.push({ path: `${path}.scope`, en: 'is missing', zh: '缺少同意书的适用范围' });
  }
  if (issues.length > 0 || status !== 'active' || !hasCode(consent['scope'], SCOPE_SYSTEM, ['patient-privacy'])) {
    return { stated: { ...WITHOUT_EFFECT, method: methodOf(consent, path, []) }, issues };
  }

  if (!referenceOf(consent['patient'])) {
    issues.push({ path: `${path}.patient.reference`, en: 'must refer to a Patient of this institution', zh: '必须引用本机构的患者' });
  }
  refuseModifiers(consent, path, issues);
  const rule = objectOf(consent['provision']) ?? {};
  const base = baseRuleOf(consent);
  const type = rule['type'] ?? base;
  if (type !== 'permit' && type !== 'deny') {
    issues.push({
      path: `${path}.provision.type`,
      en: 'must say permit or deny (or policyRule must be OPTIN or OPTOUT): without it the Consent could be read both ways',
      zh: '必须写明 permit（同意）或 deny（不同意），或以 policyRule 注明 OPTIN、OPTOUT；否则该同意书可作两种理解',
    });
  }
  const decision = type === 'permit' ? 'permit' : 'deny';
  const read = readRule(rule, `${path}.provision`, issues);
  const narrowed = read.narrowed || everyVerificationFailed(consent) || hasCode(consent['policyRule'], POLICY_RULE_SYSTEM, ['OPTINR']);
  // A rule without a type lists exceptions to the policy; of an opt-out they are not evaluated, so it stands without them.
  const whole = decision === 'deny' && rule['type'] === undefined;
  return {
    issues,
    stated: {
      active: decision === 'deny' || !narrowed,
      decision,
      grantees: whole ? [] : read.grantees,
      categories: whole ? [] : read.categories,
      purposes: whole ? [] : read.purposes,
      ...readConsentPeriod(rule['period'], `${path}.provision.period`, issues),
      method: methodOf(consent, path, issues),
    },
  };
}

interface ReadRule extends Pick<StatedConsent, 'grantees' | 'categories' | 'purposes'> {
  /** Something narrows the rule that this exchange cannot evaluate; in that respect the lists are as wide as without it. */
  readonly narrowed: boolean;
}

function readRule(rule: Json, path: string, issues: Issue[]): ReadRule {
  const actors = readActors(rule, path);
  const classes = objectsOf(rule['class']);
  const categories = CATEGORIES.filter((category) => classes.some((it) => it['system'] === CATEGORY_SYSTEM && it['code'] === category));
  classes.forEach((coding, index) => {
    if (coding['system'] === CATEGORY_SYSTEM && !CATEGORIES.some((it) => it === coding['code'])) {
      issues.push({
        path: `${path}.class[${index}].code`,
        en: `must be one of ${CATEGORIES.join(', ')}`,
        zh: `必须为 ${CATEGORIES.join('、')} 之一`,
      });
    }
  });
  const foreignClass = classes.some((it) => it['system'] !== CATEGORY_SYSTEM);
  const codings = objectsOf(rule['purpose']);
  const purposes = codings.flatMap((it) => (it['system'] === PURPOSE_SYSTEM ? (textOf(it['code']) ?? []) : []));
  const foreignPurpose = purposes.length < codings.length;
  return {
    grantees: actors.foreign ? [] : actors.grantees,
    categories: foreignClass ? [] : categories,
    purposes: foreignPurpose ? [] : purposes,
    narrowed: actors.foreign || foreignClass || foreignPurpose || NOT_EVALUATED.some((it) => rule[it] !== undefined),
  };
}

/** The recipients a rule names; `foreign` where it names anybody in another role, or a recipient that is no Organization. */
function readActors(rule: Json, path: string): { readonly grantees: readonly NamedGrantee[]; readonly foreign: boolean } {
  const actors = objectsOf(rule['actor']);
  const grantees = actors.flatMap((actor, index): readonly NamedGrantee[] => {
    if (!hasCode(actor['role'], PARTICIPATION_SYSTEM, ['IRCP'])) return [];
    const at = `${path}.actor[${index}].reference`;
    const reference = referenceOf(actor['reference']);
    const organization = /(?:^|\/)Organization\/([A-Za-z0-9.-]{1,64})(?:\/_history\/[^/]+)?$/.exec(reference ?? '')?.[1];
    if (organization) return [{ organization, path: at }];
    const identifier = isObject(actor['reference']) ? textOf(objectOf(actor['reference']['identifier'])?.['value']) : undefined;
    return identifier && !reference ? [{ identifier, path: at }] : [];
  });
  return { grantees, foreign: grantees.length < actors.length };
}

function baseRuleOf(consent: Json): 'permit' | 'deny' | undefined {
  const codes = codingsOf(consent['policyRule']).flatMap((it) => (it['system'] === POLICY_RULE_SYSTEM ? (textOf(it['code']) ?? []) : []));
  const rules = new Set(codes.flatMap((it) => BASE_RULES.get(it) ?? []));
  return rules.has('deny') ? 'deny' : [...rules][0];
}

function everyVerificationFailed(consent: Json): boolean {
  const verifications = objectsOf(consent['verification']);
  return verifications.length > 0 && verifications.every((it) => it['verified'] !== true);
}

function methodOf(consent: Json, path: string, issues: Issue[]): string {
  const extensions = objectsOf(consent['extension']);
  const index = extensions.findIndex((it) => it['url'] === METHOD_EXTENSION);
  const code = extensions[index]?.['valueCode'];
  if (index < 0) return 'not-stated';
  const method = CONSENT_METHODS.find((it) => it === code);
  if (method) return method;
  const place = `${path}.extension[${index}].valueCode`;
  issues.push({ path: place, en: `must be one of ${CONSENT_METHODS.join(', ')}`, zh: `必须为 ${CONSENT_METHODS.join('、')} 之一` });
  return 'not-stated';
}

/** A modifier that is not understood may turn the meaning round (R4, 2.4.2): nothing can be made of such a Consent. */
function refuseModifiers(consent: Json, path: string, issues: Issue[]): void {
  const visit = (value: Json, place: string): void => {
    for (const [name, member] of Object.entries(value)) {
      if (name === 'modifierExtension') {
        issues.push({ path: `${place}.${name}`, en: 'is not understood here', zh: '本系统无法理解该修饰扩展' });
      } else objectsOf(member).forEach((it, index) => visit(it, Array.isArray(member) ? `${place}.${name}[${index}]` : `${place}.${name}`));
    }
  };
  visit(consent, path);
}
