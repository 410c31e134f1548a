import type { Category } from '../resources/category.ts';

/** Data that a rule names by a resource. */
export interface NamedData {
  readonly kind: 'instance' | 'related' | 'authoredby';
  /** As the Consent writes it; an author may be named by a credit code in its place. */
  readonly reference: string | null;
  readonly target: { readonly type: string; readonly id: string } | null;
  readonly identifier?: string;
  /** Number of the institution that is the author, once it was looked up. */
  readonly institution?: number;
}

/** Everything in a rule but whom it is about. Kept as JSON beside the consent. */
export interface RuleBody {
  readonly type: 'permit' | 'deny';
  /** `false`: something narrows it that this exchange cannot evaluate; it is as wide here as without that. */
  readonly isEvaluable: boolean;
  /** When the rule itself holds, ISO, both ends; `null` is open. */
  readonly validFrom: string | null;
  readonly validUntil: string | null;
  /** v3-ActReason; empty: any. */
  readonly purposes: readonly string[];
  /** Empty: all of them, and what belongs to none. */
  readonly categories: readonly Category[];
  /** The date of the data, as it was written; `null`: any. */
  readonly dataPeriod: { readonly start?: string; readonly end?: string } | null;
  /** Marks of confidentiality and sensitivity codes; empty: any. */
  readonly labels: readonly string[];
  /** Any of these; `null`: whatever it is. */
  readonly data: readonly NamedData[] | null;
}

/** Whom a rule is about: any of these; anybody where none is named. */
export interface Recipients {
  /** Numbers of institutions; each means its sub-units as well. */
  readonly institutions: readonly number[];
  /** Logical ids of Organizations that take no part themselves, but have parts that do. */
  readonly organizations: readonly string[];
  /** Practitioners, PractitionerRoles, Groups and CareTeams: `Type/id`. */
  readonly people: readonly string[];
}

/** One rule of a consent, ready to be asked. */
export interface Rule extends RuleBody {
  readonly recipients: Recipients;
}

/** A consent's own rule and the exceptions to it. */
export interface ConsentRules {
  readonly root: Rule;
  readonly nested: readonly Rule[];
  /** Where the people that the rules name stand, as far as it is here; numbers as texts. */
  readonly people?: readonly { readonly type: string; readonly person: string; readonly id: string }[];
}

/** Whom a Consent names as recipient, before it is looked up. */
export type NamedRecipient =
  | { readonly organization: string; readonly path: string }
  | { readonly identifier: string; readonly path: string }
  | { readonly people: string; readonly path: string };

/** A rule as the resource states it. */
export interface StatedRule extends RuleBody {
  readonly recipients: readonly NamedRecipient[];
}
