import { sql } from 'drizzle-orm';
import { bigint, boolean, char, index, integer, pgTable, primaryKey, smallint, text, timestamp, uuid } from 'drizzle-orm/pg-core';

/**
 * Who did what with whose data: one row a person and access, refusals included. Evidence: added, never changed.
 *
 * Parted by month of `recorded_at`, from midnight to midnight in Beijing (`database/month-partitions.ts`), so that a month whose time is over goes
 * as a whole. What lies in no month that has been made stands in `access_log_rest`.
 *
 * Compact on purpose; the FHIR AuditEvent (IHE BALP) is rendered from it on demand. `person` is 0 where nobody was concerned or known.
 */
export const accessLog = pgTable(
  'access_log',
  {
    person: bigint({ mode: 'bigint' }).notNull(),
    recordedAt: timestamp('recorded_at', { withTimezone: true, precision: 3 }).notNull(),
    id: bigint({ mode: 'bigint' }).notNull(),
    /** AuditEvent.action: C, R, U, D or E. */
    action: char({ length: 1 }).notNull(),
    /** What was done, by the operationId of the door: read, publish, check-recognition … */
    interaction: text().notNull(),
    /** AuditEvent.outcome: 0 success, 4 refused, 8 failed, 12 broken down. */
    outcome: smallint().notNull(),
    /** The code of the failure, where there was one. */
    failure: text(),
    institution: integer(),
    client: text(),
    practitionerSystem: text('practitioner_system'),
    practitionerValue: text('practitioner_value'),
    practitionerName: text('practitioner_name'),
    /** v3-ActReason: TREAT, ETREAT, BTG … */
    purpose: text().notNull(),
    /** The written reason of an emergency access. */
    reason: text(),
    /** An emergency access, to be looked at afterwards. */
    reviewDue: boolean('review_due').notNull().default(false),
    /** What was shown or stored: `DiagnosticReport/…/_history/1`. */
    entities: text().array().notNull(),
    /** The consents, or policies, it rests on: `Consent/…/_history/1`. */
    consents: text().array().notNull().default([]),
    /** The request as it was asked, for searches and operations; never with a token. */
    query: text(),
    requestId: text('request_id').notNull(),
    address: text(),
    /** What its commitment in the transparency log is salted with (`transparency/commitment.ts`). */
    salt: uuid().notNull().defaultRandom(),
  },
  (table) => [
    primaryKey({ columns: [table.person, table.recordedAt, table.id] }),
    index('access_log_by_time').on(table.recordedAt, table.id),
    index('access_log_by_institution').on(table.institution, table.recordedAt, table.id),
    index('access_log_by_practitioner').on(table.practitionerValue, table.recordedAt, table.id).where(sql`practitioner_value is not null`),
    index('access_log_by_interaction').on(table.interaction, table.recordedAt, table.id),
    /** What the indicators count of an institution's day, which is mostly other accesses. */
    index('access_log_look_ups').on(table.institution, table.recordedAt, table.id).where(sql`interaction = 'priorResults' and outcome = 0`),
    /** What auditors ask for and is rare: refusals and failures, purposes beside treatment, removals. */
    index('access_log_out_of_the_ordinary').on(table.recordedAt, table.id).where(sql`outcome <> 0 or purpose <> 'TREAT' or action = 'D'`),
    index('access_log_due_for_review').on(table.recordedAt, table.id).where(sql`review_due`),
  ],
);

/** How an emergency access was judged afterwards, by somebody else than the clinician who looked. Evidence; at most one an access. */
export const emergencyReviews = pgTable(
  'emergency_reviews',
  {
    /** The entry of the access log, by its key. */
    person: bigint({ mode: 'bigint' }).notNull(),
    accessedAt: timestamp('accessed_at', { withTimezone: true, precision: 3 }).notNull(),
    access: bigint({ mode: 'bigint' }).notNull(),
    outcome: text({ enum: ['justified', 'not-justified'] }).notNull(),
    text: text().notNull(),
    /** Who reviewed it. */
    institution: integer().notNull(),
    client: text().notNull(),
    practitionerSystem: text('practitioner_system').notNull(),
    practitionerValue: text('practitioner_value').notNull(),
    practitionerName: text('practitioner_name').notNull(),
    reviewedAt: timestamp('reviewed_at', { withTimezone: true, precision: 3 }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.person, table.accessedAt, table.access] })],
);
