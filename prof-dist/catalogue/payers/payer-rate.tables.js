import { integer, numeric, pgTable, primaryKey, text, timestamp } from 'drizzle-orm/pg-core';
import { SCHEMES } from './scheme.js';
/**
 * What the fund of a health insurance pays of an examination, by division, scheme and level of the institution, from a moment on. A change is a
 * new row, so that each version can still be named later. In force is the latest beginning that has passed, and the highest version among
 * equals.
 */
export const payerRates = pgTable('payer_rates', {
    /** Division code (GB/T 2260) of a province, city or county. */
    division: text().notNull(),
    scheme: text({ enum: SCHEMES }).notNull(),
    /** Level of the institution, 1 to 3. */
    level: integer().notNull(),
    /** 1, 2, 3 … of the same division, in the order in which they were set; rates set at once have the same one. */
    version: integer().notNull(),
    validFrom: timestamp('valid_from', { withTimezone: true, precision: 3 }).notNull(),
    /** The rest is the patient's. */
    fundPercent: numeric('fund_percent', { precision: 5, scale: 2, mode: 'number' }).notNull(),
    recordedAt: timestamp('recorded_at', { withTimezone: true, precision: 3 }).notNull(),
}, (table) => [primaryKey({ columns: [table.division, table.scheme, table.level, table.version] })]);
