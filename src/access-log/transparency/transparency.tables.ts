import { bigint, customType, integer, pgTable, primaryKey, text, timestamp, unique } from 'drizzle-orm/pg-core';

const bytea = customType<{ data: Buffer }>({ dataType: () => 'bytea' });

/** Entries of the access log that have no place in the tree yet; written with the entry, taken out when it gets its place. */
export const accessLogPending = pgTable(
  'access_log_pending',
  {
    person: bigint({ mode: 'bigint' }).notNull(),
    recordedAt: timestamp('recorded_at', { withTimezone: true, precision: 3 }).notNull(),
    id: bigint({ mode: 'bigint' }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.person, table.recordedAt, table.id] })],
);

/**
 * The leaves of the transparency log (RFC 9162): one an entry of the access log, in the order in which they got their places. Evidence.
 *
 * A leaf says nothing about anybody: the commitment is a salted hash, and whose entry it is stands in the entry alone. It stays when the
 * entry has been pruned.
 */
export const auditLogLeaves = pgTable(
  'audit_log_leaves',
  {
    /** 0, 1, 2 … without a gap. */
    index: bigint({ mode: 'bigint' }).primaryKey(),
    /** Which entry: its moment and number. */
    recordedAt: timestamp('recorded_at', { withTimezone: true, precision: 3 }).notNull(),
    entry: bigint({ mode: 'bigint' }).notNull(),
    /** SHA-256 of the salt and the canonical entry (`commitment.ts`): the data of the leaf. */
    commitment: bytea().notNull(),
  },
  (table) => [unique('audit_log_leaves_by_entry').on(table.recordedAt, table.entry)],
);

/** How far each follower of the log has come: the first leaf that it has not dealt with. */
export const logFollowers = pgTable('log_followers', {
  follower: text().primaryKey(),
  next: bigint({ mode: 'bigint' }).notNull(),
});

/** Entries that a follower could not deal with, left behind so that the others go on. */
export const followerFailures = pgTable(
  'follower_failures',
  {
    follower: text().notNull(),
    leaf: bigint({ mode: 'bigint' }).notNull(),
    error: text().notNull(),
    attempts: integer().notNull(),
    failedAt: timestamp('failed_at', { withTimezone: true, precision: 3 }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.follower, table.leaf] })],
);
