import { bigint, boolean, index, integer, jsonb, pgTable, primaryKey, text, timestamp } from 'drizzle-orm/pg-core';
/**
 * A correction or withdrawal of a published report, or of one of its results, that changed something clinical: what others are told.
 * Evidence. Its number is made of what was changed, so that the same change is one row however often it is met.
 */
export const reportCorrections = pgTable('report_corrections', {
    person: bigint({ mode: 'bigint' }).notNull(),
    id: bigint({ mode: 'bigint' }).notNull(),
    report: bigint({ mode: 'bigint' }).notNull(),
    /** The version of the report that stands since, where the report itself has a new one. */
    reportVersion: integer('report_version'),
    /** Who published it. */
    institution: integer().notNull(),
    kind: text({ enum: ['corrected', 'withdrawn'] }).notNull(),
    correctedAt: timestamp('corrected_at', { withTimezone: true, precision: 3 }).notNull(),
    /** The leaf of the access log that says it; corrections of a report come in its order. */
    leaf: bigint({ mode: 'bigint' }).notNull(),
    /** References of the report and all its parts. */
    parts: text().array().notNull(),
    /** What was changed, by reference: the version that stands since. */
    versions: jsonb().$type().notNull(),
    /** Whether the report itself is concerned, and with it all of its results. */
    isWhole: boolean('is_whole').notNull(),
    difference: jsonb().$type().notNull(),
}, (table) => [
    primaryKey({ columns: [table.person, table.id] }),
    index('report_corrections_by_report').on(table.person, table.report, table.leaf),
]);
/** That an institution is told of a correction, since it relied on what was corrected. Evidence; one a correction and institution. */
export const recalls = pgTable('recalls', {
    /** The compartment of the report. */
    person: bigint({ mode: 'bigint' }).notNull(),
    /** Made of the correction and the institution, so that it is told once. */
    id: bigint({ mode: 'bigint' }).notNull(),
    correction: bigint({ mode: 'bigint' }).notNull(),
    /** Who is told. */
    institution: integer().notNull(),
    /** Who published the report. */
    publisher: integer().notNull(),
    toldAt: timestamp('told_at', { withTimezone: true, precision: 3 }).notNull(),
    /** Until when it is to be acknowledged, by the rules of the region of who is told. */
    dueAt: timestamp('due_at', { withTimezone: true, precision: 3 }).notNull(),
    rulesVersion: text('rules_version').notNull(),
}, (table) => [
    primaryKey({ columns: [table.person, table.id] }),
    index('recalls_by_institution').on(table.institution, table.toldAt, table.id),
    index('recalls_by_publisher').on(table.publisher, table.toldAt, table.id),
    index('recalls_by_time').on(table.toldAt, table.id),
]);
/** What an institution that is told did with the version before: a recognition, or a look. Evidence. */
export const recallReliances = pgTable('recall_reliances', {
    person: bigint({ mode: 'bigint' }).notNull(),
    recall: bigint({ mode: 'bigint' }).notNull(),
    /** `RecognitionDecision/…`, or the entry of the access log: `AuditEvent/…`. */
    source: text().notNull(),
    basis: text({ enum: ['recognised', 'read'] }).notNull(),
    practitioner: jsonb().$type(),
    encounter: text(),
    /** Item of a recognition, and whether the very result it rests on was corrected. */
    item: text(),
    isConcerned: boolean('is_concerned').notNull(),
    /** The report and those of its results that it names itself: the institution has seen them. */
    results: text().array().notNull(),
    reliedAt: timestamp('relied_at', { withTimezone: true, precision: 3 }).notNull(),
}, (table) => [primaryKey({ columns: [table.person, table.recall, table.source] })]);
/** That an institution knows of a correction, by whom. Evidence; at most one a recall. */
export const recallAcknowledgements = pgTable('recall_acknowledgements', {
    person: bigint({ mode: 'bigint' }).notNull(),
    recall: bigint({ mode: 'bigint' }).notNull(),
    client: text().notNull(),
    practitioner: jsonb().$type().notNull(),
    note: text(),
    acknowledgedAt: timestamp('acknowledged_at', { withTimezone: true, precision: 3 }).notNull(),
}, (table) => [primaryKey({ columns: [table.person, table.recall] })]);
