import { recordAccess } from '../../access-log/record-access.js';
import { Failure } from '../../failure.js';
import { encodeId } from '../../resources/resource-id.js';
import { decide } from '../decide.js';
import { evidenceOf } from '../decision-evidence.js';
import { requireCheck } from '../show-check.js';
import { findCards } from './cds-card.queries.js';
import { cardNotFound, readFeedback, reasonOfAnotherList } from './feedback.rules.js';
/**
 * What became of cards (CDS Hooks 2.0, "Feedback"): an accepted card is a recognition of its items, one overridden for a reason of the
 * region's list a decision against it, by the clinician who got the card, whoever reports it; the same decisions as those of `/v1`, with the same savings.
 * A reason is of the list that held when the card was shown. Overridden without a reason is unanswered, never a refusal: nothing is kept of it but the access.
 *
 * All of it or nothing. The same feedback again changes nothing; other feedback on a decided card is a `conflict`, since decisions are final
 * but for revocation. Throws `not-found` for a card that this institution never got, and what `decide` throws, with the place in the feedback.
 */
export async function recordFeedback(tx, savings, caller, feedback, now) {
    const outcomes = feedback.map(readFeedback);
    const cards = await findCards(tx, outcomes.map((it) => it.card), caller.institution);
    const met = outcomes.map(({ card, verdict }, index) => {
        const rows = cards.filter((it) => it.person === card.person && it.number === card.number);
        if (rows.length === 0)
            throw cardNotFound(`feedback[${index}].card`);
        return { rows, verdict, path: `feedback[${index}]` };
    });
    // In the order of the cards, so that two that report on the same cards never wait for each other in a circle.
    for (const it of met.toSorted((a, b) => (orderOf(a.rows) < orderOf(b.rows) ? -1 : 1))) {
        if (it.verdict !== 'unanswered')
            await decideCard(tx, savings, caller, it.rows, it.verdict, it.path, now);
    }
    const counted = ['recognised', 'not-recognised', 'unanswered'].map((name) => `${name}=${met.filter(({ verdict }) => (verdict === 'unanswered' ? verdict : verdict.decision) === name).length}`);
    const access = { person: 0n, action: 'C', interaction: 'recordFeedback', entities: [], query: counted.join('&') };
    await recordAccess(tx, caller, [access], now);
}
const orderOf = ([first]) => (first ? encodeId({ person: first.person, id: first.number }) : '');
/** The items of a card come from one check, unless a reminder of an item was written down by an earlier call: then each check is decided on. */
async function decideCard(tx, savings, caller, rows, verdict, path, now) {
    for (const check of new Set(rows.map((it) => it.check))) {
        const own = rows.filter((it) => it.check === check);
        const [first] = own;
        if (!first)
            continue;
        const practitioner = first.practitioner;
        const { reasonList, ...answer } = { reasonList: undefined, ...verdict };
        const request = { check: encodeId({ person: first.person, id: check }), decisions: own.map(({ item }) => ({ item, ...answer })) };
        if (reasonList !== undefined) {
            const { basis } = evidenceOf(await requireCheck(tx, caller, request.check, path));
            if (reasonList !== basis.reasonList)
                throw reasonOfAnotherList(path);
        }
        try {
            await decide(tx, savings, { ...caller, practitioner }, practitioner, request, now);
        }
        catch (error) {
            throw error instanceof Failure ? placed(error, path) : error;
        }
    }
}
/** The same failure in the words of the feedback: several items of a card fail for one reason. */
function placed(failure, path) {
    const issues = failure.issues.map((it) => ({ ...it, path: placeOf(it.path ?? '', path) }));
    const told = new Map(issues.map((it) => [`${it.path} ${it.en}`, it]));
    return new Failure(failure.code, [...told.values()], failure.person === undefined ? {} : { person: failure.person });
}
function placeOf(place, path) {
    if (place.endsWith('.reasonText'))
        return `${path}.overrideReason.userComment`;
    return place.endsWith('.reason') ? `${path}.overrideReason.reason.code` : path;
}
