import type { Certificate } from '../catalogue/certificates/find-certificates.ts';
import type { CatalogueItem } from '../catalogue/items/find-items.ts';
import type { RuleSet } from '../catalogue/rules/rule-set.ts';
import type { Permission } from '../resources/custody.ts';
import type { ReasonCode } from './reason.rules.ts';
import type { Window } from './window.rules.ts';

/** Whether a result carries a valid HR mark: the certificate it rests on, or why it carries none. */
export type MarkFinding =
  | { readonly certificate: Certificate }
  | { readonly reason: 'no-hr-mark' | 'certificate-lapsed' | 'scope-mismatch' };

/** What the rules must know of a prior result. */
export interface Candidate {
  /** Settles the order between equals. */
  readonly reference: string;
  /** The report it belongs to, or is. */
  readonly report: string;
  /** Number of the institution that issued it. */
  readonly institution: number;
  /** Level of that institution, 1 to 3; `null` counts as the lowest. */
  readonly level: number | null;
  /** Codes of the alliances that institution is a member of. */
  readonly alliances: readonly string[];
  /** Statuses of the report and, where the result is a part of it, of that part (FHIR R4 DiagnosticReport.status, Observation.status). */
  readonly statuses: readonly string[];
  /** Whether it says anything: a measurement that failed does not. */
  readonly hasValue: boolean;
  /** Sampling or examination; the earliest moment its text can mean. */
  readonly performedAt: Date | undefined;
  readonly reportedAt: Date | undefined;
  readonly mark: MarkFinding;
  /** Its unit beside that of the item; `none`: there is nothing to compare. */
  readonly unit: 'comparable' | 'converted' | 'not-comparable' | 'none';
  /** Images or curves; `not-needed`: the item has none. */
  readonly originals: 'retrievable' | 'missing' | 'not-needed';
  /** Whether the patient was treated between its sampling or examination and now; `unknown` where nobody said. */
  readonly treatedSince: 'yes' | 'no' | 'unknown';
}

/** What holds for every item and result of a check. */
export interface Situation {
  readonly now: Date;
  /** The rules of the region of the asking institution. */
  readonly rules: RuleSet;
  readonly receiver: { readonly institution: number; readonly level: number | null; readonly alliances: readonly string[] };
  readonly permission: Pick<Permission, 'categories' | 'sensitivities'>;
  /** The caller's name or birth date of the patient differs from what the identity documents say. */
  readonly identityDoubt: boolean;
}

/** Reports whose content stands (R4 DiagnosticReport.status). */
const FINAL = ['final', 'amended', 'corrected', 'appended'];

/** Reports and measurements that were taken back, or never came about. */
const WITHDRAWN = ['entered-in-error', 'cancelled'];

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;

/** A rule that a single result can break, with the reason that is given then. */
interface Rule {
  readonly reason: ReasonCode;
  isBroken(candidate: Candidate, about: { readonly item: CatalogueItem; readonly window: Window }, situation: Situation): boolean;
}

/** Who breaks one of these has a result that is not shown at all. */
const RULES_OF_SHOWING: readonly Rule[] = [
  // Recognition is between institutions. Where the region lets campuses recognise their own, the last hours do not count.
  {
    reason: 'own-hospital',
    isBroken: (it, _, situation) => it.institution === situation.receiver.institution && !isOwnUsable(it, situation),
  },
  { reason: 'withdrawn', isBroken: (it) => isWithdrawn(it) },
  { reason: 'no-value', isBroken: (it) => !it.hasValue },
];

