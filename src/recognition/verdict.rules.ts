import type { CatalogueItem } from '../catalogue/items/find-items.ts';
import { byRank, type Candidate, type Judged, judgeCandidate, type Situation } from './candidate.rules.ts';
import { inOrder, type ReasonCode } from './reason.rules.ts';
import { type Window, windowOf } from './window.rules.ts';

/**
 * What the receiving clinician may do with what there is of an item:
 *
 * - `recognisable`: a result that may be recognised; its examination need not be repeated.
 * - `reference-only`: a result that may be read, but fails a rule of recognition.
 * - `none`: nothing that could be shown.
 * - `consent-required`: the patient has not permitted a look, so nothing is said about what there is.
 * - `unknown-item`: the list of recognisable items does not have it.
 */
export type Verdict = 'recognisable' | 'reference-only' | 'none' | 'consent-required' | 'unknown-item';

/** An item that is asked about, and the prior results of it. */
export interface ItemFacts<C extends Candidate> {
  /** The item, or the local code that stands for several. */
  readonly code: string;
  /** `undefined`: the edition in force does not have it. */
  readonly item: CatalogueItem | undefined;
  readonly candidates: readonly C[];
  /** How many more there are that could be shown and would change nothing. */
  readonly further?: number | undefined;
}

/** A result that may be shown, with every reason against recognising it, and until when it can be; `undefined` where its time is not known. */
export interface Shown<C extends Candidate> {
  readonly candidate: C;
  readonly reasons: readonly ReasonCode[];
  readonly validUntil: Date | undefined;
}

export interface ItemVerdict<C extends Candidate> {
  readonly code: string;
  readonly item: CatalogueItem | undefined;
  readonly verdict: Verdict;
  /** Every reason that applies: to the best result, or, where none can be shown, to all of them. Empty: recognisable. */
  readonly reasons: readonly ReasonCode[];
  readonly window: Window | undefined;
  /** The best result; of a panel the best of the report that answers most of it. */
  readonly best: Shown<C> | undefined;
  /** How many more could be shown. */
  readonly others: number;
}

/**
 * May the examination be spared? Decided from facts and time alone.
 *
 * A prior result is recognisable when it breaks none of the rules of `candidate.rules.ts`, the item is in the edition in force, the
 * patient's consent covers the kind of the item and, where the item is a sensitive one, names that kind of information, and nothing speaks
 * against the patient being the one who is meant.
 *
 * Of several results a recognisable one goes before others, then the newer, then that of the institution of the higher level.
 */
export function judgeItem<C extends Candidate>(facts: ItemFacts<C>, situation: Situation): ItemVerdict<C> {
  const closed = judgeBeforehand(facts, situation);
  if (closed) return closed;
  const { code, item, candidates } = facts as ItemFacts<C> & { item: CatalogueItem };
  const window = windowOf(item, situation.rules);

  let best: Judged<C> | undefined;
  let shown = 0;
  const hiding = new Set<ReasonCode>();
  for (const candidate of candidates) {
    const judged = judgeCandidate(candidate, item, window, situation);
    if (judged.isShown) {
      shown++;
      if (!best || byRank(judged, best) < 0) best = judged;
    } else for (const reason of judged.reasons) hiding.add(reason);
  }
  if (best) return answerWith(best, { code, item, window, others: shown - 1 + (facts.further ?? 0) });
  const reasons = hiding.size === 0 ? (['no-result'] as const) : inOrder(hiding);
  return { code, item, verdict: 'none', reasons, window, best: undefined, others: 0 };
}

/**
 * The answers that do not depend on what there is, and must not: an unknown item, no consent, a doubt about who the patient is where the
 * rules refuse then. `undefined`: the results have to be looked at.
 */
export function judgeBeforehand<C extends Candidate>(facts: ItemFacts<C>, situation: Situation): ItemVerdict<C> | undefined {
  const { code, item } = facts;
  const nothing = { code, item, best: undefined, others: 0 };
  if (!item) return { ...nothing, verdict: 'unknown-item', reasons: ['unknown-item'], window: undefined };
  const { permission, identityDoubt, rules } = situation;
  const missing: ReasonCode[] = [];
  if (!permission.categories.includes(item.kind)) missing.push('consent-required');
  if (item.sensitivity !== null && !permission.sensitivities.includes(item.sensitivity)) missing.push('sensitive-not-consented');
  const window = windowOf(item, rules);
  if (missing.length > 0) return { ...nothing, verdict: 'consent-required', reasons: missing, window };
  if (identityDoubt && rules.refuseOnIdentityDoubt) return { ...nothing, verdict: 'none', reasons: ['identity-doubt'], window };
  return undefined;
}

/** The verdict that a result gives its item. */
export function answerWith<C extends Candidate>(
  { candidate, reasons, validUntil }: Judged<C>,
  { code, item, window, others }: { code: string; item: CatalogueItem; window: Window; others: number },
): ItemVerdict<C> {
  return {
    code,
    item,
    verdict: reasons.length === 0 ? 'recognisable' : 'reference-only',
    reasons,
    window,
    best: { candidate, reasons, validUntil: validUntil === undefined ? undefined : new Date(validUntil) },
    others,
  };
}
