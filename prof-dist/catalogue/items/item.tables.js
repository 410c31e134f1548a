import { sql } from 'drizzle-orm';
import { boolean, date, foreignKey, index, integer, pgTable, primaryKey, text, timestamp } from 'drizzle-orm/pg-core';
import { SENSITIVITIES } from '../../resources/sensitivity.js';
/**
 * An edition of the regional list of recognisable items; it holds from its day until the next edition begins. Loaded again before its day
 * it is a new revision, and the newest one counts; no two editions begin on one day.
 */
export const catalogueEditions = pgTable('catalogue_editions', {
    edition: text().notNull(),
    revision: integer().notNull().default(1),
    title: text().notNull(),
    effectiveFrom: date('effective_from', { mode: 'string' }).notNull(),
    loadedAt: timestamp('loaded_at', { withTimezone: true, precision: 3 }).notNull(),
}, (table) => [primaryKey({ columns: [table.edition, table.revision] })]);
export const catalogueItems = pgTable('catalogue_items', {
    edition: text().notNull(),
    revision: integer().notNull().default(1),
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
    /** The window holds only where the patient was not treated in between. */
    windowWithoutTreatment: boolean('window_without_treatment').notNull().default(false),
    /** Negative list: why a result must not be recognised, in both languages; `null`: it is not on the list. */
    negativeZh: text('negative_zh'),
    negativeEn: text('negative_en'),
    /** Whether the originals (images, curves) must be retrievable. */
    originalsRequired: boolean('originals_required').notNull().default(false),
    /** Kind of sensitive information (v3-ActCode), for which a permit has to name it. */
    sensitivity: text({ enum: SENSITIVITIES }),
    /** Codes of the panels it is a member of. */
    panels: text().array().notNull().default(sql `'{}'`),
}, (table) => [
    primaryKey({ columns: [table.edition, table.revision, table.code] }),
    foreignKey({
        name: 'catalogue_items_edition_fk',
        columns: [table.edition, table.revision],
        foreignColumns: [catalogueEditions.edition, catalogueEditions.revision],
    }),
    index('catalogue_items_by_loinc').on(table.edition, table.revision, table.loinc),
]);
