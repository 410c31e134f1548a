import { bigint, date, index, integer, pgTable, primaryKey, text, timestamp } from 'drizzle-orm/pg-core';
/**
 * Which person an identity document stands for, and the name and birth date it was first seen with.
 *
 * Placed by its own key: a document is asked for before the person is known. System and value are normalised (half-width, no spaces,
 * upper case).
 */
export const personDocuments = pgTable('person_documents', {
    system: text().notNull(),
    value: text().notNull(),
    person: bigint({ mode: 'bigint' }).notNull(),
    /** Every normalised way in which the name may be written; two names agree when they share one. */
    names: text().array().notNull(),
    birthDate: date('birth_date', { mode: 'string' }).notNull(),
    gender: text(),
    institution: integer().notNull(),
    recordedAt: timestamp('recorded_at', { withTimezone: true, precision: 3 }).notNull(),
}, (table) => [primaryKey({ columns: [table.system, table.value] }), index('person_documents_by_person').on(table.person)]);
/**
 * Two person keys that turned out to be one human being by a common document; both directions are stored, and every key of one human being
 * knows every other. Rows of either key stay where they are. What is joined by a document is never parted.
 */
export const personLinks = pgTable('person_links', {
    person: bigint({ mode: 'bigint' }).notNull(),
    other: bigint({ mode: 'bigint' }).notNull(),
    institution: integer().notNull(),
    linkedAt: timestamp('linked_at', { withTimezone: true, precision: 3 }).notNull(),
}, (table) => [primaryKey({ columns: [table.person, table.other] })]);
/**
 * That an institution replaced one of its Patients by another (`Patient.link`, type `replaced-by`), by the version of the Patient that says
 * so. Evidence: a merge that is taken back gets a row in `person_merge_ends`.
 */
export const personMerges = pgTable('person_merges', {
    /** The Patient that is replaced. */
    person: bigint({ mode: 'bigint' }).notNull(),
    id: bigint({ mode: 'bigint' }).notNull(),
    version: integer().notNull(),
    /** The Patient that stands from then on. */
    survivorPerson: bigint('survivor_person', { mode: 'bigint' }).notNull(),
    survivorId: bigint('survivor_id', { mode: 'bigint' }).notNull(),
    institution: integer().notNull(),
    mergedAt: timestamp('merged_at', { withTimezone: true, precision: 3 }).notNull(),
}, (table) => [
    primaryKey({ columns: [table.person, table.id, table.version] }),
    index('person_merges_by_survivor').on(table.survivorPerson),
]);
/** That a merge no longer holds: a later version of the Patient no longer says it. */
export const personMergeEnds = pgTable('person_merge_ends', {
    person: bigint({ mode: 'bigint' }).notNull(),
    id: bigint({ mode: 'bigint' }).notNull(),
    /** Of the merge that ended. */
    version: integer().notNull(),
    /** The version of the Patient that ended it. */
    endedBy: integer('ended_by').notNull(),
    endedAt: timestamp('ended_at', { withTimezone: true, precision: 3 }).notNull(),
}, (table) => [primaryKey({ columns: [table.person, table.id, table.version] })]);
/**
 * Person keys that are one human being by merges in force, beyond those joined by documents; both directions. The present: follows from
 * `person_merges`, `person_merge_ends` and `person_links`, and spares readers the way through them.
 */
export const mergedPersons = pgTable('merged_persons', {
    person: bigint({ mode: 'bigint' }).notNull(),
    other: bigint({ mode: 'bigint' }).notNull(),
}, (table) => [primaryKey({ columns: [table.person, table.other] })]);
/**
 * Identifier systems that Patients were published with, and by whom first. Which systems are in use is a fact of the directory, like the
 * institutions themselves, and says nothing about anybody: it is told to every caller. The values are not.
 */
export const identifierDomains = pgTable('identifier_domains', {
    system: text().notNull(),
    institution: integer().notNull(),
    firstSeenAt: timestamp('first_seen_at', { withTimezone: true, precision: 3 }).notNull(),
}, (table) => [primaryKey({ columns: [table.system, table.institution] })]);
