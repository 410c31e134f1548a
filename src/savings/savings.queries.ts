import { and, eq, inArray, sql } from 'drizzle-orm';
import type { Reader, Transaction } from '../database/client.ts';
import { savingsEntries } from './savings.tables.ts';

const it = savingsEntries;

/** How often an item was saved and taken back within a visit, and whether a saving of it stands. */
export interface Round {
  readonly round: number;
  readonly isOpen: boolean;
}

/** The rounds of these items within a visit of one human being (all keys of whom are given); an item never saved there is missing. */
export async function findRounds(
  reader: Reader,
  at: { readonly persons: readonly bigint[]; readonly institution: number; readonly visit: string; readonly items: readonly string[] },
): Promise<ReadonlyMap<string, Round>> {
  const reversals = sql<number>`(count(*) filter (where ${it.kind} = 'reversal'))::integer`;
  const savings = sql<number>`(count(*) filter (where ${it.kind} = 'saving'))::integer`;
  const rows = await reader
    .select({ item: it.item, reversals, savings })
    .from(it)
    .where(
      and(inArray(it.person, [...at.persons]), eq(it.institution, at.institution), eq(it.visit, at.visit), inArray(it.item, [...at.items])),
    )
    .groupBy(it.item);
  return new Map(rows.map((row) => [row.item, { round: row.reversals, isOpen: row.savings > row.reversals }]));
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
