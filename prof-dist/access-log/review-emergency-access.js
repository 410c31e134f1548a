import { Failure } from '../failure.js';
import { decodeAccessId } from './access-entry-id.js';
import { findAccesses } from './access-search.queries.js';
import { discreet } from './discretion.rules.js';
import { findReviews, insertReview } from './emergency-review.queries.js';
import { isSameJudgement, mayReview } from './emergency-review.rules.js';
import { showEmergencyAccesses } from './list-emergency-accesses.js';
import { recordAccess } from './record-access.js';
/**
 * Keeps how an emergency access was judged, by somebody else than the clinician who looked; an event of its own in the patient's log.
 *
 * An access is reviewed once: the same review by the same person again is answered as it was, any other is a `conflict`; of two at once the
 * primary key lets one in. Throws `not-found` for what is no emergency access within reach, `rule-violated` for the clinician's own. Six
 * statements.
 */
export async function reviewEmergencyAccess(tx, caller, reviewer, { id, reach }, request, now) {
    const access = await requireEmergencyAccess(tx, id, reach);
    if (!mayReview(access, reviewer))
        throw ownAccess(access.person);
    const judgement = { outcome: request.outcome, text: request.text.trim(), reviewer };
    const review = reviewOf(access, caller, reviewer, judgement, now);
    const isNew = await insertReview(tx, review);
    const standing = isNew ? review : (await findReviews(tx, [access])).get(access.id);
    if (!standing || !isSameJudgement(judgementOf(standing), judgement))
        throw judgedOtherwise(access.person);
    const query = `outcome=${judgement.outcome}`;
    const entities = [`AuditEvent/${id}`];
    await recordAccess(tx, caller, [{ person: access.person, action: 'E', interaction: 'reviewEmergencyAccess', query, entities }], now);
    const reviewed = { ...access, review: standing };
    const [shown] = await showEmergencyAccesses(tx, [reach === undefined ? reviewed : discreet(reviewed)], now);
    return { isNew, access: shown };
}
async function requireEmergencyAccess(tx, id, reach) {
    const key = decodeAccessId(id);
    const filter = { keys: key ? [key] : [], institution: reach, reviewDue: true };
    const [found] = await findAccesses(tx, filter, { after: undefined, limit: 1 });
    if (found)
        return found;
    throw new Failure('not-found', {
        path: 'id',
        en: `no emergency access "${id}" is within your reach`,
        zh: `您的权限范围内没有编号为“${id}”的紧急调阅`,
    });
}
function reviewOf(access, caller, reviewer, { outcome, text }, now) {
    return {
        person: access.person,
        accessedAt: access.recordedAt,
        access: access.id,
        outcome,
        text,
        institution: caller.institution,
        client: caller.client,
        practitionerSystem: reviewer.system,
        practitionerValue: reviewer.value,
        practitionerName: reviewer.name,
        reviewedAt: now,
    };
}
function judgementOf({ outcome, text, practitionerSystem: system, practitionerValue: value }) {
    return { outcome, text, reviewer: { system, value } };
}
function ownAccess(person) {
    return new Failure('rule-violated', {
        path: 'X-Acting-Practitioner',
        en: 'is the clinician who looked; an emergency access is reviewed by somebody else',
        zh: '即当时调阅的医务人员；紧急调阅须由他人复核',
    }, { person });
}
function judgedOtherwise(person) {
    return new Failure('conflict', {
        path: 'id',
        en: 'this emergency access has been reviewed already, with another outcome, in other words or by somebody else; a review is final',
        zh: '该紧急调阅已经复核，其结论、说明或复核人与本次不同；复核结论不可更改',
    }, { person });
}
