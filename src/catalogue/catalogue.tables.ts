import { bigint, boolean, date, index, integer, pgTable, primaryKey, text, timestamp } from 'drizzle-orm/pg-core';

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

/** Published reasons for repeating an examination, one list a region. */
export const catalogueReasons = pgTable(
  'catalogue_reasons',
  {
    list: text().notNull(),
    code: text().notNull(),
    textZh: text('text_zh').notNull(),
    textEn: text('text_en').notNull(),
    countsAsDenial: boolean('counts_as_denial').notNull(),
    noteRequired: boolean('note_required').notNull(),
  },
  (table) => [primaryKey({ columns: [table.list, table.code] })],
);

/**
 * What an item costs: set for one institution or for a district, from a moment on. A change is a new row, so that each version can
 * still be named later. In force is the latest beginning that has passed, and the highest version among equals.
 */
export const prices = pgTable(
  'prices',
  {
    /** `institution:<number>` or `district:<division code>`. */
    holder: text().notNull(),
    item: text().notNull(),
    /** 1, 2, 3 … of the same holder and item, in the order in which they were set. */
    version: integer().notNull(),
    validFrom: timestamp('valid_from', { withTimezone: true, precision: 3 }).notNull(),
    /** Chinese fen; one yuan is 100 fen. */
    amountFen: bigint('amount_fen', { mode: 'bigint' }).notNull(),
    recordedAt: timestamp('recorded_at', { withTimezone: true, precision: 3 }).notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.holder, table.item, table.version] }),
    index('prices_by_item').on(table.item, table.holder, table.validFrom),
  ],
);
