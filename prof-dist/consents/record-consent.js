import { Failure } from '../failure.js';
import { findInstitutionsNamed } from '../institutions/find-institution.js';
import { USCC_SYSTEM } from '../institutions/uscc.rules.js';
import { createResource } from '../resources/create-resource.js';
import { checkConsentRequest, consentResource } from './consent-request.rules.js';
import { keepingConsent } from './keep-consents.js';
import { resolveConsentPatient } from './resolve-consent-patient.js';
import { viewOf } from './show-consents.js';
/**
 * Writes down what a patient decided, as the FHIR Consent that says the same; it holds with the commit, on every face.
 *
 * Throws `rule-violated` (an unknown grantee, a period that ends before it begins, a patient without name or birth date),
 * `identity-mismatch`, `reference-unresolved`. Whether another institution knew the patient before cannot be told from the answer.
 *
 * Six statements for a patient that the institution has: institutions, Patient, Patient referred to, version, row, access log.
 */
export async function recordConsent(tx, { custody, base }, caller, request, now) {
    const issues = checkConsentRequest(request);
    if (issues.length > 0)
        throw new Failure('rule-violated', issues);
    const excepted = (request.except?.publishedBy ?? []).map((it) => it.uscc);
    const institutions = await findInstitutionsNamed(tx, {
        numbers: [caller.institution],
        usccs: [...(request.grantee ? [request.grantee.uscc] : []), ...excepted],
    });
    const recorder = institutions.find((it) => it.institution === caller.institution);
    const grantee = request.grantee && granteeAmong(institutions, request.grantee.uscc);
    const publishers = publishersAmong(institutions, excepted);
    const write = { interaction: 'recordConsent', base };
    const patient = await resolveConsentPatient(tx, custody, caller, request.patient, write, now);
    const references = {
        patient,
        recorder: referenceTo(recorder),
        publishers: publishers.map(referenceTo),
        ...(grantee ? { grantee: referenceTo(grantee) } : {}),
    };
    const text = JSON.stringify(consentResource(request, references, now));
    const kept = [];
    await createResource(tx, keepingConsent(custody, institutions, kept), caller, 'Consent', text, write, now);
    const [row] = kept;
    if (!row)
        throw new Error('a Consent without its row');
    return viewOf(row, new Map(institutions.map((it) => [it.institution, it])));
}
function granteeAmong(institutions, uscc) {
    const institution = institutions.find((it) => it.uscc === uscc);
    if (institution?.active)
        return institution;
    throw new Failure('rule-violated', {
        path: 'grantee.uscc',
        en: 'is not an institution that takes part in the exchange',
        zh: '所指机构未接入本互认平台',
    });
}
function publishersAmong(institutions, usccs) {
    const found = new Map(institutions.filter((it) => usccs.includes(it.uscc)).map((it) => [it.uscc, it]));
    const issues = usccs.flatMap((it, index) => found.has(it)
        ? []
        : [
            {
                path: `except.publishedBy[${index}].uscc`,
                en: 'is not an institution that takes part in the exchange',
                zh: '所指机构未接入本互认平台',
            },
        ]);
    if (issues.length > 0)
        throw new Failure('rule-violated', issues);
    return [...found.values()];
}
/** A literal reference where the institution has an Organization, else a logical one by its credit code. */
function referenceTo(institution) {
    if (!institution)
        return { display: 'unknown' };
    const { organization, uscc, name } = institution;
    return organization === null
        ? { identifier: { system: USCC_SYSTEM, value: uscc }, display: name }
        : { reference: `Organization/${organization}`, display: name };
}
