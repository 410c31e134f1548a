import { sql } from 'drizzle-orm';
import { bigint, boolean, date, index, integer, pgTable, primaryKey, text, timestamp } from 'drizzle-orm/pg-core';
/** What became of a reminder, by the last answer that stands. `excepted`: for a reason that the region's list does not count as a refusal. */
export const OUTCOMES = ['recognised', 'refused', 'excepted'];
/**
 * The days of each receiving institution on which something happened that the indicators count (days of Beijing). A day is counted as a
 * whole, from the events, whenever something of it has happened; late events make an old day due again.
 */
export const indicatorDays = pgTable('indicator_days', {
    institution: integer().notNull(),
    day: date({ mode: 'string' }).notNull(),
    /** Since when there is something that the rows of the day may not tell yet; `null`: nothing. */
    dueSince: timestamp('due_since', { withTimezone: true, precision: 3 }),
    countedAt: timestamp('counted_at', { withTimezone: true, precision: 3 }),
    /** Items that were asked for, each once a visit, whatever the answer. */
    asked: integer().notNull().default(0),
}, (table) => [
    primaryKey({ columns: [table.institution, table.day] }),
    index('indicator_days_due').on(table.dueSince).where(sql `due_since is not null`),
]);
/**
 * The item-times (项次) of a day: one item in one visit, however often it was asked for. Made from checks, decisions, revocations and
 * look-ups, and from nothing else; says nothing about the patient. `tongjian indicators --check` holds it against these.
 *
 * An item-time has one row with everything (`is_main`), of the result that was decided on or brought to mind, and one more for each further
 * institution whose results of the item were looked at. The receiving side counts the former, the source side all of its own.
 */
export const indicatorItemTimes = pgTable('indicator_item_times', {
    /** The receiving institution, where the patient was. */
    institution: integer().notNull(),
    day: date({ mode: 'string' }).notNull(),
    /** 1, 2, 3 … within the day; whose visit it is cannot be told from it. */
    visit: integer().notNull(),
    /** Item code; empty where a look-up was for whatever there is. */
    item: text().notNull(),
    /** The institution whose result it is. */
    source: integer().notNull(),
    isMain: boolean('is_main').notNull(),
    /** As the calling system names it; empty where it named none. */
    department: text().notNull(),
    /** Who answered last, or was the first to be reminded: `system|value`. */
    doctor: text().notNull(),
    doctorName: text('doctor_name').notNull(),
    isReminded: boolean('is_reminded').notNull(),
    isEligible: boolean('is_eligible').notNull(),
    outcome: text({ enum: OUTCOMES }),
    /** List and code of the reason, of what was not recognised: `national-2022:6`. */
    reason: text(),
    /** From the check to the answer that stands. */
    decidedMs: bigint('decided_ms', { mode: 'number' }),
}, (table) => [
    primaryKey({ columns: [table.institution, table.day, table.visit, table.item, table.source] }),
    index('indicator_item_times_by_source').on(table.source, table.day),
    index('indicator_item_times_by_day').on(table.day),
]);
/**
 * Examinations of a day, and how many of them were repeats without an accepted reason, as `repeats/count-repeats.ts` counts them: of each
 * item and (item empty) together; of all (source 0), and of those that a result of a source could have stood in for.
 */
export const indicatorExaminations = pgTable('indicator_examinations', {
    /** The institution that examined. */
    institution: integer().notNull(),
    day: date({ mode: 'string' }).notNull(),
    item: text().notNull(),
    source: integer().notNull(),
    examinations: integer().notNull(),
    repeats: integer().notNull(),
    patients: integer().notNull(),
    repeatedPatients: integer('repeated_patients').notNull(),
}, (table) => [
    primaryKey({ columns: [table.institution, table.day, table.item, table.source] }),
    index('indicator_examinations_by_source').on(table.source, table.day),
]);
