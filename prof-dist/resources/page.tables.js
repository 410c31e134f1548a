import { customType, pgTable, text, timestamp } from 'drizzle-orm/pg-core';
const bytea = customType({ dataType: () => 'bytea' });
/** Secrets that all gateways of one database share, each by what it is for. Made on first use, never changed. */
export const serverSecrets = pgTable('server_secrets', {
    purpose: text().primaryKey(),
    secret: bytea().notNull(),
    madeAt: timestamp('made_at', { withTimezone: true, precision: 3 }).notNull(),
});
