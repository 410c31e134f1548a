import { Failure } from '../failure.js';
import { identifiersOf } from '../fhir/element.js';
import { Collision } from '../resources/collision.js';
import { freshPerson } from '../resources/resource-id.js';
import { ID_CARD_SYSTEM } from './id-card.rules.js';
import { joinMerged } from './join-merged.js';
import { disagreements, readIdentity } from './patient.rules.js';
import { findDocumentLinks, findDocuments, findDocumentsOf, insertDocuments, insertLinks, lockLinks, } from './person.queries.js';
/**
 * Whose each Patient is: the person its identity documents stand for, or a person never seen before.
 *
 * Two institutions' Patients are one person by a common document together with name and birth date. The same document with another name
 * or birth date is a mistake that nobody here can settle: `identity-mismatch`, naming the element, and nothing is stored. A wrong
 * number is `rule-violated`. So it is where a new version makes somebody else of a Patient: what is stored under that person stays that
 * person's, and two human beings are never made one. Statements, whatever the number of Patients: the documents named, those of the persons
 * they lead to, the new ones (with identifier systems that are new); where a Patient joins persons, a lock, two more for each join and those of
 * `joinMerged`.
 */
export async function identifyPersons(tx, caller, claims, domains, now) {
    const identities = claims.map(readClaim);
    const documents = identities.flatMap((it) => it.documents);
    const known = new Map((documents.length > 0 ? await findDocuments(tx, documents) : []).map((it) => [nameOf(it), it]));
    const met = identities.map((it) => it.documents.flatMap((document) => known.get(nameOf(document)) ?? []));
    // Whoever brings one document alone and no past cannot mix two people up.
    const doubtful = claims.flatMap(({ person }, index) => person === undefined && identities[index].documents.length < 2
        ? []
        : [...(person === undefined ? [] : [person]), ...(met[index] ?? []).map((it) => it.person)]);
    const held = doubtful.length > 0 ? await findDocumentsOf(tx, doubtful) : [];
    const fresh = [];
    const linked = [];
    const persons = claims.map((claim, index) => {
        const identity = identities[index];
        const documents = identity.documents.flatMap((it) => known.get(nameOf(it)) ?? []);
        for (const document of documents)
            refuseMismatch(document, claim, identity);
        // What was merged by mistake has another name, which must not stand against taking it back.
        for (const document of held) {
            if (document.of === claim.person && !document.isMerged)
                refuseMismatch(document, claim, completed(identity, document));
        }
        const keys = [...new Set([...(claim.person === undefined ? [] : [claim.person]), ...documents.map((it) => it.person)])];
        refuseSecondCard(claim, identity, [...held.filter((it) => keys.includes(it.of)), ...fresh.filter((it) => keys.includes(it.person))]);
        const person = keys[0] ?? freshPerson();
        if (keys.length > 1)
            linked.push(keys);
        for (const document of identity.documents) {
            if (known.has(nameOf(document)))
                continue;
            const row = { ...document, person, names: identity.names, birthDate: identity.birthDate, gender: identity.gender ?? null };
            known.set(nameOf(document), row);
            fresh.push(row);
        }
        return person;
    });
    const systems = domains.fresh(caller.institution, claims.flatMap(({ content }) => identifiersOf(content).flatMap((it) => it.system || [])));
    // Also where nothing is new: the time taken does not tell a stranger from somebody known.
    if (documents.length + systems.length > 0 && !(await insertDocuments(tx, caller.institution, fresh, systems, now)))
        throw new Collision();
    domains.remember(tx, caller.institution, systems);
    // Links are kept complete: every key of one human being knows every other.
    if (linked.length > 0)
        await lockLinks(tx);
    for (const keys of linked) {
        const others = (await findDocumentLinks(tx, keys)).map(([, other]) => other);
        await insertLinks(tx, caller.institution, [...new Set([...keys, ...others])], now);
    }
    if (linked.length > 0)
        await joinMerged(tx, linked.flat());
    return persons;
}
function readClaim({ path, content }) {
    const { identity, issues } = readIdentity(content);
    if (issues.length > 0)
        throw new Failure('rule-violated', issues.map((it) => ({ ...it, path: `${path}.${it.path}` })));
    return identity;
}
function refuseMismatch(document, { path }, identity) {
    const elements = disagreements(document, identity);
    if (elements.length === 0)
        return;
    throw new Failure('identity-mismatch', elements.map((element) => ({
        path: `${path}.${element}`,
        en: `${element === 'name' ? 'the name' : 'the birth date'} differs from the one this identity document was registered with`,
        zh: `${element === 'name' ? '姓名' : '出生日期'}与该证件已登记的信息不一致`,
    })), { person: document.person });
}
/** A new version that leaves name or birth date out says nothing against them. */
function completed(identity, document) {
    const names = identity.names.length > 0 ? identity.names : document.names;
    return { ...identity, names, birthDate: identity.birthDate ?? document.birthDate };
}
/** A human being has one identity card number: namesakes of one birth date are told apart by nothing else. */
function refuseSecondCard({ path }, identity, held) {
    const cards = [...identity.documents, ...held].filter((it) => it.system === ID_CARD_SYSTEM);
    if (new Set(cards.map((it) => it.value)).size < 2)
        return;
    const person = held[0]?.person;
    throw new Failure('identity-mismatch', {
        path: `${path}.identifier`,
        en: 'would give one person two identity card numbers; mark a former one with use "old"',
        zh: '将使同一人拥有两个身份证号码；曾用号码请以 use“old”标明',
    }, person === undefined ? {} : { person });
}
const nameOf = ({ system, value }) => `${system}|${value}`;
