import type { Transaction } from '../database/client.ts';
import { textOf } from '../fhir/element.ts';
import { parseExactJson } from '../fhir/exact-json.ts';
import { Rewriting } from '../fhir/rewrite.ts';
import { findResource } from '../resources/resource.queries.ts';
import { decodeId, type ResourceKey } from '../resources/resource-id.ts';
import type { ResourceOptions } from '../resources/resource-options.ts';
import { updateResource } from '../resources/update-resource.ts';
import type { Caller } from '../security/caller.ts';
import { consentNotFound } from './consent-not-found.ts';

/** Statuses in which a Consent does not count any more. */
const OVER = ['inactive', 'entered-in-error', 'rejected'];

/**
 * Takes a consent (or a denial) back: a new version with the status inactive, all else as it was. It holds for the next request, on every
 * face. A consent withdrawn before stays as it is. One of another institution is `not-found`.
 */
export async function withdrawConsent(
  tx: Transaction,
  { custody, base }: ResourceOptions,
  caller: Caller,
  id: string,
  now: Date,
): Promise<ResourceKey> {
  const key = decodeId(id);
  const row = key && (await findResource(tx, key));
  if (!row || row.type !== 'Consent' || row.content === null || row.institution !== caller.institution) throw consentNotFound(id, key);

  const document = parseExactJson(row.content, 'Consent');
  const rewriting = new Rewriting(document, document.value);
  if (!OVER.includes(textOf(document.value['status']) ?? '')) rewriting.replaceString(document.value, 'status', 'inactive');
  const consent = { type: 'Consent', id };
  const outcome = await updateResource(tx, custody, caller, consent, rewriting.text(), { interaction: 'withdrawConsent', base }, now);
  return outcome.key;
}
