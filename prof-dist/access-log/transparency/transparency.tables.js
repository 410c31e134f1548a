import { bigint, boolean, customType, integer, pgTable, primaryKey, smallint, text, timestamp, unique } from 'drizzle-orm/pg-core';
const bytea = customType({ dataType: () => 'bytea' });
/** Entries of the access log that have no place in the tree yet; written with the entry, taken out when it gets its place. */
export const accessLogPending = pgTable('access_log_pending', {
    person: bigint({ mode: 'bigint' }).notNull(),
    recordedAt: timestamp('recorded_at', { withTimezone: true, precision: 3 }).notNull(),
    id: bigint({ mode: 'bigint' }).notNull(),
}, (table) => [primaryKey({ columns: [table.person, table.recordedAt, table.id] })]);
/**
 * The leaves of the transparency log (RFC 9162): one an entry of the access log, in the order in which they got their places. Evidence.
 *
 * A leaf says nothing about anybody: the commitment is a salted hash, and whose entry it is stands in the entry alone. It stays when the
 * entry has been pruned.
 */
export const auditLogLeaves = pgTable('audit_log_leaves', {
    /** 0, 1, 2 … without a gap. */
    index: bigint({ mode: 'bigint' }).primaryKey(),
    /** Which entry: its moment and number. */
    recordedAt: timestamp('recorded_at', { withTimezone: true, precision: 3 }).notNull(),
    entry: bigint({ mode: 'bigint' }).notNull(),
    /** SHA-256 of the salt and the canonical entry (`commitment.ts`): the data of the leaf. */
    commitment: bytea().notNull(),
}, (table) => [unique('audit_log_leaves_by_entry').on(table.recordedAt, table.entry)]);
/** How far each follower of the log has come: the first leaf that it has not dealt with. */
export const logFollowers = pgTable('log_followers', {
    follower: text().primaryKey(),
    next: bigint({ mode: 'bigint' }).notNull(),
});
/** Entries that a follower could not deal with, left behind so that the others go on, and tried again by themselves. */
export const followerFailures = pgTable('follower_failures', {
    follower: text().notNull(),
    leaf: bigint({ mode: 'bigint' }).notNull(),
    error: text().notNull(),
    attempts: integer().notNull(),
    failedAt: timestamp('failed_at', { withTimezone: true, precision: 3 }).notNull(),
    /** Since when it is dealt with after all. */
    settledAt: timestamp('settled_at', { withTimezone: true, precision: 3 }),
}, (table) => [primaryKey({ columns: [table.follower, table.leaf] })]);
/**
 * The tree as it is given out (C2SP tlog-tiles): 256 hashes side by side. Level 0 has the hashes of the leaves, each level above the roots of
 * the full tiles below it. Only full tiles are kept, which never change; the one that still grows is made from what is below it. Evidence.
 */
export const auditLogTiles = pgTable('audit_log_tiles', {
    level: smallint().notNull(),
    index: bigint({ mode: 'bigint' }).notNull(),
    /** 256 hashes of 32 bytes. */
    hashes: bytea().notNull(),
    /** The root over them, which is a hash of the level above: kept so that the tree can grow without hashing its tiles anew. */
    root: bytea().notNull(),
}, (table) => [primaryKey({ columns: [table.level, table.index] })]);
/** Every checkpoint that was ever signed: one a size. Evidence. */
export const auditLogCheckpoints = pgTable('audit_log_checkpoints', {
    size: bigint({ mode: 'bigint' }).primaryKey(),
    root: bytea().notNull(),
    /** The signed note with the log's own signatures. */
    note: text().notNull(),
    signedAt: timestamp('signed_at', { withTimezone: true, precision: 3 }).notNull(),
});
/** What witnesses said about a checkpoint: one signature a witness and size. Evidence. */
export const auditLogCosignatures = pgTable('audit_log_cosignatures', {
    size: bigint({ mode: 'bigint' })
        .notNull()
        .references(() => auditLogCheckpoints.size),
    /** The key of the witness, as it is registered. */
    witness: text().notNull(),
    /** The signature line of the note. */
    line: text().notNull(),
    receivedAt: timestamp('received_at', { withTimezone: true, precision: 3 }).notNull(),
}, (table) => [primaryKey({ columns: [table.size, table.witness] })]);
/** Whose cosignatures are taken: the newest row of a key says whether they are. Evidence. */
export const auditLogWitnesses = pgTable('audit_log_witnesses', {
    vkey: text().notNull(),
    version: integer().notNull(),
    isTaken: boolean('is_taken').notNull(),
    setAt: timestamp('set_at', { withTimezone: true, precision: 3 }).notNull(),
    setBy: text('set_by').notNull(),
}, (table) => [primaryKey({ columns: [table.vkey, table.version] })]);
/** Every key that the log ever signed with, so that old checkpoints can be verified after it has changed. Evidence. */
export const auditLogKeys = pgTable('audit_log_keys', {
    vkey: text().primaryKey(),
    firstUsedAt: timestamp('first_used_at', { withTimezone: true, precision: 3 }).notNull(),
});
