import { parseExactJson } from '../fhir/exact-json.js';
import { allows } from '../security/scope.rules.js';
import { createWish, draftOfDocument } from './draft-of.js';
import { fingerprint } from './hash.js';
import { recordProvenance } from './record-provenance.js';
import { findVersion } from './resource.queries.js';
import { storeResources } from './store-resources.js';
/**
 * FHIR create, conditional or not: https://hl7.org/fhir/R4/http.html#create
 *
 * `text` is the resource as it came in; where the condition met one, the answer holds that one. Throws Failures that name the element.
 */
export async function createResource(tx, custody, caller, type, text, request, now) {
    const draft = draftOfDocument(parseExactJson(text, type), type, createWish(type, request.ifNoneExist, 'If-None-Exist'));
    const [outcome] = await storeResources(tx, custody, caller, [draft], { ...request, fingerprint: fingerprint(text) }, now);
    await recordProvenance(tx, custody, caller, request.provenance, [outcome], request, now);
    return withText(tx, caller, outcome);
}
/** Where nothing was written, since the resource stands already, its text for whoever may read it. */
async function withText(tx, caller, outcome) {
    if (outcome.text !== undefined || !allows(caller.scopes, `system/${outcome.type}.r`))
        return outcome;
    const row = await findVersion(tx, outcome.key, outcome.version);
    return row?.content ? { ...outcome, lastModified: row.recordedAt, text: row.content } : outcome;
}
