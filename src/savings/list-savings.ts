import { recordAccess } from '../access-log/record-access.ts';
import type { Transaction } from '../database/client.ts';
import { encodePlace, type Place } from '../faces/page-cursor.ts';
import { findInstitutions, type Institution } from '../institutions/find-institution.ts';
import { encodeId } from '../resources/resource-id.ts';
import type { Caller } from '../security/caller.ts';
import { type FilterTexts, readFilter } from './read-filter.ts';
import { listEntries, type SavingsEntry } from './statement.queries.ts';
import type { EntryShown } from './statement.schema.ts';

export interface EntryPage {
  readonly entries: readonly EntryShown[];
  readonly next: string | undefined;
}

/** A page of the entries a figure is made of, the oldest first, each down to the report version it rests on. Four statements. */
export async function listSavings(
  tx: Transaction,
  caller: Caller,
  texts: FilterTexts,
  page: { readonly after: Place | undefined; readonly limit: number },
  now: Date,
): Promise<EntryPage> {
  const filter = await readFilter(tx, caller, texts);
  const found = await listEntries(tx, filter, page.after, page.limit + 1);
  const rows = found.slice(0, page.limit);
  const institutions = await findInstitutions(tx, [...new Set(rows.flatMap((it) => [it.institution, it.sourceInstitution]))]);

  const shown = new Map<bigint, string[]>(rows.length === 0 ? [[0n, []]] : []);
  for (const row of rows) shown.set(row.person, [...(shown.get(row.person) ?? []), `SavingsEntry/${encodeId(row)}`]);
  const query = new URLSearchParams(texts).toString();
  const accesses = [...shown].map(([person, entities]) => ({ person, action: 'E' as const, interaction: 'listSavings', entities, query }));
  await recordAccess(tx, caller, accesses, now);

  const last = found.length > page.limit ? rows.at(-1) : undefined;
  return {
    entries: rows.map((it) => showEntry(it, institutions)),
    next: encodePlace(last && { at: last.postedAt, id: last.id }),
  };
}

function showEntry(entry: SavingsEntry, institutions: ReadonlyMap<number, Institution>): EntryShown {
  const { person } = entry;
  const show = (number: number) => ({ uscc: institutions.get(number)?.uscc ?? '', name: institutions.get(number)?.name ?? '' });
  return {
    id: encodeId(entry),
    kind: entry.kind,
    decision: encodeId({ person, id: entry.decision }),
    check: encodeId({ person, id: entry.check }),
    item: entry.item,
    ...(entry.members.length === 0 ? {} : { members: entry.members }),
    institution: show(entry.institution),
    district: entry.district,
    source: show(entry.sourceInstitution),
    report: entry.report,
    reportVersion: entry.reportVersion,
    ...(entry.encounter === null ? {} : { encounter: entry.encounter }),
    amountFen: Number(entry.amountFen),
    priced: entry.priced,
    price: entry.price,
    postedAt: entry.postedAt.toISOString(),
  };
}
