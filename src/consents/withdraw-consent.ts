import type { Transaction } from '../database/client.ts';
import { textOf } from '../fhir/element.ts';
import { parseExactJson } from '../fhir/exact-json.ts';
import { Rewriting } from '../fhir/rewrite.ts';
import { decodeId } from '../resources/resource-id.ts';
import type { ResourceOptions } from '../resources/resource-options.ts';
import { updateResource } from '../resources/update-resource.ts';
import type { Caller } from '../security/caller.ts';
import { type ConsentRow, findOwnConsent } from './consent.queries.ts';
import type { ConsentView } from './consent.schema.ts';
import { consentNotFound } from './consent-not-found.ts';
import { keepingConsent } from './keep-consents.ts';
import { showConsents, viewOf } from './show-consents.ts';

/** Statuses in which a Consent does not count any more. */
const OVER = ['inactive', 'entered-in-error', 'rejected'];

/**
 * Takes a consent (or a denial) back: a new version with the status inactive, all else as it was. It holds for the next request, on every
 * face. A consent withdrawn before stays as it is. One of another institution is `not-found`. Five statements, six where it changes nothing.
 */
export async function withdrawConsent(
  tx: Transaction,
  { custody, base }: ResourceOptions,
  caller: Caller,
  id: string,
  now: Date,
): Promise<ConsentView> {
  const key = decodeId(id);
  const before = key && (await findOwnConsent(tx, key, caller.institution));
  if (!before) throw consentNotFound(id, key);

  const document = parseExactJson(before.content, 'Consent');
  const rewriting = new Rewriting(document, document.value);
  if (!OVER.includes(textOf(document.value['status']) ?? '')) rewriting.replaceString(document.value, 'status', 'inactive');
  const consent = { type: 'Consent', id };
  const kept: ConsentRow[] = [];
  const write = { interaction: 'withdrawConsent', base };
  await updateResource(tx, keepingConsent(custody, [], kept), caller, consent, rewriting.text(), write, now);
  const [withdrawn] = kept;
  // What is not in force names nobody but who recorded it; a row of the first release may.
  if (withdrawn) return viewOf(withdrawn, new Map([[caller.institution, before.recorder]]));
  // Somebody else may have withdrawn it since it was looked up.
  const [unchanged] = await showConsents(tx, [(await findOwnConsent(tx, key, caller.institution)) ?? before]);
  return unchanged as ConsentView;
}
