import { sql } from 'drizzle-orm';
import { bigint, boolean, check, foreignKey, index, integer, pgTable, primaryKey, text, timestamp, unique } from 'drizzle-orm/pg-core';
import { INSURANCES } from '../recognition/insurance.js';
import { CAUSES } from '../recognition/savings-book.js';
import { ACCOUNTS } from './account.rules.js';
/**
 * The journal of the savings account: one entry for an examination not repeated, one reversal where that saving counts no more. Posted, never
 * changed. Amounts are fen; an entry without a configured price is 0 and says that it is unpriced. What it moves between accounts stands in
 * `savings_postings`.
 */
export const savingsEntries = pgTable('savings_entries', {
    person: bigint({ mode: 'bigint' }).notNull(),
    id: bigint({ mode: 'bigint' }).notNull(),
    kind: text({ enum: ['saving', 'reversal'] }).notNull(),
    /** The decision that made it; one saving and at most one reversal each. */
    decision: bigint({ mode: 'bigint' }).notNull(),
    check: bigint({ mode: 'bigint' }).notNull(),
    item: text().notNull(),
    /** Of a panel: the items it stands for; none of a single item. */
    members: text().array().notNull().default([]),
    /** The receiving institution, where the examination was not repeated. */
    institution: integer().notNull(),
    district: text().notNull(),
    /** Level of the receiving institution, 1 to 3, as it was at the check; absent where it has none. */
    level: integer(),
    /** The department that asked, as the calling system named it. */
    department: text(),
    /** Who would have paid; absent where the caller did not say. */
    insurance: text({ enum: INSURANCES }),
    sourceInstitution: integer('source_institution').notNull(),
    report: text().notNull(),
    reportVersion: integer('report_version').notNull(),
    encounter: text(),
    /** `encounter:…`, or `day:2026-03-01` where the caller numbers no encounters: within it, an item is saved once. */
    visit: text().notNull(),
    /** How often the item was saved and taken back within the visit before; a reversal has that of its saving. */
    round: integer().notNull(),
    /** The price, of a panel less what the visit had saved of its members. Positive for a saving, negative for a reversal. */
    amountFen: bigint('amount_fen', { mode: 'bigint' }).notNull(),
    priced: boolean().notNull(),
    /** `institution:7 v3`: whose price, in which version; `null` where unpriced. */
    price: text(),
    /** `50 v1`: the rates by which it was split between fund and patient; `null` where none were needed or none hold. */
    payerRates: text('payer_rates'),
    /** Edition of the list and version of the rules that the check applied. */
    edition: text(),
    rulesVersion: text('rules_version'),
    /** Of a reversal: why the saving counts no more, and the report that shows it. */
    cause: text({ enum: CAUSES }),
    causeReport: text('cause_report'),
    postedAt: timestamp('posted_at', { withTimezone: true, precision: 3 }).notNull(),
}, (table) => [
    primaryKey({ columns: [table.person, table.id] }),
    unique('savings_entries_once').on(table.person, table.decision, table.kind),
    unique('savings_entries_once_a_visit').on(table.person, table.institution, table.item, table.visit, table.kind, table.round),
    index('savings_entries_by_time').on(table.postedAt, table.person, table.id),
    index('savings_entries_by_institution').on(table.institution, table.postedAt),
    check('savings_entries_sign', sql `case ${table.kind} when 'saving' then ${table.amountFen} >= 0 else ${table.amountFen} <= 0 end`),
    check('savings_entries_unpriced', sql `${table.priced} or ${table.amountFen} = 0`),
    check('savings_entries_cause', sql `${table.kind} = 'reversal' or (${table.cause} is null and ${table.causeReport} is null)`),
]);
/**
 * What an entry moves: one row an account, on one side, and of every entry the debits are the credits. A share of nothing has no row, and an
 * entry of nothing has none at all.
 */
export const savingsPostings = pgTable('savings_postings', {
    person: bigint({ mode: 'bigint' }).notNull(),
    entry: bigint({ mode: 'bigint' }).notNull(),
    account: text({ enum: ACCOUNTS }).notNull(),
    debitFen: bigint('debit_fen', { mode: 'bigint' }).notNull(),
    creditFen: bigint('credit_fen', { mode: 'bigint' }).notNull(),
}, (table) => [
    primaryKey({ columns: [table.person, table.entry, table.account] }),
    foreignKey({ columns: [table.person, table.entry], foreignColumns: [savingsEntries.person, savingsEntries.id] }),
    check('savings_postings_one_side', sql `${table.debitFen} >= 0 and ${table.creditFen} >= 0 and (${table.debitFen} = 0) <> (${table.creditFen} = 0)`),
    check('savings_postings_account', sql `${table.account} in ('fund-relief', 'patient-relief', 'undivided', 'avoided-cost')`),
]);
