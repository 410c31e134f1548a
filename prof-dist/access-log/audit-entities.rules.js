import { RESOURCE_TYPES } from '../fhir/resource-types.js';
import { BALP, PERSON_SYSTEM, URI_SYSTEM } from './audit-shapes.rules.js';
import { personText } from './discretion.rules.js';
const ENTITY_TYPE = 'http://terminology.hl7.org/CodeSystem/audit-entity-type';
const OBJECT_ROLE = 'http://terminology.hl7.org/CodeSystem/object-role';
const RESOURCE_SYSTEM = 'http://hl7.org/fhir/resource-types';
/**
 * What was asked, what was shown or stored, the consents it rests on, whose it is, and the request. A resource beyond the first is an entity
 * of its FHIR type, since the profiles know one data entity.
 */
export function entitiesOf(row, kind) {
    // The profile of decisions is closed: the patient, the consents, and nothing else.
    if (kind === 'decision')
        return [...patient(row), ...row.consents.map(consent)];
    const entities = [];
    const querying = kind === 'search-type' || kind === 'operation' || kind === 'authentication' || kind === 'disclosure' || kind.startsWith('history-');
    if (row.query !== null && (querying || row.outcome !== 0)) {
        entities.push({
            type: { system: ENTITY_TYPE, code: '2', display: 'System Object' },
            role: { system: OBJECT_ROLE, code: '24', display: 'Query' },
            query: Buffer.from(row.query).toString('base64'),
        });
    }
    if (kind === 'authentication')
        return entities;
    const [first, ...others] = row.entities;
    if (first !== undefined)
        entities.push(entities.length > 0 ? furtherEntity(first) : dataEntity(first));
    entities.push(...others.map(furtherEntity), ...row.consents.filter((it) => it.startsWith('Consent/')).map(consent), ...patient(row));
    entities.push({
        type: { system: `${BALP}/CodeSystem/BasicAuditEntityType`, code: 'XrequestId' },
        what: { identifier: { value: row.requestId } },
    });
    return entities;
}
function dataEntity(name) {
    return {
        what: whatOf(name),
        type: { system: ENTITY_TYPE, code: '2', display: 'System Object' },
        role: { system: OBJECT_ROLE, code: '4', display: 'Domain Resource' },
    };
}
function furtherEntity(name) {
    const type = typeOf(name);
    return {
        what: whatOf(name),
        type: RESOURCE_TYPES.has(type)
            ? { system: RESOURCE_SYSTEM, code: type }
            : { system: 'https://tongjian.example/fhir/CodeSystem/record', code: type || 'record' },
    };
}
/** A Consent, or the policy that stands in its place, by its address. */
function consent(name) {
    return {
        what: name.startsWith('Consent/') ? { reference: name } : { identifier: { system: URI_SYSTEM, value: name } },
        type: { system: RESOURCE_SYSTEM, code: 'Consent' },
    };
}
function patient(row) {
    if (row.person === 0n)
        return [];
    const reference = row.entities.find((it) => typeOf(it) === 'Patient');
    return [
        {
            what: {
                ...(reference ? { reference } : {}),
                type: 'Patient',
                identifier: { system: PERSON_SYSTEM, value: personText(row.person) },
            },
            type: { system: ENTITY_TYPE, code: '1', display: 'Person' },
            role: { system: OBJECT_ROLE, code: '1', display: 'Patient' },
        },
    ];
}
/** A reference where it leads to a FHIR resource, else a mere name. */
function whatOf(name) {
    return RESOURCE_TYPES.has(typeOf(name)) ? { reference: name } : { identifier: { value: name } };
}
function typeOf(name) {
    return /^[A-Za-z]+/.exec(name)?.[0] ?? '';
}
