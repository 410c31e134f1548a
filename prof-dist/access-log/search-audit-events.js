import { decodePlace, encodePlace } from '../faces/page-cursor.js';
import { encodeAccessId } from './access-entry-id.js';
import { findAccesses } from './access-search.queries.js';
import { auditEvent } from './audit-event.rules.js';
import { institutionInReach } from './audit-reach.js';
import { gatewayIdentifier } from './audit-shapes.rules.js';
import { isAsked } from './entity-query.rules.js';
import { openAccessLog, placeOf } from './list-accesses.js';
import { InstitutionNames } from './show-accesses.js';
/**
 * Retrieve ATNA Audit Event [ITI-81]: a page of the log as AuditEvents, the latest first. The search itself is logged before anything is
 * read.
 */
export async function searchAuditEvents(db, accessLog, caller, { query, reach, asked, base }, now) {
    const institution = await institutionInReach(db, reach.institution, query.uscc, 'agent.identifier');
    const after = decodePlace(query.after, '_after');
    // Every entry is observed by this server: another source has none.
    const isOurs = query.source === undefined || isAsked(query.source, gatewayIdentifier(base));
    const question = {
        patient: query.patient,
        filter: { ...query.filter, ...(isOurs ? {} : { keys: [] }), institution },
        reach,
        asked,
        interaction: 'searchAuditEvents',
    };
    const filter = await openAccessLog(db, accessLog, caller, question, now);
    const rows = await findAccesses(db, filter, { after, limit: query.count + 1 });
    const shown = rows.slice(0, query.count);
    const institutions = await new InstitutionNames(db).of(shown);
    const last = rows.length > shown.length ? shown.at(-1) : undefined;
    return {
        events: shown.map((it) => ({
            id: encodeAccessId(it),
            event: auditEvent(it, it.institution === null ? undefined : institutions.get(it.institution), base),
        })),
        next: encodePlace(placeOf(last)),
    };
}
