import { and, asc, sql } from 'drizzle-orm';
import type { Reader } from '../database/client.ts';
import type { Place } from '../faces/page-cursor.ts';
import type { Posting } from './account.rules.ts';
import { savingsEntries } from './savings.tables.ts';
import { isMeant, type SavingsFilter } from './savings-filter.queries.ts';

const it = savingsEntries;

/** An entry of the journal with what it moves between accounts. */
export type SavingsEntry = typeof savingsEntries.$inferSelect & { readonly postings: readonly Posting[] };

/** The entries meant with their postings, the oldest first. Two statements. */
export async function listEntries(
  reader: Reader,
  filter: SavingsFilter,
  after: Place | undefined,
  limit: number,
): Promise<readonly SavingsEntry[]> {
  const rows = await reader
    .select()
    .from(it)
    .where(and(isMeant(filter), after && sql`(${it.postedAt}, ${it.id}) > (${after.at.toISOString()}::timestamptz, ${after.id})`))
    .orderBy(asc(it.postedAt), asc(it.id))
    .limit(limit);
  const postings = await findPostings(reader, rows);
  return rows.map((row) => ({ ...row, postings: postings.get(`${row.person} ${row.id}`) ?? [] }));
}

/** The postings of these entries, by person and entry, debits first. Served by the primary key. */
async function findPostings(
  reader: Reader,
  entries: readonly { readonly person: bigint; readonly id: bigint }[],
): Promise<ReadonlyMap<string, readonly Posting[]>> {
  const found = new Map<string, Posting[]>();
  if (entries.length === 0) return found;
  const { rows } = await reader.$client.query<Record<'person' | 'entry' | 'debit' | 'credit', string> & Pick<Posting, 'account'>>({
    name: 'find-postings-of-entries',
    text: `select p.person, p.entry, p.account, p.debit_fen as debit, p.credit_fen as credit
             from unnest($1::bigint[], $2::bigint[]) as e (person, id)
             join savings_postings p on p.person = e.person and p.entry = e.id
            order by p.debit_fen = 0, p.account`,
    values: [entries.map(({ person }) => person), entries.map(({ id }) => id)],
  });
  for (const { person, entry, account, debit, credit } of rows) {
    const key = `${person} ${entry}`;
    found.set(key, [...(found.get(key) ?? []), { account, debitFen: BigInt(debit), creditFen: BigInt(credit) }]);
  }
  return found;
}
