import { bigint, index, integer, pgTable, primaryKey, text, timestamp } from 'drizzle-orm/pg-core';
import { EQUIVALENCES } from './equivalence.rules.js';
/**
 * Each time an institution's mappings were replaced, all of them at once. The newest revision counts; a revision of no mappings takes them
 * away. What rested on an earlier one can still be named.
 */
export const mappingLoads = pgTable('mapping_loads', {
    institution: integer().notNull(),
    /** 1, 2, 3 … of the same institution. */
    revision: integer().notNull(),
    loadedAt: timestamp('loaded_at', { withTimezone: true, precision: 3 }).notNull(),
    /** SHA-256 of its mappings in their order, hexadecimal. */
    fingerprint: text().notNull(),
    mappings: integer().notNull(),
    /** Logical id of the ConceptMap that was written over FHIR; `null` where they were sent as a list. */
    source: text(),
}, (table) => [primaryKey({ columns: [table.institution, table.revision] })]);
export const mappings = pgTable('mappings', {
    institution: integer().notNull(),
    revision: integer().notNull(),
    system: text().notNull(),
    code: text().notNull(),
    display: text(),
    /** Empty where the local code means no item. */
    item: text().notNull(),
    equivalence: text({ enum: EQUIVALENCES }).notNull(),
    comment: text(),
    /** What the index of a result coded in it holds (`fhir/search-hash.ts`). */
    token: bigint({ mode: 'bigint' }).notNull(),
}, (table) => [
    primaryKey({ columns: [table.institution, table.revision, table.code, table.system, table.item] }),
    // Begins with the item, so that the planner does not take it for one of the institution before the table was analyzed.
    index('mappings_by_item').on(table.item, table.institution, table.revision),
]);
