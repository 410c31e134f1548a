import type { Mark } from '../catalogue/certificates/mark.rules.ts';
import type { CatalogueItem } from '../catalogue/items/find-items.ts';
import type { RuleSet } from '../catalogue/rules/rule-set.ts';
import type { Permission } from '../resources/custody.ts';
import type { ReasonCode } from './reason.rules.ts';
import type { Window } from './window.rules.ts';

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
  /** The certificate its HR mark rests on, or why it carries none that counts here. */
  readonly mark: Mark;
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

/** A result as the rules look at it. */
interface Examined {
  readonly candidate: Candidate;
  readonly item: CatalogueItem;
  readonly window: Window;
  readonly situation: Situation;
  /** What its window counts from, and its last moment, in milliseconds; `undefined` where that time is not known. */
  readonly countedFrom: number | undefined;
  readonly validUntil: number | undefined;
}

/** A rule that a single result can break, with the reason that is given then. */
interface Rule {
  readonly reason: ReasonCode;
  isBroken(it: Examined): boolean;
}

/** What breaks one of these is not shown at all. */
const RULES_OF_SHOWING: readonly Rule[] = [
  // Recognition is between institutions. Where the region lets campuses recognise their own, the last hours do not count.
  { reason: 'own-hospital', isBroken: ({ candidate, situation }) => isOwn(candidate, situation) && !isOwnUsable(candidate, situation) },
  { reason: 'withdrawn', isBroken: ({ candidate }) => isWithdrawn(candidate) },
  { reason: 'no-value', isBroken: ({ candidate }) => !candidate.hasValue },
];

/** What breaks one of these may be read, and not recognised. */
const RULES_OF_RECOGNITION: readonly Rule[] = [
  { reason: 'identity-doubt', isBroken: ({ situation }) => situation.identityDoubt },
  { reason: 'not-final', isBroken: ({ candidate }) => !isFinal(candidate) },
  // The window counts from sampling, examination or report, as the list says; its last moment still counts.
  { reason: 'time-unknown', isBroken: ({ validUntil }) => validUntil === undefined },
  { reason: 'stale', isBroken: ({ validUntil, situation }) => validUntil !== undefined && situation.now.getTime() > validUntil },
  { reason: 'intervention-since', isBroken: ({ candidate, window }) => window.withoutTreatment && candidate.treatedSince === 'yes' },
  // Quality is the bottom line: an HR mark by a certificate that covered the sampling or examination and reaches the asking institution.
  { reason: 'no-hr-mark', isBroken: (it) => lacksMark(it, 'no-hr-mark') },
  { reason: 'scope-mismatch', isBroken: (it) => lacksMark(it, 'scope-mismatch') },
  { reason: 'certificate-lapsed', isBroken: (it) => lacksMark(it, 'certificate-lapsed') },
  // Same level mutually, upper to lower; lower to upper only within a common alliance.
  {
    reason: 'level-rule',
    isBroken: ({ candidate, situation }) => situation.rules.levelRule === 'same-or-higher' && !isOfLevel(candidate, situation.receiver),
  },
  // What the list says of the item itself.
  { reason: 'negative-list', isBroken: ({ item }) => item.negative !== null },
  { reason: 'unit-not-comparable', isBroken: ({ candidate }) => candidate.unit === 'not-comparable' },
  { reason: 'originals-missing', isBroken: ({ candidate, item }) => item.originalsRequired && candidate.originals !== 'retrievable' },
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
  const countedFrom = (window.basis === 'reported' ? candidate.reportedAt : candidate.performedAt)?.getTime();
  const validUntil = countedFrom === undefined ? undefined : countedFrom + window.minutes * MINUTE_MS;
  const examined: Examined = { candidate, item, window, situation, countedFrom, validUntil };
  const hiding = broken(RULES_OF_SHOWING, examined);
  const isShown = hiding.length === 0;
  return { candidate, isShown, reasons: isShown ? broken(RULES_OF_RECOGNITION, examined) : hiding, countedFrom, validUntil };
}

function broken(rules: readonly Rule[], examined: Examined): readonly ReasonCode[] {
  let reasons: ReasonCode[] | undefined;
  for (const rule of rules) {
    if (!rule.isBroken(examined)) continue;
    if (reasons) reasons.push(rule.reason);
    else reasons = [rule.reason];
  }
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

function isOwn(candidate: Candidate, { receiver }: Situation): boolean {
  return candidate.institution === receiver.institution;
}

function isOwnUsable({ performedAt, reportedAt }: Candidate, { rules, now }: Situation): boolean {
  const { recognised, exclusionHours } = rules.ownHospital;
  const at = performedAt ?? reportedAt;
  return recognised && at !== undefined && (exclusionHours === 0 || now.getTime() - at.getTime() > exclusionHours * HOUR_MS);
}

function isWithdrawn({ statuses }: Candidate): boolean {
  return statuses.some((it) => WITHDRAWN.includes(it));
}

function isFinal({ statuses }: Candidate): boolean {
  return statuses.every((it) => FINAL.includes(it));
}

function isOfLevel(candidate: Candidate, receiver: Situation['receiver']): boolean {
  return (candidate.level ?? 0) >= (receiver.level ?? 0) || candidate.alliances.some((it) => receiver.alliances.includes(it));
}

function lacksMark({ candidate: { mark }, situation }: Examined, how: ReasonCode): boolean {
  return situation.rules.hrMarkRequired && 'reason' in mark && mark.reason === how;
}
