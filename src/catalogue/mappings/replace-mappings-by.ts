import { recordAccess } from '../../access-log/record-access.ts';
import type { Transaction } from '../../database/client.ts';
import type { Institution } from '../../institutions/find-institution.ts';
import type { Caller } from '../../security/caller.ts';
import type { SentMapping } from './mapping.rules.ts';
import { mappingHolder } from './mapping-holder.ts';
import { replaceMappings } from './replace-mappings.ts';

/**
 * Replaces the mappings of the caller's institution or, by the operator, of the institution of a credit code, and writes down who did.
 *
 * Throws `not-owner`, `not-found`, `rule-violated` with every faulty mapping.
 */
export async function replaceMappingsBy(
  tx: Transaction,
  caller: Caller,
  uscc: string | undefined,
  sent: readonly SentMapping[],
  now: Date,
): Promise<{ readonly institution: Institution; readonly load: Awaited<ReturnType<typeof replaceMappings>> }> {
  const institution = await mappingHolder(tx, caller, uscc);
  const load = await replaceMappings(tx, institution.institution, sent, null, now);
  const entities = [`Mappings/${institution.institution}/_history/${load.revision}`];
  await recordAccess(tx, caller, [{ person: 0n, action: 'U', interaction: 'replaceMappings', entities }], now);
  return { institution, load };
}
