import { Failure } from '../failure.js';
import { decodeId } from '../resources/resource-id.js';
import { findDecision } from './decision.queries.js';
/** The decision of that id, made by the caller's institution. Throws `not-found`, also for a decision of another institution. */
export async function requireDecision(tx, caller, id) {
    const key = decodeId(id);
    const decision = key && (await findDecision(tx, key, caller.institution));
    if (decision)
        return decision;
    throw new Failure('not-found', {
        path: 'id',
        en: `your institution has made no decision "${id}"`,
        zh: `贵机构没有编号为“${id}”的互认决定`,
    });
}
