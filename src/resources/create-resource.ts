import type { Transaction } from '../database/client.ts';
import { parseExactJson } from '../fhir/exact-json.ts';
import type { Caller } from '../security/caller.ts';
import { allows } from '../security/scope.rules.ts';
import type { Custody } from './custody.ts';
import type { Outcome } from './draft.ts';
import { createWish, draftOfDocument } from './draft-of.ts';
import { fingerprint } from './hash.ts';
import { recordProvenance } from './record-provenance.ts';
import { findVersion } from './resource.queries.ts';
import { storeResources } from './store-resources.ts';

/** How a single write reached the server. */
export interface WriteRequest {
  /** operationId of the door. */
  readonly interaction: string;
  /** This server's FHIR address. */
  readonly base: string;
  /** If-None-Exist: a query. */
  readonly ifNoneExist?: string | undefined;
  /** X-Provenance: where the content comes from, as a Provenance without target. */
  readonly provenance?: string | undefined;
}

/**
 * FHIR create, conditional or not: https://hl7.org/fhir/R4/http.html#create
 *
 * `text` is the resource as it came in; where the condition met one, the answer holds that one. Throws Failures that name the element.
 */
export async function createResource(
  tx: Transaction,
  custody: Custody,
  caller: Caller,
  type: string,
  text: string,
  request: WriteRequest,
  now: Date,
): Promise<Outcome> {
  const draft = draftOfDocument(parseExactJson(text, type), type, createWish(type, request.ifNoneExist, 'If-None-Exist'));
  const [outcome] = await storeResources(tx, custody, caller, [draft], { ...request, fingerprint: fingerprint(text) }, now);
  await recordProvenance(tx, custody, caller, request.provenance, [outcome as Outcome], request, now);
  return withText(tx, caller, outcome as Outcome);
}

/** Where nothing was written, since the resource stands already, its text for whoever may read it. */
async function withText(tx: Transaction, caller: Caller, outcome: Outcome): Promise<Outcome> {
  if (outcome.text !== undefined || !allows(caller.scopes, `system/${outcome.type}.r`)) return outcome;
  const row = await findVersion(tx, outcome.key, outcome.version);
  return row?.content ? { ...outcome, lastModified: row.recordedAt, text: row.content } : outcome;
}
