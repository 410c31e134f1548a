import { bigint, boolean, index, integer, pgTable, primaryKey, text, timestamp, unique } from 'drizzle-orm/pg-core';

/**
 * The savings account: one entry for an examination not repeated, one reversal where the recognition was taken back. Posted, never
 * changed. Amounts are fen; an entry without a configured price is 0 and says that it is unpriced.
 */
export const savingsEntries = pgTable(
  'savings_entries',
  {
    person: bigint({ mode: 'bigint' }).notNull(),
    id: bigint({ mode: 'bigint' }).notNull(),
    kind: text({ enum: ['saving', 'reversal'] }).notNull(),
    /** The decision that made it; one saving and at most one reversal each. */
    decision: bigint({ mode: 'bigint' }).notNull(),
    check: bigint({ mode: 'bigint' }).notNull(),
    item: text().notNull(),
    /** Of a panel: the items it stands for; none of a single item. */
    members: text().array().notNull().default([]),
    /** The receiving institution, where the examination was not repeated. */
    institution: integer().notNull(),
    district: text().notNull(),
    sourceInstitution: integer('source_institution').notNull(),
    report: text().notNull(),
    reportVersion: integer('report_version').notNull(),
    encounter: text(),
    /** `encounter:…`, or `day:2026-03-01` where the caller numbers no encounters: within it, an item is saved once. */
    visit: text().notNull(),
    /** How often the item was saved and taken back within the visit before; a reversal has that of its saving. */
    round: integer().notNull(),
    /** The price, of a panel less what the visit had saved of its members. Positive for a saving, negative for a reversal. */
    amountFen: bigint('amount_fen', { mode: 'bigint' }).notNull(),
    priced: boolean().notNull(),
    /** `institution:7 v3`: whose price, in which version; `null` where unpriced. */
    price: text(),
    postedAt: timestamp('posted_at', { withTimezone: true, precision: 3 }).notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.person, table.id] }),
    unique('savings_entries_once').on(table.person, table.decision, table.kind),
    unique('savings_entries_once_a_visit').on(table.person, table.institution, table.item, table.visit, table.kind, table.round),
    index('savings_entries_by_time').on(table.postedAt, table.person, table.id),
    index('savings_entries_by_institution').on(table.institution, table.postedAt),
  ],
);
