import { recordAccess } from '../access-log/record-access.js';
import { Failure } from '../failure.js';
import { decodeId } from '../resources/resource-id.js';
import { findCheck } from './check.queries.js';
import { versionsOf } from './shown-reports.rules.js';
/**
 * A check of the caller's institution as it was answered then. It is that institution's own record of what it was shown, so a consent
 * withdrawn since does not take it away.
 *
 * Throws `not-found`, also for a check of another institution.
 */
export async function showCheck(tx, caller, id, now) {
    const check = await requireCheck(tx, caller, id, 'id');
    const answer = check.answer;
    const entities = [`RecognitionCheck/${id}`, ...versionsOf(answer.items)];
    // A check without permission is kept with nobody, under a key drawn for it alone.
    const person = answer.permission.basis === 'none' ? 0n : check.person;
    await recordAccess(tx, caller, [{ person, action: 'R', interaction: 'showCheck', entities }], now);
    return answer;
}
/** The check of that id, made by the caller's institution. Throws `not-found` with the place the id was named at. */
export async function requireCheck(tx, caller, id, path) {
    const key = decodeId(id);
    const check = key && (await findCheck(tx, key, caller.institution));
    if (check)
        return check;
    throw new Failure('not-found', {
        path,
        en: `your institution has made no check "${id}"`,
        zh: `贵机构没有编号为“${id}”的互认查询`,
    });
}
