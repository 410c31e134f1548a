import { date, index, integer, numeric, pgTable, text, timestamp } from 'drizzle-orm/pg-core';
import { SCOPE_KINDS } from './scope.rules.js';
/**
 * That an institution passed a quality assessment for an item, as the operator was told. Rows are added and never changed; of one
 * institution, item, scheme and scope no two hold on the same day, which those who add see to by taking turns.
 */
export const certificates = pgTable('certificates', {
    id: text().primaryKey(),
    /** Number of the institution that passed. */
    institution: integer().notNull(),
    item: text().notNull(),
    scheme: text().notNull(),
    scopeKind: text('scope_kind', { enum: SCOPE_KINDS }).notNull(),
    /** Empty for the nation. */
    scopeCode: text('scope_code').notNull(),
    /** As it is printed: 渝HR. */
    mark: text().notNull(),
    score: numeric({ precision: 5, scale: 2 }),
    /** First and last day in Beijing on which it holds. */
    validFrom: date('valid_from', { mode: 'string' }).notNull(),
    validUntil: date('valid_until', { mode: 'string' }).notNull(),
    recordedAt: timestamp('recorded_at', { withTimezone: true, precision: 3 }).notNull(),
}, (table) => [
    index('certificates_in_order').on(table.item, table.institution, table.validFrom, table.id),
    index('certificates_by_institution').on(table.institution, table.item),
]);
/** That a certificate holds no longer, from a day on; once for each. */
export const certificateWithdrawals = pgTable('certificate_withdrawals', {
    certificate: text()
        .primaryKey()
        .references(() => certificates.id),
    /** First day in Beijing on which it does not hold. */
    withdrawnFrom: date('withdrawn_from', { mode: 'string' }).notNull(),
    reason: text().notNull(),
    recordedAt: timestamp('recorded_at', { withTimezone: true, precision: 3 }).notNull(),
});
