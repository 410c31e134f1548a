import { createHash } from 'node:crypto';
import type { Reader } from '../database/client.ts';
import type { Place } from '../faces/page-cursor.ts';
import { decodeAccessId } from './access-entry-id.ts';
import { boundExport, type ExportBound, type ExportedLines, nextLines } from './access-export.queries.ts';
import type { AccessFilter } from './access-filter.rules.ts';
import { placeOf } from './list-accesses.ts';

/** Entries of the first batch; the following ones are as many as make the bytes below. */
const FIRST_BATCH = 500;
const BATCH_MAX = 10_000;
/** What a batch comes to. A pull holds two of them, and one on its way into the socket. */
const BATCH_BYTES = 1_048_576;

/** How an export is written: its text before the entries, the entries, and the record at its end. */
export interface ExportForm {
  readonly head: string;
  /** Lines of the form, from lines of JSON. */
  entries(lines: string): string;
  end(end: ExportEnd): string;
}

/** What the last record of an export says, so that a file that was cut short is known as such. */
export interface ExportEnd {
  /** How many entries stand before it. */
  readonly entries: number;
  /** Of all bytes before it. */
  readonly sha256: string;
  /** Everything that was committed at this moment is in the export, and nothing that was committed afterwards. UTC. */
  readonly until: string;
}

/** Which entries are exported, and where an export that broke off goes on. */
export interface Export {
  readonly filter: AccessFilter;
  readonly leaves: boolean;
  /** The last entry that arrived. */
  readonly after: Place | undefined;
  readonly form: ExportForm;
}

/**
 * Every entry the filter meets, the latest first, as texts of about a megabyte: memory stays the same however many there are. The next batch
 * is fetched while the former one is taken, never a second one, and no connection is held in between: whoever stops reading holds up nobody.
 *
 * What is written while it runs is not in it, also where the clock goes back meanwhile.
 */
export async function* exportAccesses(
  db: Reader,
  { filter, leaves, after, form }: Export,
  now: Date,
): AsyncGenerator<Buffer, void, undefined> {
  const hash = createHash('sha256');
  const hashed = (text: string): Buffer => {
    const bytes = Buffer.from(text, 'utf8');
    hash.update(bytes);
    return bytes;
  };
  const bound = await boundExport(db, now);
  if (form.head !== '') yield hashed(form.head);
  let entries = 0;
  for await (const batch of batchesOf(db, filter, leaves, after, bound)) {
    entries += batch.count;
    yield hashed(form.entries(batch.lines));
  }
  yield Buffer.from(form.end({ entries, sha256: hash.digest('hex'), until: now.toISOString() }), 'utf8');
}

async function* batchesOf(
  db: Reader,
  filter: AccessFilter,
  leaves: boolean,
  from: Place | undefined,
  bound: ExportBound,
): AsyncGenerator<ExportedLines, void, undefined> {
  const fetch = async (after: Place | undefined, limit: number): Promise<ExportedLines & { readonly limit: number }> => ({
    ...(await nextLines(db, filter, { after, limit, leaves, bound })),
    limit,
  });
  let batch = await fetch(from, FIRST_BATCH);
  while (batch.count === batch.limit) {
    const ahead = fetch(lastPlace(batch.lines), nextLimit(batch));
    // Whoever leaves the loop while it is under way leaves it to itself; its failure is met where it is awaited.
    ahead.catch(() => undefined);
    yield batch;
    batch = await ahead;
  }
  if (batch.count > 0) yield batch;
}

/** As many entries as come to a batch, if they are of the length of those before. */
function nextLimit({ count, lines }: ExportedLines): number {
  return Math.min(BATCH_MAX, Math.max(1, Math.floor((count * BATCH_BYTES) / lines.length)));
}

/** The place of the last entry: a line begins with its id, and an id says where its entry stands. */
function lastPlace(lines: string): Place | undefined {
  const start = lines.lastIndexOf('\n', lines.length - 2) + 1 + '{"id":"'.length;
  return placeOf(decodeAccessId(lines.slice(start, start + 28)));
}
