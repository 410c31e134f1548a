import type { Reader } from '../database/client.ts';
import type { Permission } from '../resources/custody.ts';
import type { Caller } from '../security/caller.ts';
import { isEmergency } from '../security/caller-headers.rules.ts';
import { decidePermission } from './consent.rules.ts';
import { findGrounds } from './permission.queries.ts';
import { type ResidualDecision, residualOf } from './residual.rules.ts';

/**
 * The decision of `findPermission` with the same in the words of IHE PCF: whether the caller may have a token for this human being (all keys of
 * whom are given), and what is left to be enforced. `base` is this server's FHIR address. One statement.
 */
export async function findResidual(
  reader: Reader,
  persons: readonly bigint[],
  caller: Caller,
  base: string,
  now: Date,
): Promise<{ readonly permission: Permission; readonly decision: ResidualDecision }> {
  const { consents, asker, policy } = await findGrounds(reader, persons, caller, now);
  const question = { asker, policy, purpose: caller.purpose, emergency: isEmergency(caller.purpose), at: now };
  return { permission: decidePermission(consents, question), decision: residualOf(consents, question, base) };
}
