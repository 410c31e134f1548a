import type { Transaction } from '../database/client.ts';
import { parseExactJson } from '../fhir/exact-json.ts';
import type { Caller } from '../security/caller.ts';
import type { WriteRequest } from './create-resource.ts';
import type { Custody } from './custody.ts';
import type { Outcome } from './draft.ts';
import { draftOfDocument, updateWish } from './draft-of.ts';
import { fingerprint } from './hash.ts';
import { storeResources } from './store-resources.ts';

/**
 * FHIR update: https://hl7.org/fhir/R4/http.html#update. The first version of a resource is always made by create, since ids are given
 * by the server.
 *
 * `ifMatch` is the header as sent. A text that changes nothing makes no new version.
 */
export async function updateResource(
  tx: Transaction,
  custody: Custody,
  caller: Caller,
  type: string,
  id: string,
  text: string,
  request: WriteRequest & { readonly ifMatch?: string | undefined },
  now: Date,
): Promise<Outcome> {
  const document = parseExactJson(text, type);
  const draft = draftOfDocument(document, type, updateWish(type, id, document.value['id'], request.ifMatch, type));
  const [outcome] = await storeResources(tx, custody, caller, [draft], { ...request, fingerprint: fingerprint(text) }, now);
  return outcome as Outcome;
}
