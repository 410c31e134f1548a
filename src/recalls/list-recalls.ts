import { actionOfList } from '../access-log/access-filter.rules.ts';
import type { AccessRecorder } from '../access-log/access-recorder.ts';
import type { Reader } from '../database/client.ts';
import type { Place } from '../faces/page-cursor.ts';
import { encodeId } from '../resources/resource-id.ts';
import type { Caller } from '../security/caller.ts';
import type { RecallListed } from './recall.schema.ts';
import { findRecalls, type Recall, type RecallFilter } from './recall-list.queries.ts';
import type { Role } from './recall-reach.ts';
import { showRecalls } from './show-recalls.ts';

/** Which recalls are asked for, as whom, and the question as it was asked. */
export interface RecallQuestion {
  readonly role: Role;
  readonly filter: RecallFilter;
  readonly asked: string;
  /** What the reading is called in the access log: a query, or a disclosure. */
  readonly interaction: 'listRecalls' | 'exportRecalls';
}

/** Rows fetched at a time by a pull. */
const BATCH = 500;

/**
 * A page of recalls, the one that was told first comes first, and where the next one begins; logged before it is answered, one access a
 * person. Five statements.
 */
export async function pageOfRecalls(
  db: Reader,
  accessLog: AccessRecorder,
  caller: Caller,
  { role, filter, ...question }: RecallQuestion,
  page: { readonly after: Place | undefined; readonly limit: number },
  now: Date,
): Promise<{ readonly recalls: readonly RecallListed[]; readonly next: Place | undefined }> {
  const rows = await findRecalls(db, filter, { ...page, limit: page.limit + 1 }, now);
  const found = rows.slice(0, page.limit);
  const shown = await showRecalls(
    db,
    found.map((recall) => ({ recall, role })),
    now,
  );
  await accessLog.record(caller, accessesOf(found, question), now);
  const last = rows.length > found.length ? found.at(-1) : undefined;
  return { recalls: shown.map((it) => it.listed), next: last && { at: last.toldAt, id: last.id } };
}

/** Every recall that the question meets, as texts of up to five hundred lines; memory stays the same however many there are. */
export async function* streamRecalls(
  db: Reader,
  accessLog: AccessRecorder,
  caller: Caller,
  question: RecallQuestion,
  lineOf: (recall: RecallListed) => string,
  now: Date,
): AsyncGenerator<string, void, undefined> {
  let after: Place | undefined;
  do {
    const { recalls, next } = await pageOfRecalls(db, accessLog, caller, question, { after, limit: BATCH }, now);
    if (recalls.length > 0) yield recalls.map(lineOf).join('');
    after = next;
  } while (after);
}

/** One access a person, or one that names nobody for an empty page. */
function accessesOf(rows: readonly Recall[], { interaction, asked: query }: Pick<RecallQuestion, 'interaction' | 'asked'>) {
  const shown = new Map<bigint, string[]>(rows.length === 0 ? [[0n, []]] : []);
  for (const row of rows) {
    const entities = shown.get(row.person);
    if (entities) entities.push(`Recall/${encodeId(row)}`);
    else shown.set(row.person, [`Recall/${encodeId(row)}`]);
  }
  return [...shown].map(([person, entities]) => ({ person, action: actionOfList(interaction), interaction, entities, query }));
}
