import { boolean, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
/** Published reasons for repeating an examination, one list a region. */
export const catalogueReasons = pgTable('catalogue_reasons', {
    list: text().notNull(),
    code: text().notNull(),
    textZh: text('text_zh').notNull(),
    textEn: text('text_en').notNull(),
    countsAsDenial: boolean('counts_as_denial').notNull(),
    noteRequired: boolean('note_required').notNull(),
}, (table) => [primaryKey({ columns: [table.list, table.code] })]);
