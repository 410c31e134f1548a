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

/** The first line of the file. */
export const CSV_HEADER = line(COLUMNS.map(([name]) => name));

/** An entry as a line of CSV (RFC 4180). */
export function csvLine(entry: AccessEntry): string {
  return line(COLUMNS.map(([, value]) => value(entry) ?? ''));
}

/**
 * A cell. A spreadsheet takes a text that begins with = + - @ (full-width ones too), a tab or a line break for a formula and would run
 * it, so such a text gets an apostrophe before it, which spreadsheets do not show.
 */
export function csvCell(text: string): string {
  const harmless = /^[\s]*[=+\-@＝＋－＠]|^[\t\r\n]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

function line(cells: readonly string[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`;
}
