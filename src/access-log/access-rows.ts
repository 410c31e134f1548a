import type { DecidedConsent } from '../failure.ts';
import type { Access } from '../resources/custody.ts';
import { freshNumber } from '../resources/resource-id.ts';
import type { Caller } from '../security/caller.ts';
import { isEmergency } from '../security/caller-headers.rules.ts';
import { actionOf, DECIDE_CONSENT, type FailedAccess, IMPLICIT_POLICY, isReviewDue, loggable } from './access.rules.ts';
import type { AccessRow } from './access-log.queries.ts';

/** The rows of a request that was served: one a person and access, and one for each consent that was decided on. */
export function rowsOf(caller: Caller, accesses: readonly Access[], now: Date): AccessRow[] {
  return accesses.flatMap((access) => {
    const { person, permission } = access;
    const row = rowOfAccess(caller, access, now);
    return permission && caller.practitioner ? afterDecision(row, rowOfDecision(caller, person, permission, access.query, now)) : [row];
  });
}

/** What is decided first has the lower number, so that the two stand in their order within the moment. */
function afterDecision(row: AccessRow, decision: AccessRow): AccessRow[] {
  return [decision, { ...row, id: decision.id + 1n }];
}

/** The rows of a request that was refused or failed: one for it, and one where a consent was decided on. */
export function rowsOfFailure(failed: FailedAccess, now: Date): AccessRow[] {
  const { caller, person = 0n, decision } = failed;
  const row: AccessRow = {
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
export function rowOfDecision(
  caller: Caller,
  person: bigint,
  { basis, consents }: DecidedConsent,
  query: string | undefined,
  now: Date,
): AccessRow {
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

function rowOfAccess(caller: Caller, access: Access, now: Date): AccessRow {
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

function columnsOf(caller: Caller) {
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
