import type { CatalogueItem } from '../catalogue/items/find-items.ts';
import type { Category } from '../resources/category.ts';

/**
 * What the receiving clinician may do with what there is of an item:
 *
 * - `recognisable`: a result of another institution that may be recognised; its examination need not be repeated.
 * - `reference-only`: a result that may be read, but fails a rule of recognition.
 * - `none`: nothing that could be shown.
 * - `consent-required`: the patient has not permitted a look, so nothing is said about what there is.
 * - `unknown-item`: the list of recognisable items does not have it.
 */
export type Verdict = 'recognisable' | 'reference-only' | 'none' | 'consent-required' | 'unknown-item';

/** Why; a recognisable item has none. In the order in which they are given. */
export const REASON_CODES = [
  'unknown-item',
  'consent-required',
  'no-result',
  'own-hospital',
  'withdrawn',
  'no-value',
  'not-final',
  'time-unknown',
  'stale',
] as const;

export type ReasonCode = (typeof REASON_CODES)[number];

/** A region's rules, as data. */
export interface RuleSet {
  /** Names the rules for ever; a check keeps it. */
  readonly version: string;
  /** How far back a result counts where the edition names no window, by kind of item. */
  readonly lookBackMinutes: Readonly<Record<Category, number>>;
}

/** What the rules must know of a prior result. */
export interface Candidate {
  /** Settles the order between equals. */
  readonly reference: string;
  readonly institution: number;
  /** Level of that institution, 1 to 3. */
  readonly level: number | null;
  /** Statuses of the report and, where the result is a part of it, of that part (FHIR R4 DiagnosticReport.status, Observation.status). */
  readonly statuses: readonly string[];
  /** Whether it says anything: a measurement that failed does not. */
  readonly hasValue: boolean;
  /** Sampling or examination; the earliest moment its text can mean. */
  readonly performedAt: Date | undefined;
  readonly reportedAt: Date | undefined;
}

/** The window that was applied. */
export interface Window {
  readonly minutes: number;
  readonly basis: CatalogueItem['windowBasis'];
  /** `edition`: the list names it; `look-back`: the region's default. */
  readonly source: 'edition' | 'look-back';
}

/** A candidate that may be shown, and until when it can be recognised; `undefined` where its time is not known. */
export interface Shown<C extends Candidate> {
  readonly candidate: C;
  readonly validUntil: Date | undefined;
}

export interface ItemVerdict<C extends Candidate> {
  readonly verdict: Verdict;
  /** Every reason that applies: to the best candidate, or, where none can be shown, to all of them. */
  readonly reasons: readonly ReasonCode[];
  readonly window: Window | undefined;
  readonly best: Shown<C> | undefined;
  /** How many more could be shown. */
  readonly others: number;
}

export interface Facts<C extends Candidate> {
  /** `undefined`: the edition in force does not have it. */
  readonly item: CatalogueItem | undefined;
  /** The kinds of result the caller may see. */
  readonly permitted: readonly Category[];
  /** Number of the asking institution. */
  readonly receiver: number;
  readonly candidates: readonly C[];
}

/** Reports whose content stands (R4 DiagnosticReport.status). */
const FINAL = ['final', 'amended', 'corrected', 'appended'];

/** Reports and measurements that were taken back, or never came about. */
const WITHDRAWN = ['entered-in-error', 'cancelled'];

/** What keeps a result from being shown at all; the rest of the reasons keeps it from being recognised. */
const UNUSABLE: readonly ReasonCode[] = ['own-hospital', 'withdrawn', 'no-value'];

/**
 * May the examination be spared? Decided from facts and time alone.
 *
 * A prior result is recognisable when all of these hold (国卫医发〔2022〕6号, and the regions' lists with their time limits):
 * the item is in the edition in force; the patient's consent covers the kind of the item; the result comes from another institution; the
 * report, and the measurement in it, is final (or amended, corrected, appended) and not withdrawn; it has a value; and the window, counted
 * in minutes from sampling, examination or report as the edition says, has not passed. The last minute still counts.
 *
 * Of several results a recognisable one goes before others, then the newer, then that of the institution of the higher level.
 */
export function judgeItem<C extends Candidate>(facts: Facts<C>, rules: RuleSet, now: Date): ItemVerdict<C> {
  const { item, permitted } = facts;
  if (!item) return { verdict: 'unknown-item', reasons: ['unknown-item'], window: undefined, best: undefined, others: 0 };
  const window = windowOf(item, rules);
  if (!permitted.includes(item.kind)) {
    return { verdict: 'consent-required', reasons: ['consent-required'], window, best: undefined, others: 0 };
  }

  const judged = facts.candidates.map((candidate) => judgeCandidate(candidate, window, facts.receiver, now));
  const shown = judged.filter((it) => !it.reasons.some((reason) => UNUSABLE.includes(reason))).sort(byRank);
  const best = shown[0];
  if (!best) {
    const reasons = new Set(judged.flatMap((it) => it.reasons.filter((reason) => UNUSABLE.includes(reason))));
    return { verdict: 'none', reasons: reasons.size === 0 ? ['no-result'] : inOrder(reasons), window, best: undefined, others: 0 };
  }
  return {
    verdict: best.reasons.length === 0 ? 'recognisable' : 'reference-only',
    reasons: best.reasons,
    window,
    best: { candidate: best.candidate, validUntil: best.validUntil },
    others: shown.length - 1,
  };
}

function windowOf(item: CatalogueItem, rules: RuleSet): Window {
  return item.windowMinutes === null
    ? { minutes: rules.lookBackMinutes[item.kind], basis: item.windowBasis, source: 'look-back' }
    : { minutes: item.windowMinutes, basis: item.windowBasis, source: 'edition' };
}

interface Judged<C extends Candidate> extends Shown<C> {
  readonly countedFrom: Date | undefined;
  readonly reasons: readonly ReasonCode[];
}

function judgeCandidate<C extends Candidate>(candidate: C, window: Window, receiver: number, now: Date): Judged<C> {
  const countedFrom = window.basis === 'reported' ? candidate.reportedAt : candidate.performedAt;
  const validUntil = countedFrom && new Date(countedFrom.getTime() + window.minutes * 60_000);
  const withdrawn = candidate.statuses.some((it) => WITHDRAWN.includes(it));
  const reasons = new Set<ReasonCode>();
  if (candidate.institution === receiver) reasons.add('own-hospital');
  if (withdrawn) reasons.add('withdrawn');
  if (!candidate.hasValue) reasons.add('no-value');
  if (!withdrawn && !candidate.statuses.every((it) => FINAL.includes(it))) reasons.add('not-final');
  if (!validUntil) reasons.add('time-unknown');
  else if (now > validUntil) reasons.add('stale');
  return { candidate, countedFrom, validUntil, reasons: inOrder(reasons) };
}

function inOrder(reasons: ReadonlySet<ReasonCode>): readonly ReasonCode[] {
  return REASON_CODES.filter((it) => reasons.has(it));
}

function byRank(a: Judged<Candidate>, b: Judged<Candidate>): number {
  return (
    Number(a.reasons.length > 0) - Number(b.reasons.length > 0) ||
    (b.countedFrom?.getTime() ?? 0) - (a.countedFrom?.getTime() ?? 0) ||
    (b.candidate.level ?? 0) - (a.candidate.level ?? 0) ||
    (a.candidate.reference < b.candidate.reference ? -1 : 1)
  );
}
