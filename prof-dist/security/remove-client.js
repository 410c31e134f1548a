import { Failure } from '../failure.js';
import { markClientRemoved, selectClient } from './client.queries.js';
/**
 * A removed client gets no more tokens, and within a second of the commit its live ones are refused by every gateway. Again changes
 * nothing. Throws `not-found` for a client that never was.
 */
export async function removeClient(tx, id) {
    const removed = await markClientRemoved(tx, id);
    if (!removed && !(await selectClient(tx, id)))
        throw clientNotFound();
}
/** The failure for an id that no client ever had. */
export function clientNotFound() {
    return new Failure('not-found', { path: 'id', en: 'no client has this id', zh: '没有此标识的客户端' });
}
