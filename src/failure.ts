/**
 * Every way in which a request cannot be served, in the words of the domain.
 *
 * `faces/shown-failures.ts` alone decides how each of them is shown to a caller.
 */
export type FailureCode =
  // The request itself.
  | 'malformed' // not JSON, not a Bundle, an element of the wrong form
  | 'parameter-invalid' // a query, path or header value of the wrong form
  | 'not-supported' // well-formed, but outside of what this server offers
  | 'media-type-unsupported'
  | 'not-acceptable'
  | 'too-large'
  // Who calls.
  | 'token-missing'
  | 'token-invalid'
  | 'scope-insufficient'
  | 'practitioner-missing' // a look-up that names no acting clinician
  | 'not-owner' // another institution's record
  | 'consent-required' // said whether or not there is anything to see
  | 'domain-unknown' // identifiers are asked for of a system that nobody here uses (IHE ITI-83)
  // What is asked for.
  | 'not-found'
  | 'gone'
  | 'method-not-allowed'
  // What is sent.
  | 'rule-violated' // a business rule: a report without a code, a date in the future, a wrong checksum
  | 'identity-mismatch' // the same document with another name or birth date
  | 'reference-unresolved'
  | 'precondition-failed' // a conditional reference or criterion that meets none or several
  | 'conflict' // another answer was given before
  // What the exchange cannot do now.
  | 'too-many-requests'
  | 'busy'
  | 'overloaded' // more requests than can be worked on: refused before any data are looked at
  | 'timeout'
  | 'database-unavailable'
  | 'internal'; // a fault of the exchange; what it was stands in the log alone

/** What kind of reason it is, in the words of FHIR's IssueType value set (http://hl7.org/fhir/R4/valueset-issue-type.html). */
export type IssueType =
  | 'invalid'
  | 'structure'
  | 'required'
  | 'value'
  | 'invariant'
  | 'security'
  | 'login'
  | 'unknown'
  | 'expired'
  | 'forbidden'
  | 'suppressed'
  | 'processing'
  | 'not-supported'
  | 'duplicate'
  | 'multiple-matches'
  | 'not-found'
  | 'deleted'
  | 'too-long'
  | 'code-invalid'
  | 'extension'
  | 'too-costly'
  | 'business-rule'
  | 'conflict'
  | 'transient'
  | 'lock-error'
  | 'no-store'
  | 'exception'
  | 'timeout'
  | 'incomplete'
  | 'throttled'
  | 'informational';

/** One reason of a failure, in both languages, with the place in the input it is about. */
export interface Issue {
  /** FHIRPath-like place in the input, such as `Bundle.entry[3].resource.subject`. */
  readonly path?: string;
  readonly en: string;
  readonly zh: string;
  /** Where one failure has reasons of several kinds; else the kind follows from the failure's code. */
  readonly kind?: IssueType;
  /** `error` unless said otherwise: a failure may carry warnings beside its errors. */
  readonly severity?: 'error' | 'warning' | 'information';
  /** What a program may take it for beside the failure's code. */
  readonly coding?: { readonly system: string; readonly code: string };
}

/** Faults that one answer names: further ones help nobody. */
const FAULTS_MAX = 1_000;

/** Of many faults as many as one answer names; how many more there are is said last. */
export function firstIssues(issues: readonly Issue[]): readonly Issue[] {
  const more = issues.length - FAULTS_MAX;
  return more <= 0 ? issues : [...issues.slice(0, FAULTS_MAX), { en: `and ${more} faults more`, zh: `另有 ${more} 处错误` }];
}

/** How a person's consent was decided on: by what right, `none` where there is none, and the consents or policies that say so. */
export interface DecidedConsent {
  readonly basis: 'consent' | 'policy' | 'emergency' | 'none';
  readonly consents: readonly string[];
}

/**
 * A request that cannot be served, and what the caller can do about it.
 *
 * A Failure knows nothing of HTTP. "No" as an answer (a result that may not be recognised) is not a Failure; rules return it
 * as a value.
 */
export class Failure extends Error {
  override readonly name = 'Failure';
  readonly code: FailureCode;
  readonly issues: readonly Issue[];
  /** Whose data was asked for, as far as it was known: the access log names that person. */
  readonly person: bigint | undefined;
  /** What was decided of that person's consent, where it was asked: the access log has an entry of its own for it. */
  readonly decision: DecidedConsent | undefined;
  /** Seconds after which another try is worth it, for the failures that pass by themselves. */
  readonly retryAfterSeconds: number | undefined;

  constructor(
    code: FailureCode,
    issues: Issue | readonly Issue[],
    more: { person?: bigint; decision?: DecidedConsent | undefined; retryAfterSeconds?: number; cause?: unknown } = {},
  ) {
    const list = Array.isArray(issues) ? (issues as readonly Issue[]) : [issues as Issue];
    super(list.map((it) => (it.path ? `${it.path}: ${it.en}` : it.en)).join('; '), { cause: more.cause });
    this.code = code;
    this.issues = list;
    this.person = more.person;
    this.decision = more.decision;
    this.retryAfterSeconds = more.retryAfterSeconds;
  }
}
