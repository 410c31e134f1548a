import { DECIDE_CONSENT } from './access.rules.js';
import { AUTHENTICATIONS, EXPORTS, HISTORIES, PATCHES, SEARCHES } from './access-filter.rules.js';
export const DCM = 'http://dicom.nema.org/resources/ontology/DCM';
export const BALP = 'https://profiles.ihe.net/ITI/BALP';
export const ACT_REASON = 'http://terminology.hl7.org/CodeSystem/v3-ActReason';
export const INTERACTION_SYSTEM = 'https://tongjian.example/fhir/CodeSystem/interaction';
export const CLIENT_SYSTEM = 'https://tongjian.example/fhir/NamingSystem/client';
/** Numbers of persons, as entries name them. */
export const PERSON_SYSTEM = 'https://tongjian.example/fhir/NamingSystem/person';
/** Identifiers that are addresses. */
export const URI_SYSTEM = 'urn:ietf:rfc:3986';
/** This server by its FHIR address: what identifies whoever observed the entries (`AuditEvent.source.observer`). */
export function gatewayIdentifier(base) {
    return { system: URI_SYSTEM, value: base };
}
/** Who keeps the log and decides on consents. `base` is this server's FHIR address. */
export function gatewayOf(base) {
    return { identifier: gatewayIdentifier(base), display: 'Tongjian gateway' };
}
/** BALP has no pattern for histories. */
const HISTORY = { client: '110153', server: '110152', user: 'IRCP', profile: undefined };
export const SHAPES = {
    // In a read the data goes from the server to the client: source and destination change places.
    read: { client: '110152', server: '110153', user: 'IRCP', profile: 'Read' },
    vread: { client: '110152', server: '110153', user: 'IRCP', profile: 'Read' },
    'search-type': { client: '110153', server: '110152', user: 'IRCP', profile: 'Query' },
    operation: { client: '110153', server: '110152', user: 'IRCP', profile: undefined },
    'history-instance': HISTORY,
    'history-type': HISTORY,
    'history-system': HISTORY,
    create: { client: '110153', server: '110152', user: 'AUT', profile: 'Create' },
    update: { client: '110153', server: '110152', user: 'AUT', profile: 'Update' },
    patch: { client: '110153', server: '110152', user: 'AUT', profile: 'Update' },
    // Who receives is the destination; this server is the source.
    disclosure: { client: '110152', server: '110153', user: 'IRCP', profile: 'PrivacyDisclosure.Source' },
    delete: { client: '110150', server: 'custodian', user: 'AUT', profile: 'Delete' },
};
/** What the access is in the words of FHIR, by its action and its door. */
export function kindOf({ action, interaction }) {
    if (interaction === DECIDE_CONSENT)
        return 'decision';
    if (AUTHENTICATIONS.some((it) => it === interaction))
        return 'authentication';
    if (EXPORTS.some((it) => it === interaction))
        return 'disclosure';
    const history = HISTORIES.get(interaction);
    if (history)
        return history;
    if (action === 'C')
        return 'create';
    if (action === 'R')
        return interaction === 'readVersion' ? 'vread' : 'read';
    if (action === 'U')
        return PATCHES.some((it) => it === interaction) ? 'patch' : 'update';
    if (action === 'D')
        return 'delete';
    return new RegExp(SEARCHES).test(interaction) ? 'search-type' : 'operation';
}
