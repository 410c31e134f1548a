import { normalise } from '../fhir/person-name.js';
import { hashIdentifier } from '../resources/hash.js';
import { findByIdentifiers } from '../resources/resource.queries.js';
import { decodeId, isPerson } from '../resources/resource-id.js';
import { ID_CARD_SYSTEM } from './id-card.rules.js';
import { findDocuments, findKeysEver, findKeysOfDocument, findKeysOfPatient, findLinks, findLinksAmong, findLinksBy, } from './person.queries.js';
/**
 * All keys of the human being the caller means, the named one first; none when nobody is known by that name.
 *
 * Other institutions' own numbers name nobody. Knowing a key reveals nothing: what may be seen of a person is decided by consent.
 */
export async function findPersons(reader, caller, name) {
    if ('id' in name)
        return keysIn(await findKeysOfPatient(reader, patientKey(name.id)));
    const { identifier } = name;
    if (identifier.system === ID_CARD_SYSTEM)
        return keysIn(await findKeysOfDocument(reader, documentOf(identifier)));
    const named = await personsOfIdentifier(reader, caller, identifier);
    // The same statements for nobody as for somebody: the time taken does not tell them apart.
    const keys = await keysOfPerson(reader, named[0] ?? 0n);
    // A number that stands for two people names neither; two records of one human being are one.
    return named.length > 0 && named.every((it) => keys.includes(it)) ? keys : [];
}
/** All keys of the human being a key stands for, itself first. */
export async function keysOfPerson(reader, person) {
    return [person, ...(await findLinks(reader, [person]))];
}
/** The same as far as the exchange knew it at that moment: neither a document nor a merge of a later day had joined them. */
export async function keysOfPersonAt(reader, person, at) {
    return [person, ...(await findLinksBy(reader, person, at))];
}
/**
 * For each key all keys that ever stood for the same human being, itself included: what was done under one of them while a merge held was
 * done about that person, also when the merge has been taken back since. One statement, none for no keys.
 */
export async function everyKeyOf(reader, persons) {
    if (persons.length === 0)
        return new Map();
    const keys = new Map();
    for (const [person, key] of await findKeysEver(reader, [...new Set(persons)])) {
        const list = keys.get(person);
        if (list)
            list.push(key);
        else
            keys.set(person, [key]);
    }
    return keys;
}
/** Every two of the keys that stand for one human being, in both directions. */
export function linksAmong(reader, persons) {
    return findLinksAmong(reader, persons);
}
/** The same by numbers of the caller's own alone; none where it is somebody's only by what others published. */
export async function findOwnPersons(reader, caller, identifier) {
    const hits = await findByIdentifiers(reader, caller.institution, [hashIdentifier('Patient', identifier)]);
    const own = hits.filter((it) => it.type === 'Patient').map((it) => it.person);
    const keys = await keysOfPerson(reader, own[0] ?? 0n);
    return own.length > 0 && own.every((it) => keys.includes(it)) ? keys : [];
}
function keysIn({ person, others }) {
    return person === undefined ? [] : [person, ...others];
}
/** Nobody's where it can be no Patient's. */
function patientKey(id) {
    const key = decodeId(id.replace(/^Patient\//, ''));
    return key && isPerson(key.person) ? key : { person: 0n, id: 0n };
}
function documentOf({ system, value }) {
    return { system, value: normalise(value) };
}
/**
 * An identifier that is no identity card is looked for among the caller's own numbers, and where it is none of them among the documents; a card
 * among the documents alone. A number of the caller's own means its own patient whether or not it is a stranger's document as well: otherwise the
 * answer would tell that there is such a stranger.
 */
async function personsOfIdentifier(reader, caller, identifier) {
    const [document] = await findDocuments(reader, [documentOf(identifier)]);
    const hits = await findByIdentifiers(reader, caller.institution, [hashIdentifier('Patient', identifier)]);
    const own = [...new Set(hits.filter((it) => it.type === 'Patient').map((it) => it.person))];
    return own.length === 0 && document ? [document.person] : own;
}
