import { recordAccess } from '../../access-log/record-access.js';
import { mappingHolder } from './mapping-holder.js';
import { replaceMappings } from './replace-mappings.js';
/**
 * Replaces the mappings of the caller's institution or, by the operator, of the institution of a credit code, and writes down who did.
 *
 * Throws `not-owner`, `not-found`, `rule-violated` with every faulty mapping.
 */
export async function replaceMappingsBy(tx, caller, uscc, sent, now) {
    const institution = await mappingHolder(tx, caller, uscc);
    const load = await replaceMappings(tx, institution.institution, sent, null, now);
    const entities = [`Mappings/${institution.institution}/_history/${load.revision}`];
    await recordAccess(tx, caller, [{ person: 0n, action: 'U', interaction: 'replaceMappings', entities }], now);
    return { institution, load };
}
