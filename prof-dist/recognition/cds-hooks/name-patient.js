import { findOwnPersons } from '../../persons/find-persons.js';
import { namesOfPatient } from './chart.rules.js';
/**
 * The identifier that a patient of the calling system is to be asked about by; `undefined` where it has none, or where its numbers lead to
 * two human beings. The identity card goes before every other number; of the institution's own numbers the first that leads to somebody; where
 * none does, the first of all. Whether others know a number is not asked: a stranger's passport beside an own number would tell by the card.
 *
 * The statements are as many as the Patient has numbers, whomever they lead to.
 */
export async function namePatient(reader, caller, patient) {
    const names = namesOfPatient(patient);
    if (names.length < 2)
        return names[0];
    let found;
    for (const name of names) {
        const keys = await findOwnPersons(reader, caller, name);
        const [person] = keys;
        if (person === undefined)
            continue;
        if (found && !found.keys.includes(person))
            return undefined;
        found ??= { name, keys };
    }
    return found?.name ?? names[0];
}
