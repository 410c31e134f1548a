import type { Access } from '../resources/custody.ts';
import { freshNumber } from '../resources/resource-id.ts';
import type { Caller } from '../security/caller.ts';
import { isEmergency } from '../security/caller-headers.rules.ts';
import { actionOf, type FailedAccess, isReviewDue, loggable } from './access.rules.ts';
import type { AccessRow } from './access-log.queries.ts';

/** The rows of a request that was served: one a person and access. */
export function rowsOf(caller: Caller, accesses: readonly Access[], now: Date): AccessRow[] {
  const shared = columnsOf(caller);
  const emergency = isEmergency(caller.purpose);
  return accesses.map((access) => ({
    ...shared,
    person: access.person,
    recordedAt: now,
    id: freshNumber(),
    action: access.action,
    interaction: access.interaction,
    outcome: 0,
    failure: null,
    reviewDue: isReviewDue(access.action, emergency),
    entities: access.entities,
    query: access.query === undefined ? null : loggable(access.query),
  }));
}

/** The row of a request that was refused or failed. */
export function rowOfFailure(failed: FailedAccess, now: Date): AccessRow {
  return {
    ...(failed.caller ? columnsOf(failed.caller) : NOBODY),
    person: failed.person ?? 0n,
    recordedAt: now,
    id: freshNumber(),
    action: actionOf(failed.interaction),
    interaction: loggable(failed.interaction),
    outcome: failed.outcome,
    failure: failed.failure,
    reviewDue: false,
    entities: [],
    query: failed.query === undefined ? null : loggable(failed.query),
    requestId: loggable(failed.requestId),
    address: loggable(failed.address),
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
