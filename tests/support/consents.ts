import type { Question } from '../../src/consents/applicable.rules.ts';
import type { Consent } from '../../src/consents/consent.rules.ts';
import type { ConsentRules, Rule } from '../../src/consents/consent-rule.ts';
import type { Category } from '../../src/resources/category.ts';

export const NOW = new Date('2026-03-01T12:00:00.000Z');
export const HOSPITAL_A = 6;
export const HOSPITAL_B = 7;
export const HOSPITAL_C = 8;

/** A rule that names nothing but its type. */
export function rule(more: Partial<Rule> & Pick<Rule, 'type'>): Rule {
  return {
    isEvaluable: true,
    recipients: { institutions: [], organizations: [], people: [] },
    validFrom: null,
    validUntil: null,
    purposes: [],
    categories: [],
    dataPeriod: null,
    labels: [],
    data: null,
    ...more,
  };
}

/** Recipients of a rule. */
export function to(more: Partial<Rule['recipients']>): Pick<Rule, 'recipients'> {
  return { recipients: { institutions: [], organizations: [], people: [], ...more } };
}

let made = 0;

/** An active consent with a root rule and exceptions to it. */
export function consent(root: Rule, ...nested: readonly Rule[]): Consent {
  made += 1;
  return { reference: `Consent/${String(made).padStart(6, '0')}/_history/1`, active: true, rules: { root, nested } satisfies ConsentRules };
}

/** A consent without exceptions, as the first release knew it. */
export interface FlatConsent {
  readonly decision: 'permit' | 'deny';
  readonly active: boolean;
  readonly grantees: readonly number[];
  readonly categories: readonly Category[];
  readonly purposes: readonly string[];
  readonly validFrom: Date | null;
  readonly validUntil: Date | null;
}

export function flatConsent({ decision, active, grantees, validFrom, validUntil, ...more }: FlatConsent): Consent {
  const root = rule({
    ...more,
    ...to({ institutions: grantees }),
    type: decision,
    validFrom: validFrom?.toISOString() ?? null,
    validUntil: validUntil?.toISOString() ?? null,
  });
  return { ...consent(root), active };
}

/** Hospital B asks for treatment, now; where no consent is on file, nothing but an emergency opens. */
export const question: Question = {
  asker: { institutions: [HOSPITAL_B], organizations: ['org-b'], people: new Map() },
  purpose: 'TREAT',
  emergency: false,
  at: NOW,
  policy: 'break-glass-only',
};

export const emergency: Question = { ...question, purpose: 'BTG', emergency: true };

/** A FHIR Consent of a patient, by logical id or by the `urn:` of an entry of the same Bundle. */
export function fhirConsent(patient: string, provision: object): object {
  return {
    resourceType: 'Consent',
    status: 'active',
    scope: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/consentscope', code: 'patient-privacy' }] },
    category: [{ coding: [{ system: 'http://loinc.org', code: '59284-0' }] }],
    patient: { reference: patient.startsWith('urn:') ? patient : `Patient/${patient}` },
    policy: [{ uri: 'https://example.org/policy' }],
    provision,
  };
}
