import { DECIDE_CONSENT } from './access.rules.js';
/** A person's key as it begins the ids of that person's resources. */
export function personText(person) {
    return person.toString(16).padStart(16, '0');
}
/**
 * An entry as the institution that acted may see it: the person is named only where something of that person was shown or stored, and of
 * a decision against it only that there was one.
 *
 * The exchange logs under a person's key whenever it knows the person. An institution that asked in vain, for want of consent, could tell
 * from the key in its own log that there is such a person, and from a Consent that somebody else recorded a denial; nothing is revealed
 * before consent.
 */
export function discreet(row) {
    const key = `/${personText(row.person)}`;
    const isDenial = row.interaction === DECIDE_CONSENT && row.outcome !== 0;
    const isNamed = !isDenial && [...row.entities, ...row.consents].some((it) => it.includes(key));
    return { ...row, person: isNamed ? row.person : 0n, consents: isDenial ? [] : row.consents };
}
/**
 * An entry as the patient may see it whose accesses it is about: who looked, for what purpose, at what of the patient's own. The request as it
 * was asked is left out, since it may name others, and so is the address within the hospital's network.
 *
 * `persons`: all keys of the patient.
 */
export function asPatientSees(row, persons) {
    const keys = persons.map((it) => `/${personText(it)}`);
    const isOwn = (it) => keys.some((key) => it.includes(key));
    const consents = row.consents.filter((it) => isOwn(it) || !it.startsWith('Consent/'));
    return { ...row, entities: row.entities.filter(isOwn), consents, query: null, address: null };
}
