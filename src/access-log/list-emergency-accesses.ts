import type { Reader } from '../database/client.ts';
import type { Place } from '../faces/page-cursor.ts';
import type { Caller } from '../security/caller.ts';
import type { AccessFilter } from './access-filter.rules.ts';
import type { AccessRecorder } from './access-recorder.ts';
import { type FoundAccess, findAccesses } from './access-search.queries.ts';
import type { EmergencyAccess } from './emergency-access.schema.ts';
import { daysWaiting } from './emergency-review.rules.ts';
import { openAccessLog, placeOf } from './list-accesses.ts';
import { accessEntry, InstitutionNames } from './show-accesses.ts';

/** Which emergency accesses somebody wants to see. */
export interface EmergencyQuestion {
  readonly filter: Pick<AccessFilter, 'institution' | 'practitioner' | 'from' | 'until' | 'review'>;
  /** The institution the reader is bound to, if it is bound to one. */
  readonly reach: number | undefined;
  /** The question as it was asked, for the log. */
  readonly asked: string;
  readonly after: Place | undefined;
  readonly limit: number;
}

/**
 * Emergency accesses with their reviews, a page of them; the one that has waited longest comes first. Reading the list is logged before
 * anything is read. Four statements a page.
 */
export async function listEmergencyAccesses(
  db: Reader,
  accessLog: AccessRecorder,
  caller: Caller,
  { filter, reach, asked, after, limit }: EmergencyQuestion,
  now: Date,
): Promise<{ readonly accesses: readonly EmergencyAccess[]; readonly next: Place | undefined }> {
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
export async function showEmergencyAccesses(db: Reader, rows: readonly FoundAccess[], now: Date): Promise<readonly EmergencyAccess[]> {
  const institutions = await new InstitutionNames(db).of(rows);
  return rows.map((row) => ({
    ...accessEntry(row, institutions),
    state: row.review ? 'reviewed' : 'open',
    ...(row.review ? {} : { waitingDays: daysWaiting(row.recordedAt, now) }),
  }));
}
