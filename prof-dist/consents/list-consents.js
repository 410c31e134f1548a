import { encodePlace } from '../faces/page-cursor.js';
import { findPersons } from '../persons/find-persons.js';
import { encodeId } from '../resources/resource-id.js';
import { listVisibleConsents } from './consent.queries.js';
import { showConsents } from './show-consents.js';
/** A page of what the caller may know of a patient's consents, logged before it is returned; an unknown patient has none. */
export async function listConsents(db, accessLog, caller, patient, page, now) {
    const persons = await findPersons(db, caller, patient);
    const rows = await listVisibleConsents(db, persons, caller.institution, now, { ...page, limit: page.limit + 1 });
    const shown = rows.slice(0, page.limit);
    const consents = await showConsents(db, shown);
    const entities = shown.map((it) => `Consent/${encodeId(it)}/_history/${it.version}`);
    const query = 'id' in patient ? `patient=${patient.id}` : `patient.identifier=${patient.identifier.system}|${patient.identifier.value}`;
    await accessLog.record(caller, [{ person: persons[0] ?? 0n, action: 'E', interaction: 'listConsents', entities, query }], now);
    const last = rows.length > shown.length ? shown.at(-1) : undefined;
    return { consents, next: encodePlace(last && { at: last.recordedAt, id: last.id }) };
}
