import type { Transaction } from '../database/client.ts';
import { parseExactJson } from '../fhir/exact-json.ts';
import type { Caller } from '../security/caller.ts';
import type { WriteRequest } from './create-resource.ts';
import type { Custody } from './custody.ts';
import type { Outcome } from './draft.ts';
import { draftOfDocument, refuseServerMade, updateWish } from './draft-of.ts';
import { fingerprint } from './hash.ts';
import { readPreconditions } from './precondition.rules.ts';
import { recordProvenance } from './record-provenance.ts';
import { storeResources } from './store-resources.ts';

/** How a change reached the server, and on which state of the resource it depends; headers as sent. */
export interface ChangeRequest extends WriteRequest {
  readonly ifMatch?: string | undefined;
  readonly ifNoneMatch?: string | undefined;
  /** Another request was quicker at the first attempt. */
  readonly again?: boolean;
}

/** A resource as an address names it: by its id, or by what a query meets. */
export interface Addressed {
  readonly type: string;
  readonly id?: string;
  readonly query?: string;
}

/**
 * FHIR update, conditional or not: https://hl7.org/fhir/R4/http.html#update. The first version of a resource is made by create, or by a
 * conditional update that meets nothing, since ids are given by the server.
 *
 * A text that changes nothing makes no new version. An update of what was deleted revives it.
 */
export async function updateResource(
  tx: Transaction,
  custody: Custody,
  caller: Caller,
  { type, id, query }: Addressed,
  text: string,
  request: ChangeRequest,
  now: Date,
): Promise<Outcome> {
  refuseServerMade(type);
  const document = parseExactJson(text, type);
  const preconditions = readPreconditions(request.ifMatch, request.ifNoneMatch);
  const draft = draftOfDocument(document, type, updateWish(document.value, type, id, query, preconditions, type));
  const [outcome] = await storeResources(tx, custody, caller, [draft], { ...request, fingerprint: fingerprint(text) }, now);
  await recordProvenance(tx, custody, caller, request.provenance, [outcome as Outcome], request, now);
  return outcome as Outcome;
}
