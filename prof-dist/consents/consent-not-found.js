import { Failure } from '../failure.js';
import { isPerson } from '../resources/resource-id.js';
/** The answer for a consent that the caller may not know of, and for one that never was. */
export function consentNotFound(id, key) {
    return new Failure('not-found', { en: `there is no consent ${id} here`, zh: `不存在同意书 ${id}` }, key && isPerson(key.person) ? { person: key.person } : {});
}
