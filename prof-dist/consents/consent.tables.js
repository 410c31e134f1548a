import { bigint, boolean, index, integer, jsonb, pgTable, primaryKey, text, timestamp } from 'drizzle-orm/pg-core';
/**
 * What each Consent resource says, in the form the rules ask for. The resource of the same person and id is its full text; this row
 * follows every version of it in the same transaction.
 */
export const consents = pgTable('consents', {
    person: bigint({ mode: 'bigint' }).notNull(),
    id: bigint({ mode: 'bigint' }).notNull(),
    version: integer().notNull(),
    /** The institution that recorded it. */
    institution: integer().notNull(),
    /** The institutions that may (or may not) look; empty: any, or people or Organizations that the rules name. */
    grantees: integer().array().notNull(),
    decision: text({ enum: ['permit', 'deny'] }).notNull(),
    /** laboratory, imaging, ecg, pathology; empty: all of them, and what belongs to none. */
    categories: text({ enum: ['laboratory', 'imaging', 'ecg', 'pathology'] })
        .array()
        .notNull(),
    /** v3-ActReason codes it is about; empty: any. */
    purposes: text().array().notNull(),
    /** First instant it counts; `null`: from the beginning. */
    validFrom: timestamp('valid_from', { withTimezone: true, precision: 3 }),
    /** Last instant it counts; `null`: until withdrawn. */
    validUntil: timestamp('valid_until', { withTimezone: true, precision: 3 }),
    /** The rule and its exceptions as they are asked (`ConsentRules`); `null`, in rows of the first release: the columns say it all. */
    rules: jsonb().$type(),
    /** How it was given: on-site-qr, on-site-id-card, sms-code, signed-paper, standing-authorisation, guardian; not-stated. */
    method: text().notNull(),
    /** Whether it counts at all: active, and neither withdrawn nor entered in error. */
    active: boolean().notNull(),
    recordedAt: timestamp('recorded_at', { withTimezone: true, precision: 3 }).notNull(),
}, (table) => [primaryKey({ columns: [table.person, table.id] }), index('consents_by_institution').on(table.institution, table.id)]);
