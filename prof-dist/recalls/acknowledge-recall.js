import { recordAccess } from '../access-log/record-access.js';
import { Failure } from '../failure.js';
import { insertAcknowledgement } from './recall-list.queries.js';
import { requireRecall } from './show-recall.js';
import { showRecalls } from './show-recalls.js';
/**
 * Keeps that the institution knows of a correction, by whom and when; what stands is answered. Eight statements.
 *
 * Idempotent: the same clinician with the same note gets the first acknowledgement, any other one is a `conflict`; of two at once the primary
 * key lets one in. Throws `not-found`, also to the publisher and to the region: a recall is acknowledged by who was told.
 */
export async function acknowledgeRecall(tx, caller, practitioner, request, now) {
    const { recall, role } = await requireRecall(tx, caller, request.id, now);
    if (role !== 'receiver')
        throw notTold(request.id);
    const note = request.note?.trim() || null;
    const { person, id } = recall;
    const isNew = await insertAcknowledgement(tx, { person, recall: id, client: caller.client, practitioner, note, acknowledgedAt: now });
    const standing = await requireRecall(tx, caller, request.id, now);
    const { acknowledgedBy: by } = standing.recall;
    if (by?.system !== practitioner.system || by.value !== practitioner.value || standing.recall.note !== note) {
        throw new Failure('conflict', {
            path: 'id',
            en: 'this recall has been acknowledged already, by somebody else or with another note; the first one stands',
            zh: '该召回通知已由他人或以其他备注确认知悉，以首次确认为准',
        }, { person });
    }
    await recordAccess(tx, caller, [{ person, action: 'U', interaction: 'acknowledgeRecall', entities: [`Recall/${request.id}`] }], now);
    const [shown] = await showRecalls(tx, [standing], now);
    return { isNew, recall: shown?.listed };
}
function notTold(id) {
    return new Failure('not-found', {
        path: 'id',
        en: `your institution was told no recall "${id}"`,
        zh: `贵机构没有编号为“${id}”的召回通知`,
    });
}
