import { textOf } from '../fhir/element.js';
import { parseExactJson } from '../fhir/exact-json.js';
import { Rewriting } from '../fhir/rewrite.js';
import { decodeId } from '../resources/resource-id.js';
import { updateResource } from '../resources/update-resource.js';
import { findOwnConsent } from './consent.queries.js';
import { consentNotFound } from './consent-not-found.js';
import { keepingConsent } from './keep-consents.js';
import { showConsents, viewOf } from './show-consents.js';
/** Statuses in which a Consent does not count any more. */
const OVER = ['inactive', 'entered-in-error', 'rejected'];
/**
 * Takes a consent (or a denial) back: a new version with the status inactive, all else as it was. It holds for the next request, on every
 * face. A consent withdrawn before stays as it is. One of another institution is `not-found`. Five statements, six where it changes nothing.
 */
export async function withdrawConsent(tx, { custody, base }, caller, id, now) {
    const key = decodeId(id);
    const before = key && (await findOwnConsent(tx, key, caller.institution));
    if (!before)
        throw consentNotFound(id, key);
    const document = parseExactJson(before.content, 'Consent');
    const rewriting = new Rewriting(document, document.value);
    if (!OVER.includes(textOf(document.value['status']) ?? ''))
        rewriting.replaceString(document.value, 'status', 'inactive');
    const consent = { type: 'Consent', id };
    const kept = [];
    const write = { interaction: 'withdrawConsent', base };
    await updateResource(tx, keepingConsent(custody, [], kept), caller, consent, rewriting.text(), write, now);
    const [withdrawn] = kept;
    // What is not in force names nobody but who recorded it; a row of the first release may.
    if (withdrawn)
        return viewOf(withdrawn, new Map([[caller.institution, before.recorder]]));
    // Somebody else may have withdrawn it since it was looked up.
    const [unchanged] = await showConsents(tx, [(await findOwnConsent(tx, key, caller.institution)) ?? before]);
    return unchanged;
}
