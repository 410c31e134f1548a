import { NO_PERMISSION } from './custody.js';
import { isPermitted } from './is-permitted.js';
import { requireTokenPatient } from './require-token-patient.js';
import { isPerson } from './resource-id.js';
import { SHARED_TYPES } from './shared-types.js';
/**
 * Whether the caller may see what stands at a key: their own institution's, the shared directory, and what the person's consent covers for a
 * named clinician. `visible-sql.ts` says the same of many. What is not there, or is of another type, is not seen, after the same statements and
 * with the same to log as where the person does not consent. Throws `scope-insufficient` where the caller's token is for another patient.
 */
export async function seekAt(reader, custody, caller, { key, type }, row, now) {
    const found = row?.type === type ? row : undefined;
    if (found?.institution === caller.institution) {
        if (caller.patient !== undefined && isPerson(key.person))
            requireTokenPatient(caller, await custody.keysOfPerson(reader, key.person));
        return { isSeen: true };
    }
    if (!isPerson(key.person))
        return { isSeen: found !== undefined && SHARED_TYPES.includes(found.type) };
    const permission = await permissionFor(reader, custody, caller, key.person, now);
    return { isSeen: await isPermitted(reader, permission, key, found), permission };
}
/** What the caller may see of a person from other institutions; nothing without a named clinician. The same statements in every case. */
async function permissionFor(reader, custody, caller, person, now) {
    const persons = await custody.keysOfPerson(reader, person);
    const permission = await custody.permission(reader, persons, caller, now);
    return caller.practitioner ? permission : NO_PERMISSION;
}
