import { parseExactJson } from '../fhir/exact-json.js';
import { draftOfDocument, refuseServerMade, updateWish } from './draft-of.js';
import { fingerprint } from './hash.js';
import { readPreconditions } from './precondition.rules.js';
import { recordProvenance } from './record-provenance.js';
import { storeResources } from './store-resources.js';
/**
 * FHIR update, conditional or not: https://hl7.org/fhir/R4/http.html#update. The first version of a resource is made by create, or by a
 * conditional update that meets nothing, since ids are given by the server.
 *
 * A text that changes nothing makes no new version. An update of what was deleted revives it.
 */
export async function updateResource(tx, custody, caller, { type, id, query }, text, request, now) {
    refuseServerMade(type);
    const document = parseExactJson(text, type);
    const preconditions = readPreconditions(request.ifMatch, request.ifNoneMatch);
    const draft = draftOfDocument(document, type, updateWish(document.value, type, id, query, preconditions, type));
    const [outcome] = await storeResources(tx, custody, caller, [draft], { ...request, fingerprint: fingerprint(text) }, now);
    await recordProvenance(tx, custody, caller, request.provenance, [outcome], request, now);
    return outcome;
}
