import { aimAt, refuseServerMade } from './draft-of.js';
import { fingerprint } from './hash.js';
import { readPreconditions } from './precondition.rules.js';
import { recordProvenance } from './record-provenance.js';
import { storeResources } from './store-resources.js';
/**
 * FHIR patch, conditional or not: https://hl7.org/fhir/R4/http.html#patch. The patched resource goes the way of an update, with all that can
 * be said against one.
 */
export async function patchResource(tx, custody, caller, { type, id, query }, patch, request, now) {
    refuseServerMade(type);
    const aim = aimAt(type, id, query, type, 'PATCH');
    const wish = { kind: 'patch', aim, patch, ...readPreconditions(request.ifMatch, request.ifNoneMatch) };
    const patching = { path: type, fullUrl: undefined, type, wish };
    // A patch is no publication: sent again, it is applied again.
    const [outcome] = await storeResources(tx, custody, caller, [patching], { ...request, fingerprint: fingerprint('') }, now);
    await recordProvenance(tx, custody, caller, request.provenance, [outcome], request, now);
    return outcome;
}
