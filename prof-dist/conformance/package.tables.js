import { bigint, index, jsonb, pgTable, primaryKey, text, timestamp } from 'drizzle-orm/pg-core';
/**
 * The FHIR packages that were loaded. Evidence, as what resources were validated against: added, never changed nor removed.
 *
 * Placed whole on every node, as they are few and asked for by all.
 */
export const packages = pgTable('packages', {
    name: text().notNull(),
    version: text().notNull(),
    /** The address under which the guide publishes its definitions. */
    canonical: text(),
    /** SHA-256 of the file, hexadecimal. */
    sha256: text().notNull(),
    loadedAt: timestamp('loaded_at', { withTimezone: true, precision: 3 }).notNull(),
}, (table) => [primaryKey({ columns: [table.name, table.version] })]);
/** What a package defines. The texts are resources like all others, in the compartment of the exchange itself; here is where each of them is. */
export const definitions = pgTable('definitions', {
    /** Canonical address. */
    url: text().notNull(),
    /** Business version; empty where it has none. */
    version: text().notNull(),
    /** StructureDefinition, ValueSet … */
    type: text().notNull(),
    name: text(),
    /** The resource types that a profile or a search parameter is for. */
    subjects: jsonb().$type().notNull(),
    package: text().notNull(),
    packageVersion: text('package_version').notNull(),
    /** SHA-256 of its text in the package, hexadecimal. */
    sha256: text().notNull(),
    /** Its number among the resources of the exchange. */
    id: bigint({ mode: 'bigint' }).notNull(),
    recordedAt: timestamp('recorded_at', { withTimezone: true, precision: 3 }).notNull(),
}, (table) => [
    primaryKey({ columns: [table.url, table.version, table.type] }),
    index('definitions_by_package').on(table.package, table.packageVersion),
]);
