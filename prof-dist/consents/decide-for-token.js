import { findPersons } from '../persons/find-persons.js';
import { findResidual } from './find-residual.js';
/**
 * Decides for a token that is to work for one patient (IHE PCF, Access Token with Consent [ITI-71]), and has the decision in the access log
 * before it answers. A patient nobody knows is decided on as one without a consent. `base` is this server's FHIR address.
 */
export function decideForToken(db, accessLog, base) {
    return async (caller, patient, now) => {
        const persons = await findPersons(db, caller, { id: patient });
        const { permission, decision } = await findResidual(db, persons, caller, base, now);
        const decided = decision.decision === 'deny' ? { ...permission, basis: 'none' } : permission;
        const query = `POST /oauth2/token patient_id=Patient/${patient}`;
        await accessLog.recordDecision(caller, { person: persons[0] ?? 0n, permission: decided, query }, now);
        if (decision.decision === 'deny')
            return decision;
        return { ...decision, residual: decision.residual.map((it) => ({ ...it })) };
    };
}
