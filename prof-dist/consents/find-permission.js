import { requireTokenPatient } from '../resources/require-token-patient.js';
import { isEmergency } from '../security/caller-headers.rules.js';
import { decidePermission } from './consent.rules.js';
import { findGrounds, findNamedPeople } from './permission.queries.js';
/**
 * What the caller may see, now, of the results other institutions hold about a human being (all keys of whom are given).
 *
 * One statement, two where a consent names people or nothing is permitted, and never from memory: a withdrawal holds for the next request. They
 * run for nobody (no keys) as well, so that the time taken does not tell whether the person is known, nor whether a consent that the caller may
 * not see names people. What the caller's own institution published needs no permission. Throws
 * `scope-insufficient` where the caller's token is for another patient.
 */
export async function findPermission(reader, persons, caller, now) {
    requireTokenPatient(caller, persons);
    const { consents, asker, policy, namesPeople } = await findGrounds(reader, persons, caller, now);
    const permission = decidePermission(consents, {
        asker,
        policy,
        purpose: caller.purpose,
        emergency: isEmergency(caller.purpose),
        at: now,
    });
    if (permission.basis === 'none' && !namesPeople)
        await findNamedPeople(reader, [], asker.organizations, caller);
    return permission;
}
