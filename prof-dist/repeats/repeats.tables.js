import { bigint, index, integer, jsonb, pgTable, primaryKey, smallint, text, timestamp, unique } from 'drizzle-orm/pg-core';
import { OUTCOMES } from './finding.rules.js';
import { LEAD_EVENTS, LEAD_OUTCOMES, LEAD_STATES } from './lead.rules.js';
/**
 * How each examined item of a report compares with what was recognisable then: one row a judgement, and the one of the highest round stands. A
 * judgement that comes to the same makes no row. Evidence.
 */
export const repeatFindings = pgTable('repeat_findings', {
    /** With the report: its compartment and number. */
    person: bigint({ mode: 'bigint' }).notNull(),
    report: bigint({ mode: 'bigint' }).notNull(),
    item: text().notNull(),
    /** 1, 2, 3 … of the same report and item. */
    round: smallint().notNull(),
    /** The version of the report that was judged. */
    version: integer().notNull(),
    /** The institution that examined. */
    institution: integer().notNull(),
    outcome: text({ enum: OUTCOMES }).notNull(),
    /** When it was examined or sampled: the earliest moment that the report can mean. */
    performedAt: timestamp('performed_at', { withTimezone: true, precision: 3 }).notNull(),
    /** The decision that explains it, or that it repeats after all: its compartment and number. */
    decisionPerson: bigint('decision_person', { mode: 'bigint' }),
    decision: bigint({ mode: 'bigint' }),
    /** What it rests on; `null` where nothing was recognisable. */
    evidence: jsonb().$type(),
    judgedAt: timestamp('judged_at', { withTimezone: true, precision: 3 }).notNull(),
}, (table) => [
    primaryKey({ columns: [table.person, table.report, table.item, table.round] }),
    index('repeat_findings_by_time').on(table.performedAt, table.institution),
    index('repeat_findings_by_institution').on(table.institution, table.performedAt),
    index('repeat_findings_by_person').on(table.person, table.institution, table.performedAt),
]);
/**
 * Repeats without an accepted reason (线索), one an examined item of a report, and where each stands now. The state follows `lead_events` in the same
 * transaction; everything else of a row never changes.
 */
export const leads = pgTable('leads', {
    person: bigint({ mode: 'bigint' }).notNull(),
    id: bigint({ mode: 'bigint' }).notNull(),
    /** The examination that was made again. */
    report: bigint({ mode: 'bigint' }).notNull(),
    item: text().notNull(),
    institution: integer().notNull(),
    performedAt: timestamp('performed_at', { withTimezone: true, precision: 3 }).notNull(),
    /** Who ordered it, as far as that is known: who was shown the prior result, else who is named by the order or the report. */
    doctorSystem: text('doctor_system'),
    doctorValue: text('doctor_value'),
    doctorName: text('doctor_name'),
    openedAt: timestamp('opened_at', { withTimezone: true, precision: 3 }).notNull(),
    state: text({ enum: LEAD_STATES }).notNull(),
    outcome: text({ enum: LEAD_OUTCOMES }),
    /** Who has it in review, or closed it; `null` where the exchange did. */
    reviewer: jsonb().$type(),
    /** The number of the last event. */
    events: smallint().notNull(),
    changedAt: timestamp('changed_at', { withTimezone: true, precision: 3 }).notNull(),
}, (table) => [
    primaryKey({ columns: [table.person, table.id] }),
    unique('leads_once').on(table.person, table.report, table.item),
    index('leads_by_time').on(table.performedAt, table.id),
    index('leads_by_institution').on(table.institution, table.performedAt, table.id),
]);
/** Everything that happened to a lead, in its order. Evidence. */
export const leadEvents = pgTable('lead_events', {
    person: bigint({ mode: 'bigint' }).notNull(),
    lead: bigint({ mode: 'bigint' }).notNull(),
    /** 1, 2, 3 … of the same lead: of two at once the key lets one in. */
    number: smallint().notNull(),
    kind: text({ enum: LEAD_EVENTS }).notNull(),
    outcome: text({ enum: LEAD_OUTCOMES }),
    text: text(),
    /** Who did it; `null`: the exchange, when the facts changed. */
    institution: integer(),
    client: text(),
    practitioner: jsonb().$type(),
    at: timestamp({ withTimezone: true, precision: 3 }).notNull(),
}, (table) => [primaryKey({ columns: [table.person, table.lead, table.number] })]);
