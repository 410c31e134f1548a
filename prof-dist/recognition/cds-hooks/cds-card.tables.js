import { bigint, index, integer, jsonb, pgTable, primaryKey, text, timestamp } from 'drizzle-orm/pg-core';
/**
 * Items that a clinician was reminded of at order entry, each with the card that did it (CDS Hooks). Evidence.
 *
 * The key is what makes a reminder one: the same result of an item is brought to the mind of a clinician once a visit, however often orders
 * are selected and signed, and by however many requests at once. After a decision was taken back (`round`), or with another result, it is a
 * new reminder. Another clinician has a card of their own, since a decision is in the name of whoever got the card.
 */
export const cdsCards = pgTable('cds_cards', {
    person: bigint({ mode: 'bigint' }).notNull(),
    institution: integer().notNull(),
    /** `encounter:…`, or `day:2026-03-01` in Beijing where the calling system names none. */
    visit: text().notNull(),
    item: text().notNull(),
    /** How many decisions on the item had been taken back in the visit. */
    round: integer().notNull(),
    /** The report that was shown: `DiagnosticReport/…/_history/1`. */
    report: text().notNull(),
    /** Who got the card, as `system|value`. */
    clinician: text().notNull(),
    /** With the person it makes the uuid of the card, which several items of one order share. */
    number: bigint({ mode: 'bigint' }).notNull(),
    /** The check whose answer the card shows; a decision binds to it. */
    check: bigint({ mode: 'bigint' }).notNull(),
    client: text().notNull(),
    /** The same clinician with the name, as it is to stand with a decision. */
    practitioner: jsonb().notNull(),
    hook: text({ enum: ['order-select', 'order-sign'] }).notNull(),
    hookInstance: text('hook_instance').notNull(),
    encounter: text(),
    /** Id of the draft order on the calling system. */
    order: text('order_id'),
    shownAt: timestamp('shown_at', { withTimezone: true, precision: 3 }).notNull(),
}, (table) => [
    primaryKey({
        name: 'cds_cards_pk',
        columns: [table.person, table.institution, table.visit, table.item, table.round, table.report, table.clinician],
    }),
    index('cds_cards_by_number').on(table.person, table.number),
]);
