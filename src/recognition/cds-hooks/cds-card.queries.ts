import { and, eq, inArray, sql } from 'drizzle-orm';
import type { Reader, Transaction } from '../../database/client.ts';
import type { CardKey } from './card-id.rules.ts';
import { cdsCards } from './cds-card.tables.ts';

export type CardRow = typeof cdsCards.$inferSelect;

/** A visit of a person to an institution. */
export interface Visit {
  /** All keys of the human being. */
  readonly persons: readonly bigint[];
  readonly institution: number;
  readonly encounter: string | undefined;
  /** Midnight in Beijing: where no encounter is named, the day stands for the visit. */
  readonly dayBegan: Date;
}

/** What was decided on an item in a visit. */
export interface Answered {
  /** Whether a decision stands. */
  readonly stands: boolean;
  /** Whether one stands, and none that stands is against the result. */
  readonly isRecognised: boolean;
  /** How many decisions were taken back. */
  readonly revoked: number;
}

/**
 * What was decided in a visit, by item, on whatever face; an item that nothing was decided on is missing. A decision without an encounter
 * counts for every visit of its day, and for a visit without one every decision of the day does. One statement, served by the primary key.
 */
export async function findAnswered(reader: Reader, visit: Visit, items: readonly string[]): Promise<ReadonlyMap<string, Answered>> {
  const { rows } = await reader.$client.query<Answered & { item: string }>({
    name: 'find-answered',
    text: `select d.item, bool_or(r.decision is null) as stands, count(r.decision)::int as revoked,
                  coalesce(bool_and(d.decision = 'recognised') filter (where r.decision is null), false) as "isRecognised"
             from recognition_decisions d
             join recognition_checks c on c.person = d.person and c.id = d."check"
             left join decision_revocations r on r.person = d.person and r.decision = d.id
            where d.person = any($1::bigint[]) and d.institution = $2 and d.item = any($3::text[])
              and (c.encounter = $4::text or (($4::text is null or c.encounter is null) and c.checked_at >= $5::timestamptz))
            group by d.item`,
    values: [visit.persons, visit.institution, items, visit.encounter ?? null, visit.dayBegan],
  });
  return new Map(rows.map(({ item, ...answered }) => [item, answered]));
}

/** The reminders of these items that a clinician got in a visit. One statement, served by the primary key. */
export async function findReminders(
  reader: Reader,
  persons: readonly bigint[],
  { institution, visit, clinician }: Pick<CardRow, 'institution' | 'visit' | 'clinician'>,
  items: readonly string[],
): Promise<readonly CardRow[]> {
  const it = cdsCards;
  const isOfVisit = and(
    sql`${it.person} = any(${sql.param(persons.map(String))}::bigint[])`,
    eq(it.institution, institution),
    eq(it.visit, visit),
  );
  return await reader
    .select()
    .from(it)
    .where(and(isOfVisit, sql`${it.item} = any(${sql.param(items)}::text[])`, eq(it.clinician, clinician)))
    .prepare('find-reminders')
    .execute();
}

/**
 * Writes down reminders; one that is there already stays as it is. Two calls at once are told apart by the primary key: the second waits for
 * the first. Rows go in the order of their items, so that they never wait for each other in a circle.
 */
export async function insertReminders(tx: Transaction, rows: readonly (typeof cdsCards.$inferInsert)[]): Promise<void> {
  const sorted = [...rows].sort((a, b) => (a.item < b.item ? -1 : 1));
  await tx.insert(cdsCards).values(sorted).onConflictDoNothing();
}

/** The rows of these cards of an institution; those of another one are as unknown as ones that never were. One statement. */
export async function findCards(reader: Reader, keys: readonly CardKey[], institution: number): Promise<readonly CardRow[]> {
  const it = cdsCards;
  const persons = [...new Set(keys.map((key) => key.person))];
  const numbers = [...new Set(keys.map((key) => key.number))];
  return await reader
    .select()
    .from(it)
    .where(and(inArray(it.person, persons), inArray(it.number, numbers), eq(it.institution, institution)))
    .orderBy(it.person, it.number, it.item);
}
