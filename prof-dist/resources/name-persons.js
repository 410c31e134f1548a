import { Failure } from '../failure.js';
import { NO_PERMISSION } from './custody.js';
import { requireTokenPatient } from './require-token-patient.js';
import { decodeId, isPerson } from './resource-id.js';
import { reachOf } from './visible-sql.js';
/** Each of them is looked up and asked for consent. */
const PERSONS_MAX = 20;
/**
 * The persons a search names, by the ids of Patients or by identifiers, each with what the caller may see of them. What they consented to
 * is shown to a named clinician alone. The statements are the same for nobody as for somebody.
 *
 * Throws `parameter-invalid` for more than twenty, `scope-insufficient` for another patient than the one that the token is for.
 */
export async function namePersons(reader, custody, caller, subjects, now) {
    const ids = [...new Set(subjects?.ids)];
    const identifiers = subjects?.identifiers ?? [];
    if (ids.length + identifiers.length > PERSONS_MAX)
        throw tooMany(ids.length + identifiers.length);
    const persons = [];
    const named = [];
    const name = async (keys) => {
        requireTokenPatient(caller, keys);
        const permission = caller.practitioner ? await custody.permission(reader, keys, caller, now) : NO_PERMISSION;
        // Nobody is one of them as well, so that the statements to come are the same.
        if (keys[0] === undefined || !persons.some((it) => it.keys.includes(keys[0])))
            persons.push({ keys, permission });
    };
    for (const id of ids) {
        const patient = decodeId(id);
        // An institution's number has the form of a key too, but nobody consents for it.
        if (!patient || !isPerson(patient.person))
            continue;
        const keys = await custody.keysOfPerson(reader, patient.person);
        named.push({ patient, keys });
        await name(keys);
    }
    for (const identifier of identifiers) {
        await name(await custody.personsBy(reader, caller, identifier));
    }
    return { reach: { ...reachOf(caller, 'own-and-shared'), persons }, named };
}
function tooMany(count) {
    return new Failure('parameter-invalid', {
        en: `${count} patients are named; a search takes at most ${PERSONS_MAX}`,
        zh: `检索中指定了 ${count} 名患者，单次检索最多 ${PERSONS_MAX} 名`,
    });
}
