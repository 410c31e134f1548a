import type { AccessRecorder } from '../access-log/access-recorder.ts';
import type { Reader } from '../database/client.ts';
import { findPersons } from '../persons/find-persons.ts';
import type { Permission } from '../resources/custody.ts';
import type { ConsentDecision, DecideConsent } from '../security/consent-decision.ts';
import { findPermission } from './find-permission.ts';

/**
 * Decides for a token that is to work for one patient (IHE PCF, Access Token with Consent [ITI-71]), and has the decision in the access log
 * before it answers. A patient nobody knows is decided on as one without a consent.
 */
export function decideForToken(db: Reader, accessLog: AccessRecorder): DecideConsent {
  return async (caller, patient, now) => {
    const persons = await findPersons(db, caller, { id: patient });
    const permission = await findPermission(db, persons, caller, now);
    const query = `POST /oauth2/token patient_id=Patient/${patient}`;
    await accessLog.recordDecision(caller, { person: persons[0] ?? 0n, permission, query }, now);
    return decisionOf(permission);
  };
}

/** Kinds of result that are not permitted have no form in a residual; the consent asked at each request holds them back. */
function decisionOf({ basis, consents }: Permission): ConsentDecision {
  return basis === 'none' ? { decision: 'deny' } : { decision: 'permit', consents, residual: [] };
}
