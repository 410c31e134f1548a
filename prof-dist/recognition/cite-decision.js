import { recordAccess } from '../access-log/record-access.js';
import { readMoment } from '../beijing-time.js';
import { NATIONAL_2022 } from '../catalogue/rules/find-rule-set.js';
import { Failure } from '../failure.js';
import { faultOfCitation } from './citation.rules.js';
import { insertCitation } from './decision.queries.js';
import { requireDecision } from './require-decision.js';
import { idOfDecision, showDecision } from './show-decision.js';
/**
 * Writes down that a recognised result stands in the medical record now (引用), `citedAt` as the calling system says, else now. Whether the
 * report was corrected or withdrawn meanwhile does not matter: what was recognised is the version that was shown. It must have been written
 * within the hours that the rules of the check give.
 *
 * Idempotent: without a time, or with the same one, the first citation stands, however late it is asked again; another time is a `conflict`,
 * and so is a decision that was taken back. Throws `not-found`, `rule-violated` (not a recognition, an impossible time, too late),
 * `malformed`. Five statements; three where it was cited before.
 */
export async function citeDecision(tx, savings, caller, practitioner, request, now) {
    const before = await requireDecision(tx, caller, request.id);
    const { person, id } = before;
    const asked = request.citedAt === undefined ? undefined : readMoment(request.citedAt);
    if (request.citedAt !== undefined && !asked)
        throw timeUnreadable();
    refuseUncitable(before, asked ?? now, now);
    const citation = { person, decision: id, practitioner, citedAt: asked ?? now, recordedAt: now };
    const isNew = before.citedAt === null && (await insertCitation(tx, citation));
    // Looked up again: it may have been taken back, or cited by another request, since the first look.
    const decision = before.citedAt ? before : await requireDecision(tx, caller, request.id);
    if (asked && decision.citedAt?.getTime() !== asked.getTime()) {
        throw new Failure('conflict', { path: 'citedAt', en: 'the citation was reported before, with another time', zh: '该引用此前已上报，时间不同' }, { person });
    }
    const entities = [`RecognitionDecision/${idOfDecision(decision)}`];
    await recordAccess(tx, caller, [{ person, action: 'U', interaction: 'citeDecision', entities }], now);
    const postings = await savings.find(tx, [person], [id]);
    return { isNew, decision: showDecision(decision, postings.get(id)) };
}
function refuseUncitable(decision, citedAt, now) {
    const { person } = decision;
    if (decision.decision !== 'recognised') {
        throw new Failure('rule-violated', { path: 'id', en: 'only a recognised result is cited; this one was not recognised', zh: '该结果未予互认，不能引用' }, { person });
    }
    if (decision.revokedAt) {
        throw new Failure('conflict', { path: 'id', en: 'the decision has been taken back', zh: '该决定已撤销' }, { person });
    }
    if (decision.citedAt)
        return;
    const hours = decision.citationHours ?? NATIONAL_2022.citationHours;
    const fault = faultOfCitation(citedAt, decision.decidedAt, hours, now);
    if (fault === 'too-late') {
        throw new Failure('rule-violated', {
            path: 'citedAt',
            en: `a recognised result is written into the record within ${hours} hours of the decision`,
            zh: `互认结果须在作出决定后 ${hours} 小时内引用到病历`,
        }, { person });
    }
    if (fault === 'impossible') {
        throw new Failure('rule-violated', {
            path: 'citedAt',
            en: 'a result is written into the record after it was recognised and not in the future (a day of grace both ways)',
            zh: '引用时间不得早于互认时间，也不得晚于当前时间（前后各容许一天误差）',
        }, { person });
    }
}
function timeUnreadable() {
    return new Failure('malformed', {
        path: 'citedAt',
        en: 'this is no date and time with offset, as in 2026-03-01T08:30:00+08:00',
        zh: '应为带时区的日期时间，如 2026-03-01T08:30:00+08:00',
    });
}
