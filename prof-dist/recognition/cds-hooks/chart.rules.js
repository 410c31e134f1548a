import { identifiersOf, objectOf, objectsOf, referenceOf, textOf } from '../../fhir/element.js';
import { namesOf, normalise } from '../../fhir/person-name.js';
import { ID_CARD_SYSTEM, isCalendarDay, readIdCard } from '../../persons/id-card.rules.js';
import { declaresDocument } from '../../persons/patient.rules.js';
import { parseIdentifier, parsePersonName } from '../../security/caller-headers.rules.js';
/** Own numbers of a patient that are looked up; more of them name nobody any better. */
const OWN_NUMBERS_MAX = 4;
/** As many as a Patient may have here; one of a longer list fits by chance. */
const NAMES_MAX = 8;
/**
 * By what a patient of the calling system is looked for: the number of the identity card alone, or, without one, other documents and its own
 * numbers; nothing where it has none. A card that contradicts itself, the birth date or the sex beside it names nobody: who a patient is, is never guessed.
 */
export function namesOfPatient(patient) {
    const current = objectsOf(patient['identifier'])
        .filter((it) => it['use'] !== 'old')
        .toSorted((a, b) => Number(declaresDocument(b)) - Number(declaresDocument(a)));
    const identifiers = identifiersOf({ identifier: current }).filter((it) => it.system !== '' && it.value.length <= 200);
    const card = identifiers.find((it) => it.system === ID_CARD_SYSTEM);
    if (!card)
        return identifiers.slice(0, OWN_NUMBERS_MAX);
    return isDoubtful(card, patient) ? [] : [card];
}
function isDoubtful(card, patient) {
    const read = readIdCard(normalise(card.value));
    if (typeof read === 'string')
        return true;
    const birthDate = textOf(patient['birthDate']);
    const gender = textOf(patient['gender']);
    if (birthDate !== undefined && !read.birthDate.startsWith(birthDate))
        return true;
    return (gender === 'male' || gender === 'female') && gender !== read.gender;
}
/** Names that a Patient has beside its own: nobody's documents have them. */
const NAMES_OF_NO_DOCUMENT = ['anonymous', 'nickname', 'temp'];
/**
 * What a patient of the calling system says beside the identifier, to be held against the identity documents: the name in every way it may be
 * written, and the birth date where it is a whole day. What is missing, and a name that is none of a document (a pseudonym, one for the
 * time being), claims nothing.
 */
export function claimOf(patient) {
    const own = objectsOf(patient['name']).filter((it) => !NAMES_OF_NO_DOCUMENT.includes(textOf(it['use']) ?? ''));
    const name = namesOf({ name: own.slice(0, NAMES_MAX) });
    const birthDate = textOf(patient['birthDate']);
    return {
        ...(name.length > 0 ? { name } : {}),
        ...(birthDate !== undefined && isCalendarDay(birthDate) ? { birthDate } : {}),
    };
}
/**
 * The clinician as the access log names one: an identifier and the name of a Practitioner; a PractitionerRole has them where it refers to
 * one by identifier and words. What is missing is made of how the calling system names its user: `<issuer>|Practitioner/7`.
 */
export function practitionerOf(user, userId, issuer) {
    const role = user?.['resourceType'] === 'PractitionerRole';
    const reference = role ? objectOf(user['practitioner']) : undefined;
    const identifiers = role ? identifiersOf({ identifier: reference?.['identifier'] }) : identifiersOf(user ?? {});
    // The number of an identity card would tell more about the clinician than the log has to know.
    const known = identifiers.filter((it) => it.system !== ID_CARD_SYSTEM).flatMap((it) => parseIdentifier(`${it.system}|${it.value}`) ?? []);
    const names = role ? [textOf(reference?.['display'])] : objectsOf(user?.['name']).map(writtenName);
    const name = names.flatMap((it) => parsePersonName(it ?? '') ?? [])[0];
    return { ...(known[0] ?? { system: issuer, value: userId }), name: name ?? userId };
}
function writtenName(name) {
    const given = Array.isArray(name['given']) ? name['given'].filter((it) => typeof it === 'string') : [];
    const [family, latin] = [textOf(name['family']) ?? '', given.join(' ')];
    return textOf(name['text']) ?? (/^[\p{Script=Han}]*$/u.test(family + latin) ? family + given.join('') : `${latin} ${family}`);
}
/** The id of the Practitioner that a PractitionerRole is of, at the same server; `undefined` where it is named in another way. */
export function practitionerIdOf(role) {
    return /^Practitioner\/([A-Za-z0-9.-]{1,64})$/.exec(referenceOf(role['practitioner']) ?? '')?.[1];
}
/** v3-ActCode: emergency; inpatient, acute, non-acute, observation and short stays. */
const EMERGENCY = ['EMER'];
const INPATIENT = ['IMP', 'ACUTE', 'NONAC', 'OBSENC', 'SS'];
/** Where the patient is treated, by Encounter.class; an outpatient where it is not said. */
export function settingOf(encounter) {
    const code = String(objectOf(encounter?.['class'])?.['code']);
    if (EMERGENCY.includes(code))
        return 'emergency';
    return INPATIENT.includes(code) ? 'inpatient' : 'outpatient';
}