/** Who breaks one of these has a result that may be read, and not recognised. */
const RULES_OF_RECOGNITION: readonly Rule[] = [
  { reason: 'identity-doubt', isBroken: (_, __, situation) => situation.identityDoubt },
  { reason: 'not-final', isBroken: (it) => !isWithdrawn(it) && !it.statuses.every((status) => FINAL.includes(status)) },
  // The window counts from sampling, examination or report, as the list says; its last minute still counts.
  { reason: 'time-unknown', isBroken: (it, { window }) => countedFrom(it, window) === undefined },
  { reason: 'stale', isBroken: (it, { window }, { now }) => now.getTime() > (lastMoment(it, window) ?? Number.POSITIVE_INFINITY) },
  { reason: 'intervention-since', isBroken: (it, { window }) => window.withoutTreatment && it.treatedSince === 'yes' },
  // Quality is the bottom line: an HR mark by a certificate that covered the sampling or examination and reaches the asking institution.
  { reason: 'no-hr-mark', isBroken: (it, _, { rules }) => rules.hrMarkRequired && markFault(it) === 'no-hr-mark' },
  { reason: 'scope-mismatch', isBroken: (it, _, { rules }) => rules.hrMarkRequired && markFault(it) === 'scope-mismatch' },
  { reason: 'certificate-lapsed', isBroken: (it, _, { rules }) => rules.hrMarkRequired && markFault(it) === 'certificate-lapsed' },
  { reason: 'level-rule', isBroken: (it, _, { rules, receiver }) => rules.levelRule === 'same-or-higher' && !isOfLevel(it, receiver) },
  { reason: 'negative-list', isBroken: (_, { item }) => item.negative !== null },
  { reason: 'unit-not-comparable', isBroken: (it) => it.unit === 'not-comparable' },
  { reason: 'originals-missing', isBroken: (it, { item }) => item.originalsRequired && it.originals !== 'retrievable' },
];

/** A result with every rule it breaks. */
export interface Judged<C extends Candidate> {
  readonly candidate: C;
  /** Whether it may be shown at all. */
  readonly isShown: boolean;
  /** In the order of the reasons; of a result that cannot be shown, only what keeps it from that. None: it may be recognised. */
  readonly reasons: readonly ReasonCode[];
  /** What its window counts from, in milliseconds; `undefined` where that time is not known. */
  readonly countedFrom: number | undefined;
  /** The last moment at which it may be recognised, in milliseconds. */
  readonly validUntil: number | undefined;
}

const NO_REASONS: readonly ReasonCode[] = [];

/** Judges one result of an item by every rule there is. */
export function judgeCandidate<C extends Candidate>(candidate: C, item: CatalogueItem, window: Window, situation: Situation): Judged<C> {
  const about = { item, window };
  const hiding = broken(RULES_OF_SHOWING, candidate, about, situation);
  return {
    candidate,
    isShown: hiding.length === 0,
    reasons: hiding.length > 0 ? hiding : broken(RULES_OF_RECOGNITION, candidate, about, situation),
    countedFrom: countedFrom(candidate, window),
    validUntil: lastMoment(candidate, window),
  };
}

function broken(rules: readonly Rule[], ...facts: Parameters<Rule['isBroken']>): readonly ReasonCode[] {
  let reasons: ReasonCode[] | undefined;
  for (const rule of rules) if (rule.isBroken(...facts)) (reasons ??= []).push(rule.reason);
  return reasons ?? NO_REASONS;
}

/** Recognisable ones first, then the newer, then that of the higher level; the reference settles the rest. Negative: `a` goes first. */
export function byRank(a: Judged<Candidate>, b: Judged<Candidate>): number {
  return (
    Number(a.reasons.length > 0) - Number(b.reasons.length > 0) ||
    (b.countedFrom ?? 0) - (a.countedFrom ?? 0) ||
    (b.candidate.level ?? 0) - (a.candidate.level ?? 0) ||
    (a.candidate.reference < b.candidate.reference ? -1 : 1)
  );
}

function isOwnUsable({ performedAt, reportedAt }: Candidate, { rules, now }: Situation): boolean {
  const { recognised, exclusionHours } = rules.ownHospital;
  const at = performedAt ?? reportedAt;
  return recognised && at !== undefined && (exclusionHours === 0 || now.getTime() - at.getTime() > exclusionHours * HOUR_MS);
}

function isWithdrawn({ statuses }: Candidate): boolean {
  return statuses.some((it) => WITHDRAWN.includes(it));
}

/** Same level mutually, upper to lower; lower to upper only within a common alliance. */
function isOfLevel(candidate: Candidate, receiver: Situation['receiver']): boolean {
  return (candidate.level ?? 0) >= (receiver.level ?? 0) || candidate.alliances.some((it) => receiver.alliances.includes(it));
}

function markFault({ mark }: Candidate) {
  return 'reason' in mark ? mark.reason : undefined;
}

function countedFrom({ performedAt, reportedAt }: Candidate, { basis }: Window): number | undefined {
  return (basis === 'reported' ? reportedAt : performedAt)?.getTime();
}

function lastMoment(candidate: Candidate, window: Window): number | undefined {
  const from = countedFrom(candidate, window);
  return from === undefined ? undefined : from + window.minutes * MINUTE_MS;
}
