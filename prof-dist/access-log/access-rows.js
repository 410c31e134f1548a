import { freshNumber } from '../resources/resource-id.js';
import { isEmergency } from '../security/caller-headers.rules.js';
import { actionOf, DECIDE_CONSENT, IMPLICIT_POLICY, isReviewDue, loggable } from './access.rules.js';
/** The rows of a request that was served: one a person and access, and one for each consent that was decided on. */
export function rowsOf(caller, accesses, now) {
    return accesses.flatMap((access) => {
        const { person, permission } = access;
        const row = rowOfAccess(caller, access, now);
        return permission && caller.practitioner ? afterDecision(row, rowOfDecision(caller, person, permission, access.query, now)) : [row];
    });
}
/** What is decided first has the lower number, so that the two stand in their order within the moment. */
function afterDecision(row, decision) {
    return [decision, { ...row, id: decision.id + 1n }];
}
/** The rows of a request that was refused or failed: one for it, and one where a consent was decided on. */
export function rowsOfFailure(failed, now) {
    const { caller, person = 0n, decision } = failed;
    const row = {
        ...(caller ? columnsOf(caller) : NOBODY),
        person,
        recordedAt: now,
        id: freshNumber(),
        action: actionOf(failed.interaction),
        interaction: loggable(failed.interaction),
        outcome: failed.outcome,
        failure: failed.failure,
        reviewDue: false,
        entities: [],
        consents: [],
        query: failed.query === undefined ? null : loggable(failed.query),
        requestId: loggable(failed.requestId),
        address: loggable(failed.address),
    };
    return caller?.practitioner && decision ? afterDecision(row, rowOfDecision(caller, person, decision, failed.query, now)) : [row];
}
/** What was decided of a person's consent (IHE BALP, AuthZ-Consent): permitted (0), or not (4). */
export function rowOfDecision(caller, person, { basis, consents }, query, now) {
    const isPermitted = basis !== 'none';
    return {
        ...columnsOf(caller),
        person,
        recordedAt: now,
        id: freshNumber(),
        action: 'E',
        interaction: DECIDE_CONSENT,
        outcome: isPermitted ? 0 : 4,
        failure: isPermitted ? null : 'consent-required',
        reviewDue: false,
        entities: [],
        consents: consents.length > 0 || basis === 'consent' ? consents : [IMPLICIT_POLICY],
        query: query === undefined ? null : loggable(query),
    };
}
function rowOfAccess(caller, access, now) {
    const { permission } = access;
    return {
        ...columnsOf(caller),
        person: access.person,
        recordedAt: now,
        id: freshNumber(),
        action: access.action,
        interaction: access.interaction,
        outcome: 0,
        failure: null,
        reviewDue: isReviewDue(access.action, isEmergency(caller.purpose)),
        entities: access.entities,
        consents: permission && permission.basis !== 'none' ? permission.consents : [],
        query: access.query === undefined ? null : loggable(access.query),
    };
}
const NOBODY = {
    institution: null,
    client: null,
    practitionerSystem: null,
    practitionerValue: null,
    practitionerName: null,
    /** v3-NullFlavor: unknown. */
    purpose: 'UNK',
    reason: null,
};
function columnsOf(caller) {
    return {
        institution: caller.institution,
        client: caller.client,
        practitionerSystem: caller.practitioner && loggable(caller.practitioner.system),
        practitionerValue: caller.practitioner && loggable(caller.practitioner.value),
        practitionerName: caller.practitioner && loggable(caller.practitioner.name),
        purpose: caller.purpose,
        reason: caller.emergencyReason && loggable(caller.emergencyReason),
        requestId: loggable(caller.requestId),
        address: loggable(caller.address),
    };
}
