import { Failure } from '../failure.js';
import { findInstitutionsNamed, findParents } from '../institutions/find-institution.js';
import { normaliseUscc } from '../institutions/uscc.rules.js';
import { decodeId, isPerson } from '../resources/resource-id.js';
import { closeConsents, upsertConsents } from './consent.queries.js';
import { readConsent } from './consent-resource.rules.js';
import { peopleIn } from './consent-row.rules.js';
import { claimConsents } from './hold-consents.js';
/** Everything for which a Consent cannot be taken, before anything is stored; other resources have no reasons here. */
export function acceptConsent(content, path) {
    return content['resourceType'] === 'Consent' ? readConsent(content, path).issues : [];
}
/**
 * Lets the consents follow the Consent resources just stored, in the same transaction: what is permitted changes with the commit.
 *
 * At most one statement each for institutions, Organizations that others are part of, and rows; two for deletions. Whoever holds the consents
 * (`holdConsents`) is waited for. Institutions that are `known` already are not asked for. Answers the rows written. Throws `rule-violated` for
 * a recipient that takes no part in the exchange, and for a Consent in force that is about no Patient here: either would permit or deny nothing,
 * unnoticed.
 */
export async function keepConsents(tx, caller, stored, now, known = []) {
    const resources = stored.filter((it) => it.type === 'Consent');
    if (resources.length === 0)
        return [];
    const versions = resources.flatMap((it) => (it.content ? [{ ...it, stated: readConsent(it.content, 'Consent').stated }] : []));
    const placeless = versions.find((it) => it.stated.active && !isPerson(it.person));
    if (placeless) {
        throw new Failure('rule-violated', {
            path: 'Consent.patient.reference',
            en: 'must refer to a Patient that this institution has published or publishes with it',
            zh: '必须引用本机构已发布或随本次一并发布的患者',
        });
    }
    const lookUp = await lookUpOrganizations(tx, versions.map((it) => it.stated), known);
    const rows = versions.map(({ person, id, version, stated }) => ({
        ...columnsOf(stated, lookUp),
        person,
        id,
        version,
        institution: caller.institution,
        recordedAt: now,
    }));
    const deleted = resources.filter((it) => it.content === null);
    // All at once and before any row, so that two who claim several never wait for each other in a circle.
    if (deleted.length > 0)
        await claimConsents(tx, [...new Set(resources.map((it) => it.person))]);
    await upsertConsents(tx, rows);
    await closeConsents(tx, deleted);
    return rows;
}
/**
 * The custody of a write of one Consent and nothing else, whose institutions are `known`: nobody but the consents has a duty then, and the row
 * that follows the Consent is added to `kept`.
 */
export function keepingConsent(custody, known, kept) {
    return {
        ...custody,
        async keep(tx, caller, stored, now) {
            kept.push(...(await keepConsents(tx, caller, stored, now, known)));
        },
    };
}
/** The rules of consents with what their Organizations and credit codes stand for, in the order given; at most two statements. */
export async function rulesOfStated(reader, consents) {
    if (consents.length === 0)
        return [];
    const lookUp = await lookUpOrganizations(reader, consents);
    return consents.map((it) => rulesFrom(it, lookUp));
}
function rulesFrom({ root, nested }, lookUp) {
    return { root: found(root, lookUp), nested: nested.map((it) => found(it, lookUp)) };
}
function columnsOf({ active, method, ...stated }, lookUp) {
    const rules = rulesFrom(stated, lookUp);
    const { type, categories, purposes, validFrom, validUntil, recipients } = rules.root;
    return {
        active,
        method,
        decision: type,
        categories: [...categories],
        purposes: [...purposes],
        validFrom: validFrom === null ? null : new Date(validFrom),
        validUntil: validUntil === null ? null : new Date(validUntil),
        grantees: [...recipients.institutions],
        rules: { ...rules, people: peopleKeys(peopleIn(rules)) },
    };
}
/** The rule with what its Organizations and credit codes stand for. */
function found({ recipients, data, ...body }, lookUp) {
    return {
        ...body,
        recipients: {
            institutions: recipients.flatMap((it) => lookUp.institutionOf(it) ?? []),
            organizations: recipients.flatMap((it) => ('organization' in it && lookUp.institutionOf(it) === undefined ? it.organization : [])),
            people: recipients.flatMap((it) => ('people' in it ? it.people : [])),
        },
        data: data && data.map((it) => withInstitution(it, lookUp)),
    };
}
function withInstitution(data, { institutions, institutionOf }) {
    const institution = data.identifier === undefined
        ? data.target?.type === 'Organization' && institutions.get(data.target.id)
        : institutionOf({ identifier: data.identifier, path: '' });
    return data.kind === 'authoredby' && typeof institution === 'number' ? { ...data, institution } : data;
}
/** Where the people stand, so that the one statement of a decision finds them. */
function peopleKeys(people) {
    return people.flatMap((it) => {
        const [type = '', id = ''] = it.split('/');
        const key = decodeId(id);
        return key ? [{ type, person: key.person.toString(), id: key.id.toString() }] : [];
    });
}
/** At most one statement each for institutions that are not known yet, and for Organizations that others are part of. */
async function lookUpOrganizations(tx, consents, known = []) {
    const rules = consents.flatMap((it) => [it.root, ...it.nested]);
    const recipients = rules.flatMap((it) => it.recipients);
    const data = rules.flatMap((it) => it.data ?? []);
    const authors = data.flatMap(({ target }) => (target?.type === 'Organization' ? target.id : []));
    const named = recipients.flatMap((it) => ('organization' in it ? it.organization : []));
    const codes = [...recipients.map((it) => ('identifier' in it ? it.identifier : undefined)), ...data.map((it) => it.identifier)].flatMap((it) => (it === undefined ? [] : normaliseUscc(it)));
    const missing = {
        organizations: [...named, ...authors].filter((it) => known.every(({ organization }) => organization !== it)),
        usccs: codes.filter((it) => known.every(({ uscc }) => uscc !== it)),
    };
    const all = [...known, ...(await findInstitutionsNamed(tx, missing))];
    const byOrganization = new Map(all.flatMap((it) => (it.organization === null ? [] : [[it.organization, it]])));
    const byUscc = new Map(all.map((it) => [it.uscc, it]));
    const parents = await findParents(tx, [...new Set(named.filter((it) => !byOrganization.has(it)))]);
    const institutions = new Map([...byOrganization].map(([id, it]) => [id, it.institution]));
    const institutionOf = (it) => {
        if ('organization' in it)
            return institutions.get(it.organization);
        return 'identifier' in it ? byUscc.get(normaliseUscc(it.identifier))?.institution : undefined;
    };
    const isUnknown = (it) => !('people' in it) && institutionOf(it) === undefined && !('organization' in it && parents.has(it.organization));
    const issues = recipients
        .filter(isUnknown)
        .map((it) => ({ path: it.path, en: 'is not an institution that takes part in the exchange', zh: '所指机构未接入本互认平台' }));
    if (issues.length > 0)
        throw new Failure('rule-violated', issues);
    return { institutions, institutionOf };
}
