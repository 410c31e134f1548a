import type { Practitioner } from '../security/caller.ts';
import type { Outcome } from './finding.rules.ts';

export const LEAD_STATES = ['open', 'in-review', 'closed'] as const;
export type LeadState = (typeof LEAD_STATES)[number];

/** What a reviewer closes a lead with: there was a good reason, there was none, or the data were wrong. */
export const REVIEW_OUTCOMES = ['justified', 'unjustified', 'data-error'] as const;
export type ReviewOutcome = (typeof REVIEW_OUTCOMES)[number];

/**
 * How a lead ends: as a reviewer says, or by facts that reached the exchange later: a lawful reason (`explained`), a recognition (`repeated`), the
 * report taken back (`withdrawn`), or corrected so that nothing was recognisable then (`unfounded`).
 */
export const LEAD_OUTCOMES = [...REVIEW_OUTCOMES, 'explained', 'repeated', 'withdrawn', 'unfounded'] as const;
export type LeadOutcome = (typeof LEAD_OUTCOMES)[number];

export const LEAD_EVENTS = ['opened', 'taken', 'closed', 'reopened'] as const;
export type LeadEvent = (typeof LEAD_EVENTS)[number];

/** Where a lead stands. */
export interface LeadStanding {
  readonly state: LeadState;
  readonly outcome: LeadOutcome | null;
  readonly reviewer: Practitioner | null;
}

/** What the exchange does with a lead when its finding was judged anew; `undefined`: nothing. */
export type Settlement = { readonly kind: 'opened' | 'reopened' } | { readonly kind: 'closed'; readonly outcome: LeadOutcome };

/**
 * What a finding means for its lead (`undefined`: there is none yet). A lead that a reviewer closed stays closed whatever is found later; one that the exchange
 * closed opens again when its ground is gone.
 */
export function settle(outcome: Outcome, lead: LeadStanding | undefined): Settlement | undefined {
  if (outcome === 'unexplained') {
    if (!lead) return { kind: 'opened' };
    return lead.state === 'closed' && !isOfReviewer(lead.outcome) ? { kind: 'reopened' } : undefined;
  }
  if (!lead || isOfReviewer(lead.outcome)) return undefined;
  const ended = outcome === 'nothing' ? 'unfounded' : outcome;
  return lead.state === 'closed' && lead.outcome === ended ? undefined : { kind: 'closed', outcome: ended };
}

function isOfReviewer(outcome: LeadOutcome | null): boolean {
  return REVIEW_OUTCOMES.some((it) => it === outcome);
}

/** What became of a reviewer's step: `done` is to be written down, `same` was done before, `refused` cannot be. */
export type Step = 'done' | 'same' | 'refused';

/** Whether a reviewer may take a lead into review: an open one; the one who has it has it already. */
export function takes({ state, reviewer }: LeadStanding, who: Practitioner): Step {
  if (state === 'open') return 'done';
  return state === 'in-review' && isSame(reviewer, who) ? 'same' : 'refused';
}

/** Whether a reviewer may close a lead: one that nobody or he himself has in review. The same outcome and text by the same reviewer again is the same. */
export function closes(
  lead: LeadStanding & { readonly text: string | null },
  who: Practitioner,
  said: { readonly outcome: ReviewOutcome; readonly text: string },
): Step {
  if (lead.state === 'open') return 'done';
  if (!isSame(lead.reviewer, who)) return 'refused';
  if (lead.state === 'in-review') return 'done';
  return lead.outcome === said.outcome && lead.text === said.text ? 'same' : 'refused';
}

/** Nobody judges an examination of their own. */
export function isOwn(doctor: { readonly system: string | null; readonly value: string | null }, who: Practitioner): boolean {
  return doctor.value === who.value && doctor.system === who.system;
}

function isSame(a: Practitioner | null, b: Practitioner): boolean {
  return a !== null && a.system === b.system && a.value === b.value;
}
