import { Failure } from '../failure.js';
import { objectsOf } from '../fhir/element.js';
import { followLinks } from './follow-links.js';
import { OF_SEVERAL } from './person-paths.js';
import { freshNumber, isPerson } from './resource-id.js';
import { SHARED_TYPES } from './shared-types.js';
import { humansOf, tracePersons } from './trace-persons.js';
/** Elements that say whom a resource is about. */
const SUBJECTS = ['subject', 'patient', 'for', 'beneficiary'];
/** Types that stay with the institution unless they have a subject: the directory, and what gains and loses persons as long as it lives. */
const STAYING = new Set([...SHARED_TYPES, 'Group']);
/**
 * Gives every resource its key: the compartment of the person it is about, or of the institution where it is about nobody. Where no subject is
 * named, the person is the one human being that all its references lead to; what leads to several stays with the institution, which alone
 * sees it. No statement where nobody's references lead to different keys, else one.
 *
 * Answers what lives with one person and leads to what lives with another: nobody is to see it by the consent of the first alone.
 *
 * Throws `rule-violated` for a report that is about no Patient and for an update that would move a resource to another person;
 * `identity-mismatch` comes from the persons' room.
 */
export async function assignCompartments(tx, custody, caller, passages, resolver, now) {
    const first = freshNumber();
    const patients = passages.filter((it) => it.draft.type === 'Patient' && it.fate.kind !== 'existing');
    if (patients.length > 0) {
        const claims = patients.map(({ draft, fate }) => ({
            path: draft.path,
            content: draft.content,
            ...(fate.kind === 'update' ? { person: fate.current.person } : {}),
        }));
        const persons = await custody.identify(tx, caller, claims, now);
        patients.forEach((patient, index) => {
            patient.key = { person: persons[index], id: first + BigInt(passages.indexOf(patient)) };
        });
    }
    for (const passage of passages) {
        if (passage.fate.kind === 'existing')
            passage.key = passage.fate.key;
        if (passage.fate.kind === 'update')
            passage.key = passage.fate.current;
    }
    passages.forEach((passage, index) => {
        if (passage.fate.kind === 'existing' || passage.draft.type === 'Patient')
            return;
        const person = subjectOf(passage, resolver);
        if (passage.draft.type === 'DiagnosticReport' && person === undefined)
            throw aboutNobody(passage);
        if (passage.key !== undefined && person !== undefined && person !== passage.key.person)
            throw otherPerson(passage);
        const compartment = person ?? (STAYING.has(passage.draft.type) ? BigInt(caller.institution) : undefined);
        if (compartment !== undefined)
            passage.key ??= { person: compartment, id: first + BigInt(index) };
    });
    const open = passages.filter((it) => it.key === undefined);
    const followed = followLinks(passages, resolver);
    let traced = tracePersons(open, followed, (key) => key);
    let humanOf = (key) => key;
    const keys = differentKeys(passages, followed, traced);
    if (keys.length > 0) {
        humanOf = humansOf(await custody.linksAmong(tx, keys));
        traced = tracePersons(open, followed, humanOf);
    }
    passages.forEach((passage, index) => {
        passage.key ??= { person: onlyPerson(passage, followed, traced, humanOf) ?? BigInt(caller.institution), id: first + BigInt(index) };
    });
    return new Set(passages.filter((it) => leadsToStranger(it, followed, humanOf)));
}
/** The person a resource names as its subject. */
function subjectOf(passage, resolver) {
    if (OF_SEVERAL.has(passage.draft.type))
        return undefined;
    for (const link of linksAt(passage, SUBJECTS)) {
        const target = resolver.follow(passage, link);
        const key = target && keyOf(target);
        if (key && isPerson(key.person))
            return key.person;
    }
    return undefined;
}
/** The references that stand in these elements themselves. */
function linksAt({ draft, links }, names) {
    const holders = new Set(names.flatMap((name) => objectsOf(draft.content[name])));
    return links.filter((it) => it.kind === 'reference' && holders.has(it.holder));
}
/**
 * The one human being that a resource without a subject leads to. A Provenance is about its targets: where they lead to one, that is the
 * person, whoever else is named in it.
 */
function onlyPerson(passage, followed, traced, humanOf) {
    const persons = new Map(traced.get(passage));
    if (persons.size > 1 && passage.draft.type === 'Provenance') {
        persons.clear();
        const targets = new Set(linksAt(passage, ['target']));
        for (const { link, target } of followed.get(passage) ?? []) {
            if (targets.has(link))
                for (const [human, key] of personsAt(target, traced, humanOf))
                    persons.set(human, key);
        }
    }
    const [only, other] = persons.values();
    return other === undefined ? only : undefined;
}
/** The persons' keys that the request is about, where any resource leads to more than one: they may still be one human being. */
function differentKeys(passages, followed, traced) {
    const all = new Set();
    let differ = false;
    for (const passage of passages) {
        const own = new Set();
        if (passage.key && isPerson(passage.key.person))
            own.add(passage.key.person);
        for (const { target } of followed.get(passage) ?? [])
            for (const key of personsAt(target, traced, (it) => it).values())
                own.add(key);
        differ ||= own.size > 1 && passage.draft.type !== 'Patient';
        for (const key of own)
            all.add(key);
    }
    return differ ? [...all] : [];
}
function personsAt(target, traced, humanOf) {
    const key = keyOf(target);
    if (key)
        return new Map(isPerson(key.person) ? [[humanOf(key.person), key.person]] : []);
    return ('passage' in target && traced.get(target.passage)) || new Map();
}
function keyOf(target) {
    return 'row' in target ? target.row : target.passage.key;
}
/** Whether what lives with one person leads to another: a child's coverage to the parent who pays. Patients may be linked as they are. */
function leadsToStranger(passage, followed, humanOf) {
    const { draft, key } = passage;
    if (!key || !isPerson(key.person) || draft.type === 'Patient')
        return false;
    return (followed.get(passage) ?? []).some(({ target }) => {
        const other = keyOf(target)?.person;
        return other !== undefined && isPerson(other) && humanOf(other) !== humanOf(key.person);
    });
}
function aboutNobody({ draft }) {
    return new Failure('rule-violated', {
        path: `${draft.path}.subject`,
        en: 'a report must be about a Patient that this institution has published or publishes with it',
        zh: '报告的对象必须是本机构已发布或随本次一并发布的患者',
    });
}
function otherPerson({ draft }) {
    return new Failure('rule-violated', {
        path: `${draft.path}.subject`,
        en: 'a new version cannot be about another person; withdraw this one and publish another',
        zh: '新版本不能改为另一患者；请撤回原报告后重新发布',
    });
}
