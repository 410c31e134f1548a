import { Failure } from '../failure.js';
import { findPersons, keysOfPerson } from '../persons/find-persons.js';
import { decodeId, isPerson } from '../resources/resource-id.js';
import { actionOfList } from './access-filter.rules.js';
import { findAccesses } from './access-search.queries.js';
import { personAlone } from './entity-query.rules.js';
import { accessEntry, InstitutionNames } from './show-accesses.js';
/**
 * Writes down that the log is being looked at, and answers the filter with the patient's keys in it: nothing of the log leaves before this
 * has resolved. A patient who is not known has no entries. Throws `parameter-invalid` where the reader is bound to one patient and asks for
 * another.
 */
export async function openAccessLog(db, accessLog, caller, question, now) {
    const { patient, filter, reach, interaction, asked } = question;
    const named = reach.patient === undefined ? patient : { id: reach.patient };
    const persons = named ? await findPersons(db, caller, named) : await personsAround(db, filter);
    if (reach.patient !== undefined && patient && !(await means(db, caller, patient, reach.patient, persons)))
        throw patientNamedTwice();
    const access = { person: persons?.[0] ?? 0n, action: actionOfList(interaction), interaction, entities: [], query: asked };
    await accessLog.record(caller, [access], now);
    return { ...filter, persons, discreet: reach.institution !== undefined, ownLog: reach.patient !== undefined };
}
/** Whether a parameter names the patient of the token: by the same id, or by anything that stands for one of the patient's keys. */
async function means(db, caller, name, patient, persons) {
    const [person] = await findPersons(db, caller, name);
    return ('id' in name && name.id === patient) || (person !== undefined && persons?.includes(person) === true);
}
/** One refusal for another patient and for one whom nobody knows. */
function patientNamedTwice() {
    return new Failure('parameter-invalid', {
        path: 'patient',
        en: 'the access token names the patient whose log this is; leave the parameter out, or name the same patient',
        zh: '访问令牌已指明患者，请去掉该参数，或指明同一患者',
    });
}
/** Under whose keys the accesses to a resource, or those with a person, were logged; `undefined` for what is about nobody. */
async function personsAround(db, { entity, traits = [] }) {
    const key = entity === undefined ? undefined : decodeId(entity.replace(/^.*\//, ''));
    if (key && isPerson(key.person))
        return await keysOfPerson(db, key.person);
    const person = traits.map(personAlone).find((it) => it !== undefined);
    return person === undefined ? undefined : await keysOfPerson(db, person);
}
/** A page of entries, the latest first, and where the next one begins. */
export async function pageOfAccesses(db, filter, page) {
    const rows = await findAccesses(db, filter, { ...page, limit: page.limit + 1 });
    const shown = rows.slice(0, page.limit);
    const names = await new InstitutionNames(db).of(shown);
    const entries = shown.map((it) => accessEntry(it, names));
    return { entries, next: rows.length > shown.length ? placeOf(shown.at(-1)) : undefined };
}
/** Where the rows after this one begin. */
export function placeOf(row) {
    return row && { at: row.recordedAt, id: row.id };
}
