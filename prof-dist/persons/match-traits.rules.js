import { identifiersOf, objectsOf, textOf } from '../fhir/element.js';
import { namesOf, normalise } from '../fhir/person-name.js';
import { ID_CARD_SYSTEM, readIdCard } from './id-card.rules.js';
import { readIdentity } from './patient.rules.js';
const MOTHERS_MAIDEN_NAME = 'http://hl7.org/fhir/StructureDefinition/patient-mothersMaidenName';
/** Reads the traits of a Patient. A valid identity card number says birth date and sex where the Patient does not. */
export function readTraits(patient, telecoms) {
    const { identity } = readIdentity(patient);
    const card = identity.documents.map(readCard).find((it) => it !== undefined);
    const documents = new Set(identity.documents.map((it) => `${it.system}|${it.value}`));
    const birthDate = textOf(patient['birthDate']);
    const addresses = objectsOf(patient['address']);
    return {
        // A number that is none parts nobody.
        documents: identity.documents.filter((it) => it.system !== ID_CARD_SYSTEM || readCard(it)),
        identifiers: identifiersOf(patient)
            .filter((it) => it.system !== '' && !documents.has(`${it.system}|${normalise(it.value)}`))
            .map((it) => `${it.system}|${it.value}`),
        names: namesOf(patient),
        nameParts: objectsOf(patient['name']).flatMap(partsOf),
        birthDate: birthDate && /^\d{4}(-\d{2}){0,2}$/.test(birthDate) ? birthDate : card?.birthDate,
        gender: textOf(patient['gender']) ?? card?.gender,
        telecoms,
        addresses: addresses.map(addressOf).filter((it) => it !== ''),
        places: addresses
            .flatMap((it) => [it['postalCode'], it['city']].map((part) => normalise(textOf(part) ?? '')))
            .filter((it) => it !== ''),
        mothersMaidenName: objectsOf(patient['extension'])
            .filter((it) => it['url'] === MOTHERS_MAIDEN_NAME)
            .map((it) => normalise(textOf(it['valueString']) ?? ''))
            .find((it) => it !== ''),
    };
}
function readCard({ system, value }) {
    const card = system === ID_CARD_SYSTEM ? readIdCard(value) : undefined;
    return typeof card === 'object' ? card : undefined;
}
function partsOf(name) {
    const family = normalise(textOf(name['family']) ?? '');
    const given = (Array.isArray(name['given']) ? name['given'] : [])
        .map((it) => (typeof it === 'string' ? normalise(it) : ''))
        .filter((it) => it !== '');
    return family !== '' && given.length > 0 ? [{ family, given }] : [];
}
/** `text`, or else all of its lines and places one after the other. */
function addressOf(address) {
    const lines = Array.isArray(address['line']) ? address['line'].filter((it) => typeof it === 'string') : [];
    const parts = [...lines, address['district'], address['city'], address['state'], address['postalCode'], address['country']];
    return normalise(textOf(address['text']) ?? parts.filter((it) => typeof it === 'string').join(''));
}
