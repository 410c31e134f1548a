import { recordAccess } from '../access-log/record-access.js';
import { Failure } from '../failure.js';
import { insertRevocation } from './decision.queries.js';
import { requireDecision } from './require-decision.js';
import { idOfDecision, showDecision } from './show-decision.js';
/**
 * Takes a decision back, a recognition as well as a refusal, and with it what was posted to the savings account. The decision stays on
 * record; to decide anew takes a new check.
 *
 * Idempotent: the same reason again gets the first revocation, another one is a `conflict`. Throws `not-found`. Five statements;
 * three where it was taken back before.
 */
export async function revokeDecision(tx, savings, caller, practitioner, request, now) {
    const before = await requireDecision(tx, caller, request.id);
    const { id, person } = before;
    const reason = request.reason.trim();
    if (reason === '')
        throw reasonMissing();
    const isNew = before.revokedAt === null && (await insertRevocation(tx, { person, decision: id, practitioner, reason, revokedAt: now }));
    // Looked up again: it may have been cited, or taken back by another request, since the first look.
    const decision = before.revokedAt ? before : await requireDecision(tx, caller, request.id);
    if (decision.revocationReason !== reason) {
        throw new Failure('conflict', { path: 'reason', en: 'the decision was taken back before, for another reason', zh: '该决定此前已因其他原因撤销' }, { person });
    }
    const posting = isNew
        ? await savings.reverse(tx, { person, id }, { kind: 'revocation', report: null }, now)
        : (await savings.find(tx, [person], [id])).get(id);
    const entities = [`RecognitionDecision/${idOfDecision(decision)}`];
    await recordAccess(tx, caller, [{ person, action: 'U', interaction: 'revokeDecision', entities }], now);
    return { isNew, decision: showDecision(decision, posting) };
}
function reasonMissing() {
    return new Failure('rule-violated', {
        path: 'reason',
        en: 'say why the decision is taken back',
        zh: '请说明撤销该决定的原因',
    });
}
