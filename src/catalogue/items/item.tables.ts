import { date, index, integer, pgTable, primaryKey, text, timestamp } from 'drizzle-orm/pg-core';

/** An edition of the regional list of recognisable items; it holds from its date until the next edition begins. */
export const catalogueEditions = pgTable('catalogue_editions', {
  edition: text().primaryKey(),
  title: text().notNull(),
  effectiveFrom: date('effective_from', { mode: 'string' }).notNull().unique(),
  loadedAt: timestamp('loaded_at', { withTimezone: true, precision: 3 }).notNull(),
});

export const catalogueItems = pgTable(
  'catalogue_items',
  {
    edition: text()
      .notNull()
      .references(() => catalogueEditions.edition),
    code: text().notNull(),
    kind: text({ enum: ['laboratory', 'imaging', 'ecg', 'pathology'] }).notNull(),
    nameZh: text('name_zh').notNull(),
    nameEn: text('name_en').notNull(),
    loinc: text(),
    /** UCUM. */
    unit: text(),
    /** Specimen of a laboratory item, body part of an imaging item. */
    specimenOrBodyPart: text('specimen_or_body_part'),
    modality: text(),
    /** How long a result may be recognised; `null`: the list names no limit. */
    windowMinutes: integer('window_minutes'),
    windowBasis: text('window_basis', { enum: ['sampled', 'examined', 'reported'] }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.edition, table.code] }), index('catalogue_items_by_loinc').on(table.edition, table.loinc)],
);
