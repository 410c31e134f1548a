import { boolean, index, integer, pgTable, primaryKey, smallint, text, timestamp } from 'drizzle-orm/pg-core';
/** Who takes part: hospitals, health commissions, insurance bureaus. The FHIR Organization of the same number is its full text. */
export const institutions = pgTable('institutions', {
    institution: integer().primaryKey().generatedAlwaysAsIdentity(),
    /** 统一社会信用代码 (GB 32100), 18 characters. */
    uscc: text().notNull().unique(),
    name: text().notNull(),
    /** Hospital level 1 to 3; `null` for an institution that is no hospital. */
    level: smallint(),
    /** Grade within the level as the Chongqing guide codes it, 1 (三级特等) to 14 (未定级). */
    grade: text(),
    /** Administrative division (GB/T 2260), six digits. */
    district: text().notNull(),
    active: boolean().notNull().default(true),
    /** Logical id of the Organization; `null` only between the two writes of a registration. */
    organization: text().unique(),
    /** Logical id of the Organization it is part of, which may be another institution's; `null`: of none. */
    partOf: text('part_of'),
    registeredAt: timestamp('registered_at', { withTimezone: true, precision: 3 }).notNull(),
});
/** A medical alliance (医共体, 城市医疗集团, 医联体). */
export const alliances = pgTable('alliances', {
    code: text().primaryKey(),
    name: text().notNull(),
    updatedAt: timestamp('updated_at', { withTimezone: true, precision: 3 }).notNull(),
});
export const allianceMembers = pgTable('alliance_members', {
    alliance: text()
        .notNull()
        .references(() => alliances.code),
    institution: integer()
        .notNull()
        .references(() => institutions.institution),
}, (table) => [primaryKey({ columns: [table.alliance, table.institution] }), index('alliance_members_by_institution').on(table.institution)]);
/** Alliances in an alliance: the members of the part are members of the whole. There are no circles; who writes takes turns. */
export const allianceParts = pgTable('alliance_parts', {
    whole: text()
        .notNull()
        .references(() => alliances.code),
    part: text()
        .notNull()
        .references(() => alliances.code),
}, (table) => [primaryKey({ columns: [table.whole, table.part] }), index('alliance_parts_by_part').on(table.part)]);
/** A named region of several administrative divisions, such as 川渝 (Sichuan and Chongqing). */
export const namedRegions = pgTable('named_regions', {
    code: text().primaryKey(),
    name: text().notNull(),
    /** Prefixes of division codes (GB/T 2260): `50` is all of Chongqing. */
    divisions: text().array().notNull(),
    updatedAt: timestamp('updated_at', { withTimezone: true, precision: 3 }).notNull(),
});
/** Named regions in a named region: the divisions of the part are divisions of the whole. There are no circles; who writes takes turns. */
export const regionParts = pgTable('region_parts', {
    whole: text()
        .notNull()
        .references(() => namedRegions.code),
    part: text()
        .notNull()
        .references(() => namedRegions.code),
}, (table) => [primaryKey({ columns: [table.whole, table.part] }), index('region_parts_by_part').on(table.part)]);
