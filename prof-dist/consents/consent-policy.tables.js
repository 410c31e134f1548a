import { integer, pgTable, primaryKey, text, timestamp } from 'drizzle-orm/pg-core';
import { IMPLICIT_POLICIES } from './implicit-policy.rules.js';
/**
 * What holds, by administrative division, for patients who have no consent on file. Evidence: a change is a new version, and what was in force
 * at any time can be told.
 */
export const consentPolicies = pgTable('consent_policies', {
    /** The first digits of division codes (GB/T 2260): `50` is all of Chongqing; empty: everywhere. The longest that fits holds. */
    division: text().notNull(),
    version: integer().notNull(),
    policy: text({ enum: IMPLICIT_POLICIES }).notNull(),
    validFrom: timestamp('valid_from', { withTimezone: true, precision: 3 }).notNull(),
    recordedAt: timestamp('recorded_at', { withTimezone: true, precision: 3 }).notNull(),
}, (table) => [primaryKey({ columns: [table.division, table.version] })]);
