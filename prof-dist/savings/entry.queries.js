import { and, asc, sql } from 'drizzle-orm';
import { savingsEntries } from './savings.tables.js';
import { isMeant } from './savings-filter.queries.js';
const it = savingsEntries;
/** The entries meant with their postings, the oldest first. Two statements. */
export async function listEntries(reader, filter, after, limit) {
    const rows = await reader
        .select()
        .from(it)
        .where(and(isMeant(filter), after && sql `(${it.postedAt}, ${it.id}) > (${after.at.toISOString()}::timestamptz, ${after.id})`))
        .orderBy(asc(it.postedAt), asc(it.id))
        .limit(limit);
    const postings = await findPostings(reader, rows);
    return rows.map((row) => ({ ...row, postings: postings.get(`${row.person} ${row.id}`) ?? [] }));
}
/** The postings of these entries, by person and entry, debits first. Served by the primary key. */
async function findPostings(reader, entries) {
    const found = new Map();
    if (entries.length === 0)
        return found;
    const { rows } = await reader.$client.query({
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
