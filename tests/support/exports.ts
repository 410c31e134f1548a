import { createHash } from 'node:crypto';
import { parse } from 'csv-parse/sync';
import type { AccessEntry } from '../../src/access-log/access-entry.schema.ts';

/** An export as a careful reader takes it: `whole` where its last record is there and says what came before it. */
export interface ReadExport {
  readonly whole: boolean;
  readonly entries: readonly AccessEntry[];
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** Reads an NDJSON export, whole or cut short. A line that is not complete is no entry. */
export function readNdjson(text: string): ReadExport {
  const lines = text.split('\n').slice(0, -1);
  const last = lines.at(-1) ?? '';
  const end = last.startsWith('{"end":') ? JSON.parse(last).end : undefined;
  const entries = (end ? lines.slice(0, -1) : lines).map((it) => JSON.parse(it) as AccessEntry);
  const before = text.slice(0, text.lastIndexOf('{"end":'));
  const whole = text.endsWith('\n') && end?.entries === entries.length && end.sha256 === sha256(before);
  return { whole, entries };
}

/** Whether a CSV export is whole, by its last row. */
export function isWholeCsv(text: string): boolean {
  const start = text.lastIndexOf('end 完');
  if (start < 0 || !text.endsWith('\r\n')) return false;
  const [cells = []] = parse(text.slice(start)) as string[][];
  const rows = parse(text.slice(0, start), { bom: true }) as string[][];
  return cells[4] === String(rows.length - 1) && cells[6] === sha256(text.slice(0, start));
}
