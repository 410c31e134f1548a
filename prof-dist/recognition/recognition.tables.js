import { bigint, boolean, index, integer, jsonb, pgTable, primaryKey, text, timestamp } from 'drizzle-orm/pg-core';
import { INSURANCES } from './insurance.js';
/** A question "is there a recognisable prior result?" with the answer as it was given, and all that the answer rested on. Evidence. */
export const recognitionChecks = pgTable('recognition_checks', {
    person: bigint({ mode: 'bigint' }).notNull(),
    id: bigint({ mode: 'bigint' }).notNull(),
    institution: integer().notNull(),
    client: text().notNull(),
    practitioner: jsonb().notNull(),
    encounter: text(),
    setting: text().notNull(),
    trigger: text().notNull(),
    /** The department that asked, as the calling system names it. */
    department: text(),
    /** Who pays for the patient: a scheme of health insurance, or nobody else (`self-paid`); absent where the caller did not say. */
    insurance: text({ enum: INSURANCES }),
    checkedAt: timestamp('checked_at', { withTimezone: true, precision: 3 }).notNull(),
    edition: text(),
    rulesVersion: text('rules_version').notNull(),
    /** The answer per item: verdict, reasons, candidates with report version, price, record text. */
    answer: jsonb().notNull(),
}, (table) => [
    primaryKey({ columns: [table.person, table.id] }),
    index('recognition_checks_by_institution').on(table.institution, table.checkedAt),
]);
/** One answer of a clinician to one item of a check. Evidence; a second row for the item is refused by the key. */
export const recognitionDecisions = pgTable('recognition_decisions', {
    person: bigint({ mode: 'bigint' }).notNull(),
    check: bigint({ mode: 'bigint' }).notNull(),
    item: text().notNull(),
    id: bigint({ mode: 'bigint' }).notNull(),
    institution: integer().notNull(),
    client: text().notNull(),
    practitioner: jsonb().notNull(),
    decision: text({ enum: ['recognised', 'not-recognised'] }).notNull(),
    /** Published list and code of the reason for not recognising. */
    reasonList: text('reason_list'),
    reason: text(),
    reasonText: text('reason_text'),
    /** Whether it is a refusal to recognise: not where the list says of the reason that it is none. */
    countsAsDenial: boolean('counts_as_denial').notNull().default(false),
    /** The result that was decided on: institution, report and version, as the check named it. */
    sourceInstitution: integer('source_institution').notNull(),
    report: text().notNull(),
    reportVersion: integer('report_version').notNull(),
    /** Sampling or examination of the result, of a panel of the last of its members; absent where the check knew none. */
    performedAt: timestamp('performed_at', { withTimezone: true, precision: 3 }),
    /** The certificates that its mark, of a panel those of its members, rested on. */
    certificates: text().array().notNull().default([]),
    /** Edition of the list and version of the rules that the check applied. */
    edition: text(),
    rulesVersion: text('rules_version'),
    decidedAt: timestamp('decided_at', { withTimezone: true, precision: 3 }).notNull(),
}, (table) => [
    primaryKey({ columns: [table.person, table.check, table.item] }),
    index('recognition_decisions_by_id').on(table.person, table.id),
    index('recognition_decisions_by_institution').on(table.institution, table.decidedAt),
    index('recognition_decisions_by_source').on(table.sourceInstitution, table.decidedAt),
    index('recognition_decisions_by_certificate').using('gin', table.certificates),
]);
/** A decision taken back, with the reason. Evidence; at most one a decision. */
export const decisionRevocations = pgTable('decision_revocations', {
    person: bigint({ mode: 'bigint' }).notNull(),
    decision: bigint({ mode: 'bigint' }).notNull(),
    practitioner: jsonb().notNull(),
    reason: text().notNull(),
    revokedAt: timestamp('revoked_at', { withTimezone: true, precision: 3 }).notNull(),
}, (table) => [primaryKey({ columns: [table.person, table.decision] })]);
/** The recognised result was written into the medical record (引用). Evidence; at most one a decision. */
export const decisionCitations = pgTable('decision_citations', {
    person: bigint({ mode: 'bigint' }).notNull(),
    decision: bigint({ mode: 'bigint' }).notNull(),
    practitioner: jsonb().notNull(),
    /** When it was written into the record, as the calling system says. */
    citedAt: timestamp('cited_at', { withTimezone: true, precision: 3 }).notNull(),
    recordedAt: timestamp('recorded_at', { withTimezone: true, precision: 3 }).notNull(),
}, (table) => [primaryKey({ columns: [table.person, table.decision] })]);
