import { bigint, date, index, integer, pgTable, primaryKey, text, timestamp } from 'drizzle-orm/pg-core';

/**
 * Which person an identity document stands for, and the name and birth date it was first seen with.
 *
 * Placed by its own key: a document is asked for before the person is known. System and value are normalised (half-width, no spaces,
 * upper case).
 */
export const personDocuments = pgTable(
  'person_documents',
  {
    system: text().notNull(),
    value: text().notNull(),
    person: bigint({ mode: 'bigint' }).notNull(),
    /** Every normalised way in which the name may be written; two names agree when they share one. */
    names: text().array().notNull(),
    birthDate: date('birth_date', { mode: 'string' }).notNull(),
    gender: text(),
    institution: integer().notNull(),
    recordedAt: timestamp('recorded_at', { withTimezone: true, precision: 3 }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.system, table.value] }), index('person_documents_by_person').on(table.person)],
);

/** Two person keys that turned out to be one human being; both directions are stored. Rows of either key stay where they are. */
export const personLinks = pgTable(
  'person_links',
  {
    person: bigint({ mode: 'bigint' }).notNull(),
    other: bigint({ mode: 'bigint' }).notNull(),
    institution: integer().notNull(),
    linkedAt: timestamp('linked_at', { withTimezone: true, precision: 3 }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.person, table.other] })],
);
