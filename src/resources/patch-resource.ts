import type { Transaction } from '../database/client.ts';
import type { Patch } from '../fhir/patch/read-patch.ts';
import type { Caller } from '../security/caller.ts';
import type { Custody } from './custody.ts';
import type { Outcome, Patching } from './draft.ts';
import { aimAt, refuseServerMade } from './draft-of.ts';
import { fingerprint } from './hash.ts';
import { readPreconditions } from './precondition.rules.ts';
import { recordProvenance } from './record-provenance.ts';
import { storeResources } from './store-resources.ts';
import type { Addressed, ChangeRequest } from './update-resource.ts';

/**
 * FHIR patch, conditional or not: https://hl7.org/fhir/R4/http.html#patch. The patched resource goes the way of an update, with all that can
 * be said against one.
 */
export async function patchResource(
  tx: Transaction,
  custody: Custody,
  caller: Caller,
  { type, id, query }: Addressed,
  patch: Patch,
  request: ChangeRequest,
  now: Date,
): Promise<Outcome> {
  refuseServerMade(type);
  const aim = aimAt(type, id, query, type, 'PATCH');
  const wish = { kind: 'patch', aim, patch, ...readPreconditions(request.ifMatch, request.ifNoneMatch) } as const;
  const patching: Patching = { path: type, fullUrl: undefined, type, wish };
  // A patch is no publication: sent again, it is applied again.
  const [outcome] = await storeResources(tx, custody, caller, [patching], { ...request, fingerprint: fingerprint('') }, now);
  await recordProvenance(tx, custody, caller, request.provenance, [outcome as Outcome], request, now);
  return outcome as Outcome;
}
