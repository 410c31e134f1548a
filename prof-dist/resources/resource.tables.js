import { sql } from 'drizzle-orm';
import { bigint, boolean, customType, index, integer, jsonb, numeric, pgTable, pgView, primaryKey, text, timestamp, uuid, } from 'drizzle-orm/pg-core';
const bytea = customType({ dataType: () => 'bytea' });
/**
 * What was published, once and for ever: one row a version, the text as it came in but for id, meta and rewritten references.
 *
 * Evidence: the gateway's role may add and read, never change. `person` is the compartment a resource lives in: a person's key, or,
 * for resources that are about nobody (Organization, Practitioner …), the number of the institution that published them.
 */
export const resourceVersions = pgTable('resource_versions', {
    person: bigint({ mode: 'bigint' }).notNull(),
    id: bigint({ mode: 'bigint' }).notNull(),
    version: integer().notNull(),
    type: text().notNull(),
    institution: integer().notNull(),
    recordedAt: timestamp('recorded_at', { withTimezone: true, precision: 3 }).notNull(),
    /** The text, where it was written alone. Neither here nor in `published_texts`: this version is the deletion. */
    content: text(),
    /** The value of `published_texts` that holds the text, with those it was published with. */
    textValue: bigint('text_value', { mode: 'bigint' }),
    /** Its first byte there, from 1 on, and how many there are. */
    textFrom: integer('text_from'),
    textBytes: integer('text_bytes'),
}, (table) => [
    primaryKey({ columns: [table.person, table.id, table.version] }),
    index('resource_versions_by_institution').on(table.institution, table.recordedAt),
    /** History of the shared directory, of whatever institution; what is about persons is not in it (`FIRST_PERSON`). */
    index('resource_versions_about_nobody').on(table.recordedAt).where(sql `person < 1099511627776`),
]);
/**
 * The texts that one publication wrote about one person, one behind the other, in values of some 32 kB (`text-values.rules.ts`). The results of a
 * report say nearly the same, and PostgreSQL compresses a value by itself and not what its rows have in common: together they take a tenth.
 *
 * Evidence, as `resource_versions` is, which says where in which value a text lies.
 */
export const publishedTexts = pgTable('published_texts', {
    person: bigint({ mode: 'bigint' }).notNull(),
    id: bigint({ mode: 'bigint' }).notNull(),
    /** UTF-8. Bytes, since a text would be counted from its beginning for every piece that is taken out of it. */
    content: bytea().notNull(),
}, (table) => [primaryKey({ columns: [table.person, table.id] })]);
/**
 * Every version with its text, wherever it lies; `null` is the deletion. Whoever reads a text reads it here. The text is looked for only where it
 * is selected, and taken out anew each time it is named: a statement names it once, and one that reads the texts of whole reports takes
 * `textsOf` instead.
 */
export const versionTexts = pgView('version_texts', {
    person: bigint({ mode: 'bigint' }).notNull(),
    id: bigint({ mode: 'bigint' }).notNull(),
    version: integer().notNull(),
    type: text().notNull(),
    institution: integer().notNull(),
    recordedAt: timestamp('recorded_at', { withTimezone: true, precision: 3 }).notNull(),
    content: text(),
})
    .with({ securityInvoker: true })
    .as(sql `select v.person, v.id, v.version, v.type, v.institution, v.recorded_at,
       case when v.text_value is null then v.content
            else (select convert_from(substring(t.content from v.text_from for v.text_bytes), 'UTF8')
                    from published_texts t where t.person = v.person and t.id = v.text_value) end as content
  from resource_versions v`);
/** Where each resource stands now, and by what it is found. Rebuilt from `resource_versions` at any time; holds no content. */
export const resources = pgTable('resources', {
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
    tokens: bigint({ mode: 'bigint' }).array().notNull().default(sql `'{}'`),
    /** Those of the tokens that are of `code`, once more: what is looked through for the results of a person, of whom there may be thousands. */
    codes: bigint({ mode: 'bigint' }).array(),
    /** Numbers, quantities and times: one row `{key, low, high, unit, unit}` each, 0 where there is no unit. */
    ranges: numeric().array(),
    /** Names and other texts, normalised, each behind the number of its path. */
    texts: text().array(),
}, (table) => [
    primaryKey({ columns: [table.person, table.id] }),
    index('resources_by_person_and_time').on(table.person, table.type, table.effectiveFrom.desc()),
    index('resources_by_report').on(table.person, table.report),
    index('resources_by_institution').on(table.institution, table.type, table.effectiveFrom.desc(), table.person, table.id),
]);
/**
 * Business identifiers, hashed with their type to 128 bits: finds `Patient?identifier=system|value` without knowing the person.
 *
 * Placed by its own key, since no person is known when it is asked.
 */
export const resourceKeys = pgTable('resource_keys', {
    key: uuid().notNull(),
    person: bigint({ mode: 'bigint' }).notNull(),
    id: bigint({ mode: 'bigint' }).notNull(),
    institution: integer().notNull(),
}, (table) => [primaryKey({ columns: [table.key, table.person, table.id] })]);
/** Which report a business identifier of an institution stands for: written first in a publication, so that it is one report only. */
export const publications = pgTable('publications', {
    institution: integer().notNull(),
    system: text().notNull(),
    value: text().notNull(),
    person: bigint({ mode: 'bigint' }).notNull(),
    report: bigint({ mode: 'bigint' }).notNull(),
}, (table) => [primaryKey({ columns: [table.institution, table.system, table.value] })]);
/** What each accepted publication said and was answered, so that the same one sent again gets the same answer. */
export const publicationContents = pgTable('publication_contents', {
    institution: integer().notNull(),
    /** SHA-256 of the published Bundle, hexadecimal. */
    fingerprint: text().notNull(),
    recordedAt: timestamp('recorded_at', { withTimezone: true, precision: 3 }).notNull(),
    /** One `[type, person, id, version, status]` an entry, in the order of the request (`StoredOutcome`). */
    outcome: jsonb().notNull(),
}, (table) => [primaryKey({ columns: [table.institution, table.fingerprint] })]);
