import { isEmergency } from '../security/caller-headers.rules.js';
import { decidePermission } from './consent.rules.js';
import { findGrounds } from './permission.queries.js';
import { residualOf } from './residual.rules.js';
/**
 * The decision of `findPermission` with the same in the words of IHE PCF: whether the caller may have a token for this human being (all keys of
 * whom are given), and what is left to be enforced. `base` is this server's FHIR address. One statement.
 */
export async function findResidual(reader, persons, caller, base, now) {
    const { consents, asker, policy } = await findGrounds(reader, persons, caller, now);
    const question = { asker, policy, purpose: caller.purpose, emergency: isEmergency(caller.purpose), at: now };
    return { permission: decidePermission(consents, question), decision: residualOf(consents, question, base) };
}
