import { encodeAccessId } from './access-entry-id.js';
import { agentsOf, purposeOf } from './audit-agents.rules.js';
import { entitiesOf } from './audit-entities.rules.js';
import { BALP, DCM, gatewayOf, INTERACTION_SYSTEM, kindOf, SHAPES } from './audit-shapes.rules.js';
const REVIEW_DUE_EXTENSION = 'https://tongjian.example/fhir/StructureDefinition/review-due';
const REQUEST_EXTENSION = 'https://tongjian.example/fhir/StructureDefinition/request';
/** Subtype of every look that was made as an emergency. */
export const EMERGENCY_SUBTYPE = { system: DCM, code: '110127', display: 'Emergency Override Started' };
/** Subtype of every decision on a consent. */
export const DECISION_SUBTYPE = { system: `${BALP}/CodeSystem/AuthZsubType`, code: 'AuthZ-Consent' };
const AUTHENTICATION = { system: DCM, code: '110114', display: 'User Authentication' };
const REST = { system: 'http://terminology.hl7.org/CodeSystem/audit-event-type', code: 'rest', display: 'Restful Operation' };
const DECISION = { system: DCM, code: '110113', display: 'Security Alert' };
const EXPORT = { system: DCM, code: '110106', display: 'Export' };
/** Subtype of every disclosure. */
export const DISCLOSURE_SUBTYPE = { system: 'http://terminology.hl7.org/CodeSystem/iso-21089-lifecycle', code: 'disclose' };
/**
 * An entry of the access log as a FHIR AuditEvent after IHE BALP (Basic Audit Log Patterns): https://profiles.ihe.net/ITI/BALP/
 *
 * Only a success claims a profile, since those of interactions fix outcome 0; a decision on a consent claims its own whatever it was. A look
 * made as an emergency has a subtype of its own and its reason beside the purpose. `base` is this server's FHIR address.
 */
export function auditEvent(row, institution, base) {
    const kind = kindOf(row);
    const entities = entitiesOf(row, kind);
    const profile = kind === 'decision' ? decisionProfile(row, institution) : profileOf(row, kind, entities.length);
    const extensions = extensionsOf(row, kind);
    return {
        resourceType: 'AuditEvent',
        id: encodeAccessId(row),
        meta: {
            versionId: '1',
            lastUpdated: row.recordedAt.toISOString(),
            ...(profile ? { profile: [`${BALP}/StructureDefinition/${profile}`] } : {}),
        },
        ...(extensions.length > 0 ? { extension: extensions } : {}),
        type: TYPES[kind] ?? REST,
        subtype: subtypesOf(row, kind),
        action: row.action,
        recorded: row.recordedAt.toISOString(),
        outcome: String(row.outcome),
        ...(row.failure === null ? {} : { outcomeDesc: row.failure }),
        ...(row.purpose === 'UNK' ? {} : { purposeOfEvent: [purposeOf(row)] }),
        agent: agentsOf(row, kind, institution, base),
        source: {
            site: new URL(base).host,
            observer: gatewayOf(base),
            type: [{ system: 'http://terminology.hl7.org/CodeSystem/security-source-type', code: '4', display: 'Application Server' }],
        },
        ...(entities.length > 0 ? { entity: entities } : {}),
    };
}
const TYPES = { authentication: AUTHENTICATION, decision: DECISION, disclosure: EXPORT };
/** The profile of decisions has no entity for the request, so that it is told beside. */
function extensionsOf(row, kind) {
    return [
        ...(row.reviewDue ? [{ url: REVIEW_DUE_EXTENSION, valueBoolean: true }] : []),
        ...(kind === 'decision' ? [{ url: REQUEST_EXTENSION, valueString: row.requestId }] : []),
    ];
}
function profileOf(row, kind, entities) {
    if (row.outcome !== 0)
        return undefined;
    if (kind === 'authentication')
        return row.interaction === 'issueToken' ? 'IHE.IUA.71' : undefined;
    const { profile } = SHAPES[kind];
    // A disclosure is a patient's: one of the whole log has no profile.
    if (kind === 'disclosure')
        return row.person === 0n ? undefined : `IHE.BasicAudit.${profile}`;
    const described = kind === 'search-type' ? row.query !== null : row.entities.length > 0;
    if (!profile || !described || entities === 0)
        return undefined;
    return `IHE.BasicAudit.${row.person === 0n ? '' : 'Patient'}${profile}`;
}
/** It asks for the patient, the consent or policy, the clinician and the institution. */
function decisionProfile(row, institution) {
    const isWhole = row.person !== 0n && row.consents.length > 0 && row.practitionerValue !== null && institution !== undefined;
    return isWhole ? 'IHE.BasicAudit.AuthZconsent' : undefined;
}
function subtypesOf(row, kind) {
    if (kind === 'decision')
        return [DECISION_SUBTYPE];
    if (kind === 'authentication') {
        return row.interaction === 'issueToken'
            ? [{ system: 'urn:ihe:event-type-code', code: 'ITI-71', display: 'Get Access Token' }]
            : [{ system: INTERACTION_SYSTEM, code: row.interaction }];
    }
    return [
        kind === 'disclosure' ? DISCLOSURE_SUBTYPE : { system: 'http://hl7.org/fhir/restful-interaction', code: kind, display: kind },
        ...(row.reviewDue ? [EMERGENCY_SUBTYPE] : []),
        { system: INTERACTION_SYSTEM, code: row.interaction },
    ];
}
