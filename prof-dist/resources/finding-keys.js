import { hash } from 'node:crypto';
import { identifiersOf, objectsOf, textOf } from '../fhir/element.js';
import { namesOf } from '../fhir/person-name.js';
import { hashIdentifier } from './hash.js';
/** A Patient with so many names is found by the first of them. */
const NAMES_MAX = 12;
/** Hashes by which a resource is found at once (`resource_keys`): its identifiers and, of a Patient, its traits. */
export function findingKeys(type, content) {
    const identifiers = identifiersOf(content).map((it) => hashIdentifier(type, it));
    return [...new Set(type === 'Patient' ? [...identifiers, ...traitKeys(traitsOf(content))] : identifiers)];
}
/** Hashes of traits: name with birth date, name with gender, birth date, telecom. */
export function traitKeys({ names, birthDates, genders, telecoms }) {
    return [
        ...names.flatMap((name) => birthDates.map((it) => traitKey('name and birth date', `${name}\0${it}`))),
        ...names.flatMap((name) => genders.map((it) => traitKey('name and gender', `${name}\0${it}`))),
        ...birthDates.map((it) => traitKey('birth date', it)),
        ...telecoms.map((it) => traitKey('telecom', it)),
    ];
}
function traitsOf(patient) {
    const birthDate = textOf(patient['birthDate']);
    return {
        names: namesOf(patient).slice(0, NAMES_MAX),
        birthDates: birthDate?.length === 10 ? [birthDate] : [],
        genders: [textOf(patient['gender']) ?? ''],
        telecoms: telecomsOf(patient),
    };
}
/**
 * Telephone numbers by their last ten digits, so that country codes and ways of writing do not part them; mail addresses in lower case.
 */
export function telecomsOf(patient) {
    const all = objectsOf(patient['telecom']).flatMap((it) => {
        const value = textOf(it['value'])?.normalize('NFKC').trim();
        if (value === undefined)
            return [];
        if (value.includes('@'))
            return [value.toLowerCase()];
        const digits = value.replace(/\D/g, '');
        return digits.length >= 7 ? [digits.slice(-10)] : [];
    });
    return [...new Set(all)].slice(0, NAMES_MAX);
}
function traitKey(kind, value) {
    return hash('sha256', `Patient trait\0${kind}\0${value}`).slice(0, 32);
}
