import type { DecidedConsent, FailureCode } from '../failure.ts';
import type { Access } from '../resources/custody.ts';
import type { Caller } from '../security/caller.ts';

/** AuditEvent.outcome: refused (4), failed (8), broken down (12). Successes are 0. */
export type FailedOutcome = 4 | 8 | 12;

/** A request that was not served, as the error handler knows it. */
export interface FailedAccess {
  /** `null` where nobody could be identified. */
  readonly caller: Caller | null;
  /** operationId of the door; for an unknown door whatever names it best. */
  readonly interaction: string;
  readonly failure: FailureCode;
  readonly outcome: FailedOutcome;
  /** Whose data was asked for, where that was known. */
  readonly person: bigint | undefined;
  /** What was decided of that person's consent, where it was asked. */
  readonly decision?: DecidedConsent | undefined;
  readonly query: string | undefined;
  readonly requestId: string;
  readonly address: string;
}

/** What the entry of a decision on a person's consent is called: no door, but what some of them ask. */
export const DECIDE_CONSENT = 'decideConsent';

/** What a decision rests on where no consent is on file: nothing is seen but in an emergency (IHE PCF, implicit policies). */
export const IMPLICIT_POLICY = 'https://profiles.ihe.net/ITI/PCF/Policy-break-glass-only';

const QUERY_LENGTH_MAX = 8_000;

/**
 * A text that the log can hold whatever a caller sent: PostgreSQL takes neither NUL nor half a surrogate pair, and an entry that cannot be
 * written would cost the caller the answer. What is replaced shows as U+FFFD.
 */
export function loggable(text: string, lengthMax = QUERY_LENGTH_MAX): string {
  const shortened = text.length > lengthMax ? `${text.slice(0, lengthMax)}…` : text;
  return shortened.replace(/\0|\p{Cs}/gu, '\uFFFD');
}

const ACTIONS: readonly (readonly [verbs: RegExp, action: Access['action']])[] = [
  [/^(read|show)/, 'R'],
  [/^(create|record|register|process|decide)/, 'C'],
  [/^(update|patch|set|withdraw|revoke|cite|acknowledge)/, 'U'],
  [/^(delete|remove)/, 'D'],
];

/** What a request that was not served would have done, by the verb its door is named after. */
export function actionOf(interaction: string): Access['action'] {
  return ACTIONS.find(([verbs]) => verbs.test(interaction))?.[1] ?? 'E';
}

/** Whether a look at data is to be gone over afterwards: every one that was made under an emergency purpose. */
export function isReviewDue(action: Access['action'], emergency: boolean): boolean {
  return emergency && (action === 'R' || action === 'E');
}
