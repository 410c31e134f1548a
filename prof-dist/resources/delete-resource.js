import { aimAt, refuseServerMade } from './draft-of.js';
import { fingerprint } from './hash.js';
import { readPreconditions } from './precondition.rules.js';
import { storeResources } from './store-resources.js';
/**
 * FHIR delete, conditional or not: https://hl7.org/fhir/R4/http.html#delete. A version that is the deletion: earlier ones can still be read,
 * and a report counts as withdrawn. What is deleted already stays so.
 *
 * Throws `conflict` where something of the same person still refers to the resource.
 */
export async function deleteResource(tx, custody, caller, { type, id, query }, request, now) {
    refuseServerMade(type);
    const aim = aimAt(type, id, query, type, 'DELETE');
    const removal = { path: type, type, wish: { kind: 'delete', aim, ...readPreconditions(request.ifMatch, request.ifNoneMatch) } };
    const [outcome] = await storeResources(tx, custody, caller, [removal], { ...request, fingerprint: fingerprint('') }, now);
    return outcome;
}
