import type { Transaction } from '../database/client.ts';
import type { Caller } from '../security/caller.ts';
import type { Custody } from './custody.ts';
import type { NothingDone, Outcome, Removal } from './draft.ts';
import { aimAt, refuseServerMade } from './draft-of.ts';
import { fingerprint } from './hash.ts';
import { readPreconditions } from './precondition.rules.ts';
import { storeResources } from './store-resources.ts';
import type { Addressed, ChangeRequest } from './update-resource.ts';

/**
 * FHIR delete, conditional or not: https://hl7.org/fhir/R4/http.html#delete. A version that is the deletion: earlier ones can still be read,
 * and a report counts as withdrawn. What is deleted already stays so.
 *
 * Throws `conflict` where something of the same person still refers to the resource.
 */
export async function deleteResource(
  tx: Transaction,
  custody: Custody,
  caller: Caller,
  { type, id, query }: Addressed,
  request: ChangeRequest,
  now: Date,
): Promise<Outcome | NothingDone> {
  refuseServerMade(type);
  const aim = aimAt(type, id, query, type, 'DELETE');
  const removal: Removal = { path: type, type, wish: { kind: 'delete', aim, ...readPreconditions(request.ifMatch, request.ifNoneMatch) } };
  const [outcome] = await storeResources(tx, custody, caller, [removal], { ...request, fingerprint: fingerprint('') }, now);
  return outcome as Outcome | NothingDone;
}
