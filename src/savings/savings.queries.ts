import { and, eq, inArray } from 'drizzle-orm';
import type { Reader, Transaction } from '../database/client.ts';
import { savingsEntries } from './savings.tables.ts';

const it = savingsEntries;

/** How often an item was saved and taken back within a visit, and whether a saving of it stands. */
export interface Round {
  readonly round: number;
  readonly isOpen: boolean;
}

/** Where a saving is about to be posted. */
export interface Visit {
  /** All keys of the human being. */
  readonly persons: readonly bigint[];
  readonly institution: number;
  readonly items: readonly string[];
  readonly visit: string;
  /** The visit that stands for the whole day; what was saved there counts against every other visit of it. */
  readonly day: string;
  /** Where the visit is the day itself: its beginning, since every saving of the day counts against it. */
  readonly since: Date | undefined;
}

/** The rounds of these items within a visit, by primary key prefix; an item never saved there is missing. */
export async function findRounds(reader: Reader, at: Visit): Promise<ReadonlyMap<string, Round>> {
  const { rows } = await reader.$client.query<Round & { item: string }>({
    name: 'find-rounds',
    text: `select item, (count(*) filter (where kind = 'reversal' and visit = $4))::integer as round,
                  bool_or(kind = 'saving' and not exists (
                    select from savings_entries r where r.person = s.person and r.decision = s.decision and r.kind = 'reversal')) as "isOpen"
             from savings_entries s
            where person = any($1::bigint[]) and institution = $2 and item = any($3::text[])
              and (visit in ($4, $5) or posted_at >= $6::timestamptz)
            group by item`,
    values: [at.persons, at.institution, at.items, at.visit, at.day, at.since ?? null],
  });
  return new Map(rows.map(({ item, ...round }) => [item, round]));
}

/**
 * Adds savings. One that another transaction posts for the same item and visit at this moment wins by the unique key, and this one is left
 * out. Rows go in the order of the items, so that two never wait for each other in a circle.
 */
export async function insertEntries(tx: Transaction, rows: readonly (typeof savingsEntries.$inferInsert)[]): Promise<void> {
  if (rows.length === 0) return;
  await tx
    .insert(it)
    .values([...rows].sort((a, b) => (a.item < b.item ? -1 : 1)))
    .onConflictDoNothing();
}

/** Adds the opposite of a decision's saving, if it has one and no reversal yet. */
export async function insertReversal(
  tx: Transaction,
  decision: { readonly person: bigint; readonly id: bigint },
  id: bigint,
  now: Date,
): Promise<void> {
  await tx.$client.query({
    name: 'insert-reversal',
    text: `insert into savings_entries (person, id, kind, decision, "check", item, institution, district, source_institution, report,
             report_version, encounter, visit, round, amount_fen, priced, price, posted_at)
           select person, $3, 'reversal', decision, "check", item, institution, district, source_institution, report, report_version,
             encounter, visit, round, -amount_fen, priced, price, $4
           from savings_entries where person = $1 and decision = $2 and kind = 'saving'
           on conflict do nothing`,
    values: [decision.person, decision.id, id, now],
  });
}

/** The savings posted for these decisions. */
export async function findPostings(reader: Reader, persons: readonly bigint[], decisions: readonly bigint[]) {
  if (decisions.length === 0) return [];
  return await reader
    .select({ decision: it.decision, amountFen: it.amountFen, priced: it.priced, price: it.price })
    .from(it)
    .where(and(inArray(it.person, [...persons]), inArray(it.decision, [...decisions]), eq(it.kind, 'saving')));
}
