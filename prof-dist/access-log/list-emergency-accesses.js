import { findAccesses } from './access-search.queries.js';
import { daysWaiting } from './emergency-review.rules.js';
import { openAccessLog, placeOf } from './list-accesses.js';
import { accessEntry, InstitutionNames } from './show-accesses.js';
/**
 * Emergency accesses with their reviews, a page of them; the one that has waited longest comes first. Reading the list is logged before
 * anything is read. Four statements a page.
 */
export async function listEmergencyAccesses(db, accessLog, caller, { filter, reach, asked, after, limit }, now) {
    const question = {
        patient: undefined,
        filter: { ...filter, reviewDue: true },
        reach: { institution: reach, patient: undefined },
        asked,
        interaction: 'listEmergencyAccesses',
    };
    const wanted = await openAccessLog(db, accessLog, caller, question, now);
    const rows = await findAccesses(db, wanted, { after, limit: limit + 1, order: 'oldest-first' });
    const shown = rows.slice(0, limit);
    return { accesses: await showEmergencyAccesses(db, shown, now), next: rows.length > shown.length ? placeOf(shown.at(-1)) : undefined };
}
/** Emergency accesses as the flat routes show them; one statement for the institutions. */
export async function showEmergencyAccesses(db, rows, now) {
    const institutions = await new InstitutionNames(db).of(rows);
    return rows.map((row) => ({
        ...accessEntry(row, institutions),
        state: row.review ? 'reviewed' : 'open',
        ...(row.review ? {} : { waitingDays: daysWaiting(row.recordedAt, now) }),
    }));
}
