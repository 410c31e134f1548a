import { Failure } from '../failure.js';
import { findInstitution } from '../institutions/find-institution.js';
import { decodeAccessId } from './access-entry-id.js';
import { findAccesses } from './access-search.queries.js';
import { auditEvent } from './audit-event.rules.js';
import { discreet } from './discretion.rules.js';
/**
 * One entry of the log as an AuditEvent, itself logged before it is returned. Throws `not-found` for one beyond the caller's reach as for
 * one that never was.
 */
export async function readAuditEvent(db, accessLog, caller, id, reach, base, now) {
    const key = decodeAccessId(id);
    const filter = { keys: key ? [key] : [], institution: reach };
    const [row] = await findAccesses(db, filter, { after: undefined, limit: 1 });
    if (!row) {
        throw new Failure('not-found', { en: `AuditEvent/${id} is not known here`, zh: `本系统中不存在 AuditEvent/${id}` });
    }
    const institution = row.institution === null ? undefined : await findInstitution(db, row.institution);
    const entities = [`AuditEvent/${id}`];
    await accessLog.record(caller, [{ person: row.person, action: 'R', interaction: 'readAuditEvent', entities }], now);
    return auditEvent(reach === undefined ? row : discreet(row), institution, base);
}
