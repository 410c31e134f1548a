import { Failure } from '../../failure.js';
import { REASON_SYSTEMS } from './card.rules.js';
import { decodeCardId, suggestionIdOf } from './card-id.rules.js';
/**
 * Reads one entry of a feedback: accepted is a recognition, overridden with a reason a decision against it, and without one no answer,
 * whatever was commented. Throws `not-found` for what is no uuid of a card, `malformed` for an acceptance that does not name the suggestion of
 * the card.
 */
export function readFeedback({ card: uuid, outcome, acceptedSuggestions, overrideReason }, index) {
    const path = `feedback[${index}]`;
    const card = decodeCardId(uuid);
    if (!card)
        throw cardNotFound(`${path}.card`);
    if (outcome === 'accepted') {
        const suggestion = suggestionIdOf(card);
        if (acceptedSuggestions?.some(({ id }) => id.toLowerCase() === suggestion))
            return { card, verdict: { decision: 'recognised' } };
        throw new Failure('malformed', {
            path: `${path}.acceptedSuggestions`,
            en: 'name the suggestion of the card that was accepted',
            zh: '须列明被采纳的建议（该卡片 suggestion 的 uuid）',
        });
    }
    const reason = overrideReason?.reason?.code;
    if (reason === undefined)
        return { card, verdict: 'unanswered' };
    const { system } = overrideReason?.reason ?? {};
    if (system !== undefined && !system.startsWith(REASON_SYSTEMS))
        throw reasonOfAnotherList(path);
    const reasonList = system?.slice(REASON_SYSTEMS.length);
    const reasonText = overrideReason?.userComment?.trim();
    const said = { ...(reasonText ? { reasonText } : {}), ...(reasonList === undefined ? {} : { reasonList }) };
    return { card, verdict: { decision: 'not-recognised', reason, ...said } };
}
/** The failure for a reason that is of another list than the card's, where the same code may mean something else. */
export function reasonOfAnotherList(path) {
    return new Failure('rule-violated', {
        path: `${path}.overrideReason.reason.system`,
        en: 'give one of the override reasons of the card, with its system',
        zh: '应为该卡片 overrideReasons 中的理由及其 system',
    });
}
/** The failure for a card that never was, and for one of another institution. */
export function cardNotFound(path) {
    return new Failure('not-found', { path, en: 'your institution got no such card', zh: '贵机构未曾收到该卡片' });
}
