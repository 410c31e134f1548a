import { integer, jsonb, pgTable, primaryKey, text, timestamp } from 'drizzle-orm/pg-core';
/** Every version of every region's rules. A change is a new version; a version never changes, as checks name it. */
export const ruleSets = pgTable('rule_sets', {
    code: text().notNull(),
    /** 1, 2, 3 … of the same code. */
    version: integer().notNull(),
    content: jsonb().$type().notNull(),
    recordedAt: timestamp('recorded_at', { withTimezone: true, precision: 3 }).notNull(),
}, (table) => [primaryKey({ columns: [table.code, table.version] })]);
/**
 * Which rules hold where, from a moment on. In force for a division is the latest beginning that has passed, and the highest version among
 * equals; a division without any follows the one above it.
 */
export const ruleAssignments = pgTable('rule_assignments', {
    /** The first 0 (the nation), 2, 4 or 6 figures of a division code (GB/T 2260). */
    division: text().notNull(),
    /** 1, 2, 3 … of the same division, in the order in which they were set. */
    version: integer().notNull(),
    /** Code of the rules; `null`: none of its own any more. */
    ruleSet: text('rule_set'),
    validFrom: timestamp('valid_from', { withTimezone: true, precision: 3 }).notNull(),
    recordedAt: timestamp('recorded_at', { withTimezone: true, precision: 3 }).notNull(),
}, (table) => [primaryKey({ columns: [table.division, table.version] })]);
