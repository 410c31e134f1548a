import { USCC_SYSTEM } from '../institutions/uscc.rules.js';
import { ACT_REASON, BALP, CLIENT_SYSTEM, DCM, gatewayOf, SHAPES } from './audit-shapes.rules.js';
/** Who took part, as BALP has it for the kind of access: the calling system, this server, the clinician, the institution. */
export function agentsOf(row, kind, institution, base) {
    if (kind === 'decision')
        return decisionAgents(row, institution, base);
    const shape = kind === 'authentication' ? undefined : SHAPES[kind];
    const server = {
        type: { coding: [serverRole(shape?.server)] },
        who: gatewayOf(base),
        requestor: false,
        network: { address: base, type: '5' },
    };
    return [
        client(row, shape?.client ?? '110150', row.practitionerValue === null),
        server,
        ...user(row, shape?.user ?? 'IRCP'),
        // IUA's own profile is closed: it has no place for the institution.
        ...(shape ? userOrganization(institution) : []),
    ];
}
/** Of a decision on a consent: the calling system, the clinician, the institution, and the server that decided. */
function decisionAgents(row, institution, base) {
    const authorizer = {
        type: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/extra-security-role-type', code: 'authserver' }] },
        who: gatewayOf(base),
        requestor: false,
    };
    return [client(row, '110150', false), ...user(row, 'IRCP'), ...userOrganization(institution), authorizer];
}
function client(row, role, requestor) {
    return {
        type: { coding: [{ system: DCM, code: role }] },
        who: row.client === null ? { display: 'unknown' } : { identifier: { system: CLIENT_SYSTEM, value: row.client } },
        requestor,
        network: { address: row.address ?? 'unknown', type: '2' },
    };
}
/** The clinician; what was permitted by a policy names it here (AuditEvent.agent.policy). */
function user(row, role) {
    if (row.practitionerValue === null)
        return [];
    const policies = row.consents.filter((it) => !it.startsWith('Consent/'));
    return [
        {
            type: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ParticipationType', code: role }] },
            who: {
                identifier: { ...(row.practitionerSystem ? { system: row.practitionerSystem } : {}), value: row.practitionerValue },
                ...(row.practitionerName ? { display: row.practitionerName } : {}),
            },
            ...(row.practitionerName ? { name: row.practitionerName } : {}),
            requestor: true,
            ...(policies.length > 0 ? { policy: policies } : {}),
            purposeOfUse: [purposeOf(row)],
        },
    ];
}
/** The purpose, with the written reason of an emergency. */
export function purposeOf({ purpose, reason }) {
    return { coding: [{ system: ACT_REASON, code: purpose }], ...(reason === null ? {} : { text: reason }) };
}
function userOrganization(institution) {
    if (!institution)
        return [];
    return [
        {
            type: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-RoleClass', code: 'PROV' }] },
            who: {
                ...(institution.organization === null ? {} : { reference: `Organization/${institution.organization}` }),
                identifier: { system: USCC_SYSTEM, value: institution.uscc },
                display: institution.name,
            },
            requestor: false,
        },
    ];
}
function serverRole(code) {
    if (code === undefined)
        return { system: `${BALP}/CodeSystem/UserAgentTypes`, code: 'AuthzOauthService' };
    if (code === 'custodian')
        return { system: 'http://terminology.hl7.org/CodeSystem/provenance-participant-type', code };
    return { system: DCM, code };
}
