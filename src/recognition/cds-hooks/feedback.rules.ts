import { Failure } from '../../failure.ts';
import { REASON_SYSTEMS } from './card.rules.ts';
import { type CardKey, decodeCardId, suggestionIdOf } from './card-id.rules.ts';
import type { Feedback } from './cds-hooks.schema.ts';

/** What a clinician made of a card; `unanswered` is no decision. */
export type Verdict = { readonly decision: 'recognised' } | NotRecognised | 'unanswered';

export interface NotRecognised {
  readonly decision: 'not-recognised';
  readonly reason: string;
  readonly reasonText?: string;
  /** The list that the reason is said to be of; `undefined` where it is not said. */
  readonly reasonList?: string;
}

export interface Outcome {
  readonly card: CardKey;
  readonly verdict: Verdict;
}

/**
 * Reads one entry of a feedback: accepted is a recognition, overridden with a reason a decision against it, and without one no answer,
 * whatever was commented. Throws `not-found` for what is no uuid of a card, `malformed` for an acceptance that does not name the suggestion of
 * the card.
 */
export function readFeedback({ card: uuid, outcome, acceptedSuggestions, overrideReason }: Feedback, index: number): Outcome {
  const path = `feedback[${index}]`;
  const card = decodeCardId(uuid);
  if (!card) throw cardNotFound(`${path}.card`);
  if (outcome === 'accepted') {
    const suggestion = suggestionIdOf(card);
    if (acceptedSuggestions?.some(({ id }) => id.toLowerCase() === suggestion)) return { card, verdict: { decision: 'recognised' } };
    throw new Failure('malformed', {
      path: `${path}.acceptedSuggestions`,
      en: 'name the suggestion of the card that was accepted',
      zh: '须列明被采纳的建议（该卡片 suggestion 的 uuid）',
    });
  }
  const reason = overrideReason?.reason?.code;
  if (reason === undefined) return { card, verdict: 'unanswered' };
  const { system } = overrideReason?.reason ?? {};
  if (system !== undefined && !system.startsWith(REASON_SYSTEMS)) throw reasonOfAnotherList(path);
  const reasonList = system?.slice(REASON_SYSTEMS.length);
  const reasonText = overrideReason?.userComment?.trim();
  const said = { ...(reasonText ? { reasonText } : {}), ...(reasonList === undefined ? {} : { reasonList }) };
  return { card, verdict: { decision: 'not-recognised', reason, ...said } };
}

/** The failure for a reason that is of another list than the card's, where the same code may mean something else. */
export function reasonOfAnotherList(path: string): Failure {
  return new Failure('rule-violated', {
    path: `${path}.overrideReason.reason.system`,
    en: 'give one of the override reasons of the card, with its system',
    zh: '应为该卡片 overrideReasons 中的理由及其 system',
  });
}

/** The failure for a card that never was, and for one of another institution. */
export function cardNotFound(path: string): Failure {
  return new Failure('not-found', { path, en: 'your institution got no such card', zh: '贵机构未曾收到该卡片' });
}
