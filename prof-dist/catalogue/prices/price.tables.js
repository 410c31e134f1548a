import { bigint, index, integer, pgTable, primaryKey, text, timestamp } from 'drizzle-orm/pg-core';
/**
 * What an item costs: set for one institution or for a district, from a moment on. A change is a new row, so that each version can
 * still be named later. In force is the latest beginning that has passed, and the highest version among equals.
 */
export const prices = pgTable('prices', {
    /** `institution:<number>` or `district:<division code>`. */
    holder: text().notNull(),
    item: text().notNull(),
    /** 1, 2, 3 … of the same holder and item, in the order in which they were set. */
    version: integer().notNull(),
    validFrom: timestamp('valid_from', { withTimezone: true, precision: 3 }).notNull(),
    /** Chinese fen; one yuan is 100 fen. */
    amountFen: bigint('amount_fen', { mode: 'bigint' }).notNull(),
    recordedAt: timestamp('recorded_at', { withTimezone: true, precision: 3 }).notNull(),
}, (table) => [
    primaryKey({ columns: [table.holder, table.item, table.version] }),
    index('prices_by_item').on(table.item, table.holder, table.validFrom),
]);
