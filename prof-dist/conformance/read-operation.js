import { Failure } from '../failure.js';
import { findResource } from '../resources/resource.queries.js';
import { decodeId, isPerson } from '../resources/resource-id.js';
import { SHARED_TYPES } from '../resources/shared-types.js';
import { readOperationInput } from './operation-input.js';
/**
 * The input of an operation and the definition it is called on, if it is called on one. `named` are those that are not stored. Throws
 * `not-found` for a definition that is not there or not for this caller, and what `readOperationInput` throws.
 */
export async function readOperation(reader, operation, { caller, params: { id }, query, body }, named = []) {
    const input = readOperationInput(operation.parameters, query, body);
    if (id === undefined)
        return { input, instance: undefined };
    const type = operation.resource[0] ?? '';
    const instance = named.find((it) => it['resourceType'] === type && it['id'] === id) ?? (await readStored(reader, caller, type, id));
    if (!instance)
        throw new Failure('not-found', { en: `${type}/${id} is not known here`, zh: `本系统中不存在 ${type}/${id}` });
    return { input, instance };
}
/** A definition that is about nobody: the caller's own, or of the shared directory. */
async function readStored(reader, caller, type, id) {
    const key = decodeId(id);
    if (!key || isPerson(key.person))
        return undefined;
    const row = await findResource(reader, key);
    if (row?.type !== type || !row.content)
        return undefined;
    return row.institution === caller.institution || SHARED_TYPES.includes(type) ? JSON.parse(row.content) : undefined;
}
