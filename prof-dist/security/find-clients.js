import { hasClientWithScope, selectClient, selectClients } from './client.queries.js';
import { clientNotFound } from './remove-client.js';
/** The client of an id, removed or not. Throws `not-found`. */
export async function findClient(reader, id) {
    const client = await selectClient(reader, id);
    if (!client)
        throw clientNotFound();
    return client;
}
/** Clients of one institution or of all, removed ones too, in the order of their registration. */
export function findClients(reader, filter, count) {
    return selectClients(reader, filter, count);
}
/** Whether some client may act as the operator. */
export function hasOperator(reader) {
    return hasClientWithScope(reader, 'operator');
}
