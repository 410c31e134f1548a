import { REFERENCE_CHANGE_SQL, referencesAsOf } from '../database/reference-memory.js';
/**
 * Keeps what a human being (all keys of whom are given) has consented to as it is until this transaction ends: a withdrawal waits for the
 * answers that still rest on the consent, so that none is given after its own. To be called before the consents are read. Others may hold
 * them too. For nobody it does the same. Answers the reference data as they stand, by which such an answer is made.
 */
export async function holdConsents(tx, persons) {
    const { rows } = await tx.$client.query({
        name: 'hold-consents',
        text: `select ${REFERENCE_CHANGE_SQL} as change, count(pg_advisory_xact_lock_shared(person))
             from (select unnest($1::bigint[]) as person order by 1) as persons`,
        values: [persons.map(String)],
    });
    return referencesAsOf(tx, rows[0]?.change ?? null);
}
/** Waits until nobody holds what was consented to under these keys, and keeps others from it until this transaction ends. */
export async function claimConsents(tx, persons) {
    await tx.$client.query({
        name: 'claim-consents',
        text: `select pg_advisory_xact_lock(person) from (select distinct unnest($1::bigint[]) as person order by 1) as persons`,
        values: [persons.map(String)],
    });
}
