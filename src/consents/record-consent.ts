import type { Transaction } from '../database/client.ts';
import { Failure, type Issue } from '../failure.ts';
import type { Json } from '../fhir/exact-json.ts';
import { findInstitution, findInstitutionByUscc, findInstitutionsByUscc, type Institution } from '../institutions/find-institution.ts';
import { USCC_SYSTEM } from '../institutions/uscc.rules.ts';
import { createResource } from '../resources/create-resource.ts';
import type { ResourceKey } from '../resources/resource-id.ts';
import type { ResourceOptions } from '../resources/resource-options.ts';
import type { Caller } from '../security/caller.ts';
import type { ConsentRequest } from './consent.schema.ts';
import { checkConsentRequest, consentResource } from './consent-request.rules.ts';
import { resolveConsentPatient } from './resolve-consent-patient.ts';

/**
 * Writes down what a patient decided, as the FHIR Consent that says the same; it holds with the commit, on every face.
 *
 * Throws `rule-violated` (an unknown grantee, a period that ends before it begins, a patient without name or birth date),
 * `identity-mismatch`, `reference-unresolved`. Whether another institution knew the patient before cannot be told from the answer.
 */
export async function recordConsent(
  tx: Transaction,
  { custody, base }: ResourceOptions,
  caller: Caller,
  request: ConsentRequest,
  now: Date,
): Promise<ResourceKey> {
  const issues = checkConsentRequest(request);
  if (issues.length > 0) throw new Failure('rule-violated', issues);
  const recorder = await findInstitution(tx, caller.institution);
  const grantee = request.grantee && (await findGrantee(tx, request.grantee.uscc));
  const publishers = await findPublishers(
    tx,
    (request.except?.publishedBy ?? []).map((it) => it.uscc),
  );

  const write = { interaction: 'recordConsent', base };
  const patient = await resolveConsentPatient(tx, custody, caller, request.patient, write, now);
  const references = {
    patient,
    recorder: referenceTo(recorder),
    publishers: publishers.map(referenceTo),
    ...(grantee ? { grantee: referenceTo(grantee) } : {}),
  };
  const text = JSON.stringify(consentResource(request, references, now));
  return (await createResource(tx, custody, caller, 'Consent', text, write, now)).key;
}

async function findGrantee(tx: Transaction, uscc: string): Promise<Institution> {
  const institution = await findInstitutionByUscc(tx, uscc);
  if (institution?.active) return institution;
  throw new Failure('rule-violated', {
    path: 'grantee.uscc',
    en: 'is not an institution that takes part in the exchange',
    zh: '所指机构未接入本互认平台',
  });
}

async function findPublishers(tx: Transaction, usccs: readonly string[]): Promise<readonly Institution[]> {
  const found = await findInstitutionsByUscc(tx, usccs);
  const issues = usccs.flatMap((it, index): readonly Issue[] =>
    found.has(it)
      ? []
      : [
          {
            path: `except.publishedBy[${index}].uscc`,
            en: 'is not an institution that takes part in the exchange',
            zh: '所指机构未接入本互认平台',
          },
        ],
  );
  if (issues.length > 0) throw new Failure('rule-violated', issues);
  return [...found.values()];
}

/** A literal reference where the institution has an Organization, else a logical one by its credit code. */
function referenceTo(institution: Institution | undefined): Json {
  if (!institution) return { display: 'unknown' };
  const { organization, uscc, name } = institution;
  return organization === null
    ? { identifier: { system: USCC_SYSTEM, value: uscc }, display: name }
    : { reference: `Organization/${organization}`, display: name };
}
