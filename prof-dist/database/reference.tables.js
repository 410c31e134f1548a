import { boolean, pgTable, uuid } from 'drizzle-orm/pg-core';
/**
 * The last change of reference data: of the catalogue, its rules, mappings, certificates and prices, and of who the institutions are. One row at
 * most, drawn anew with each change and in its transaction, so that whoever reads the same value twice has seen no change in between.
 */
export const referenceChanges = pgTable('reference_changes', {
    sole: boolean().primaryKey().default(true),
    change: uuid().notNull(),
});
