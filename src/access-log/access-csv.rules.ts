import { csvLine } from '../faces/csv-cells.rules.ts';
import type { AccessEntry } from './access-entry.schema.ts';

const COLUMNS: readonly (readonly [name: string, value: (entry: AccessEntry) => string | undefined])[] = [
  ['id', (it) => it.id],
  ['recordedAt', (it) => it.recordedAt],
  ['action', (it) => it.action],
  ['interaction', (it) => it.interaction],
  ['outcome', (it) => String(it.outcome)],
  ['failure', (it) => it.failure],
  ['person', (it) => it.person],
  ['institutionUscc', (it) => it.institution?.uscc],
  ['institutionName', (it) => it.institution?.name],
  ['client', (it) => it.client],
  ['practitionerSystem', (it) => it.practitioner?.system],
  ['practitionerValue', (it) => it.practitioner?.value],
  ['practitionerName', (it) => it.practitioner?.name],
  ['purpose', (it) => it.purpose],
  ['reason', (it) => it.reason],
  ['reviewDue', (it) => String(it.reviewDue)],
  ['entities', (it) => it.entities.join(' ')],
  ['query', (it) => it.query],
  ['requestId', (it) => it.requestId],
  ['address', (it) => it.address],
  ['consents', (it) => it.consents?.join(' ')],
  ['reviewOutcome', (it) => it.review?.outcome],
  ['reviewText', (it) => it.review?.text],
  ['reviewedAt', (it) => it.review?.reviewedAt],
];

/** The columns of the log as CSV. */
export const ACCESS_COLUMNS: readonly string[] = COLUMNS.map(([name]) => name);

/** An entry as a line of CSV. */
export function accessLine(entry: AccessEntry): string {
  return csvLine(COLUMNS.map(([, value]) => value(entry) ?? ''));
}
