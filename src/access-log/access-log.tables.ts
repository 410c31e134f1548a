import { bigint, boolean, char, index, integer, pgTable, primaryKey, smallint, text, timestamp } from 'drizzle-orm/pg-core';

/**
 * Who did what with whose data: one row a person and access, refusals included. Evidence: added, never changed.
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
    /** The request as it was asked, for searches and operations; never with a token. */
    query: text(),
    requestId: text('request_id').notNull(),
    address: text(),
  },
  (table) => [
    primaryKey({ columns: [table.person, table.recordedAt, table.id] }),
    index('access_log_by_time').on(table.recordedAt, table.id),
    index('access_log_by_institution').on(table.institution, table.recordedAt, table.id),
  ],
);
