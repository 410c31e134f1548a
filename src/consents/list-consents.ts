import type { AccessRecorder } from '../access-log/access-recorder.ts';
import type { Reader } from '../database/client.ts';
import { encodePlace, type Place } from '../faces/page-cursor.ts';
import { findPersons, type PatientName } from '../persons/find-persons.ts';
import { encodeId } from '../resources/resource-id.ts';
import type { Caller } from '../security/caller.ts';
import { listVisibleConsents } from './consent.queries.ts';
import type { ConsentView } from './consent.schema.ts';
import { showConsents } from './show-consents.ts';

/** A page of what the caller may know of a patient's consents, logged before it is returned; an unknown patient has none. */
export async function listConsents(
  db: Reader,
  accessLog: AccessRecorder,
  caller: Caller,
  patient: PatientName,
  page: { readonly after: Place | undefined; readonly limit: number },
  now: Date,
): Promise<{ readonly consents: readonly ConsentView[]; readonly next: string | undefined }> {
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
