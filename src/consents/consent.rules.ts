import { CATEGORIES, type Category } from '../resources/category.ts';
import type { Permission } from '../resources/custody.ts';

/** What one Consent says, as far as the decision needs it. */
export interface Consent {
  readonly decision: 'permit' | 'deny';
  /** Neither draft, proposed, rejected, withdrawn (inactive) nor entered in error. */
  readonly active: boolean;
  /** Numbers of the institutions it is about; empty: any. */
  readonly grantees: readonly number[];
  /** The kinds of result it is about; empty: all of them, and what belongs to none. */
  readonly categories: readonly Category[];
  /** The purposes (v3-ActReason) it is about; empty: any. */
  readonly purposes: readonly string[];
  /** Both ends count; `null` is open. */
  readonly validFrom: Date | null;
  readonly validUntil: Date | null;
}

/** Who asks, what for, and when. */
export interface Question {
  readonly institution: number;
  readonly purpose: string;
  /** The purpose is an emergency one and its written reason was given. */
  readonly emergency: boolean;
  readonly at: Date;
}

/**
 * The policy for emergencies, which break-glass needs beside the right and the purpose (IHE PCF, Policy-break-glass-only): whether a
 * denial stands against one.
 *
 * To save life or health no consent is needed (个人信息保护法 art. 13 (4)), so neither a missing consent nor a general denial does. A denial
 * that names the emergency purpose itself was given for this very case, and holds.
 */
function holdsInEmergency(denial: Consent): boolean {
  return denial.purposes.length > 0;
}

/** Whether the consent is about this question at all: active, its period, this institution, this purpose. */
function isInForce(consent: Consent, question: Question): boolean {
  return (
    consent.active &&
    (consent.validFrom === null || consent.validFrom <= question.at) &&
    (consent.validUntil === null || question.at <= consent.validUntil) &&
    (consent.grantees.length === 0 || consent.grantees.includes(question.institution)) &&
    (consent.purposes.length === 0 || consent.purposes.includes(question.purpose))
  );
}

/**
 * May this institution see the patient's results of this category from other institutions?
 *
 * A denial in force always wins, whoever else permits; without any consent in force the answer is no (HL7 v3 OPTIN). A consent for
 * some categories says nothing about the others: denying imaging denies imaging alone.
 */
export function isPermitted(consents: readonly Consent[], category: Category, question: Question): boolean {
  const inForce = consents.filter((it) => isInForce(it, question) && (it.categories.length === 0 || it.categories.includes(category)));
  if (inForce.some((it) => it.decision === 'deny' && (!question.emergency || holdsInEmergency(it)))) return false;
  return question.emergency || inForce.some((it) => it.decision === 'permit');
}

/**
 * Everything this institution may see, and why.
 *
 * What belongs to no category (encounters, conditions …) is permitted only by a consent about everything, and only while nothing at all is
 * denied.
 */
export function decidePermission(consents: readonly Consent[], question: Question): Permission {
  const categories = CATEGORIES.filter((it) => isPermitted(consents, it, question));
  if (categories.length === 0) return { basis: 'none', categories, uncategorised: false, sensitivities: [], consents: [] };

  const everythingAsked =
    question.emergency || consents.some((it) => it.decision === 'permit' && it.categories.length === 0 && isInForce(it, question));
  return {
    basis: question.emergency ? 'emergency' : 'consent',
    categories,
    uncategorised: everythingAsked && categories.length === CATEGORIES.length,
    sensitivities: [],
    consents: [],
  };
}

/**
 * Whether an institution may know of a consent: one it recorded itself, or a permit by which it may look. What others recorded against it
 * stays between them and the patient.
 */
export function isVisible(consent: Consent & { readonly recordedBy: number }, institution: number, now: Date): boolean {
  if (consent.recordedBy === institution) return true;
  const over = consent.validUntil !== null && consent.validUntil < now;
  return (
    consent.active && !over && consent.decision === 'permit' && (consent.grantees.length === 0 || consent.grantees.includes(institution))
  );
}
