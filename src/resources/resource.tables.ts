import { sql } from 'drizzle-orm';
import { bigint, boolean, index, integer, jsonb, numeric, pgTable, primaryKey, text, timestamp, uuid } from 'drizzle-orm/pg-core';

/**
 * What was published, once and for ever: one row a version, the text as it came in but for id, meta and rewritten references.
 *
 * Evidence: the gateway's role may add and read, never change. `person` is the compartment a resource lives in: a person's key, or,
 * for resources that are about nobody (Organization, Practitioner …), the number of the institution that published them.
 */
export const resourceVersions = pgTable(
  'resource_versions',
  {
    person: bigint({ mode: 'bigint' }).notNull(),
    id: bigint({ mode: 'bigint' }).notNull(),
    version: integer().notNull(),
    type: text().notNull(),
    institution: integer().notNull(),
    recordedAt: timestamp('recorded_at', { withTimezone: true, precision: 3 }).notNull(),
    /** `null`: this version is the deletion. */
    content: text(),
  },
  (table) => [
    primaryKey({ columns: [table.person, table.id, table.version] }),
    index('resource_versions_by_institution').on(table.institution, table.recordedAt),
    /** History of the shared directory, of whatever institution; what is about persons is not in it (`FIRST_PERSON`). */
    index('resource_versions_about_nobody').on(table.recordedAt).where(sql`person < 1099511627776`),
  ],
);

/** Where each resource stands now, and by what it is found. Rebuilt from `resource_versions` at any time; holds no content. */
export const resources = pgTable(
  'resources',
  {
    person: bigint({ mode: 'bigint' }).notNull(),
    id: bigint({ mode: 'bigint' }).notNull(),
    type: text().notNull(),
    version: integer().notNull(),
    institution: integer().notNull(),
    /** Consent category: laboratory, imaging, ecg, pathology; `null` where none of them fits. */
    category: text(),
    /**
     * What narrows who may see it: marks of confidentiality and sensitivity codes, its own and, of a report, those of its parts; `null`: none.
     */
    labels: text().array(),
    status: text(),
    /** The DiagnosticReport this one belongs to, in the same compartment; a report belongs to itself. */
    report: bigint({ mode: 'bigint' }),
    deleted: boolean().notNull().default(false),
    /** The clinical time as a range: a date covers its whole day, an open period has no end. */
    effectiveFrom: timestamp('effective_from', { withTimezone: true, precision: 3 }),
    effectiveUntil: timestamp('effective_until', { withTimezone: true, precision: 3 }),
    recordedAt: timestamp('recorded_at', { withTimezone: true, precision: 3 }).notNull(),
    /** What it can be found by exactly: codes, identifiers, references, addresses (`fhir/search-hash.ts`). */
    tokens: bigint({ mode: 'bigint' }).array().notNull().default(sql`'{}'`),
    /** Numbers, quantities and times: one row `{key, low, high, unit, unit}` each, 0 where there is no unit. */
    ranges: numeric().array(),
    /** Names and other texts, normalised, each behind the number of its path. */
    texts: text().array(),
  },
  (table) => [
    primaryKey({ columns: [table.person, table.id] }),
    index('resources_by_person_and_time').on(table.person, table.type, table.effectiveFrom.desc()),
    index('resources_by_report').on(table.person, table.report),
    index('resources_by_institution').on(table.institution, table.type, table.effectiveFrom.desc(), table.person, table.id),
  ],
);

/**
 * Business identifiers, hashed with their type to 128 bits: finds `Patient?identifier=system|value` without knowing the person.
 *
 * Placed by its own key, since no person is known when it is asked.
 */
export const resourceKeys = pgTable(
  'resource_keys',
  {
    key: uuid().notNull(),
    person: bigint({ mode: 'bigint' }).notNull(),
    id: bigint({ mode: 'bigint' }).notNull(),
    institution: integer().notNull(),
  },
  (table) => [primaryKey({ columns: [table.key, table.person, table.id] })],
);

/** Which report a business identifier of an institution stands for: written first in a publication, so that it is one report only. */
export const publications = pgTable(
  'publications',
  {
    institution: integer().notNull(),
    system: text().notNull(),
    value: text().notNull(),
    person: bigint({ mode: 'bigint' }).notNull(),
    report: bigint({ mode: 'bigint' }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.institution, table.system, table.value] })],
);

/** What each accepted publication said and was answered, so that the same one sent again gets the same answer. */
export const publicationContents = pgTable(
  'publication_contents',
  {
    institution: integer().notNull(),
    /** SHA-256 of the published Bundle, hexadecimal. */
    fingerprint: text().notNull(),
    recordedAt: timestamp('recorded_at', { withTimezone: true, precision: 3 }).notNull(),
    /** One `[type, person, id, version, status]` an entry, in the order of the request (`StoredOutcome`). */
    outcome: jsonb().notNull(),
  },
  (table) => [primaryKey({ columns: [table.institution, table.fingerprint] })],
);
