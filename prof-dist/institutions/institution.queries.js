import { inArray, or, sql } from 'drizzle-orm';
import { nameChange } from '../database/reference-memory.js';
import { institutions } from './institution.tables.js';
/** Which institutions hold one of these credit codes or Organizations; served by the two unique indexes. */
export async function findRegistered(reader, usccs, organizations) {
    return reader
        .select({ uscc: institutions.uscc, organization: institutions.organization })
        .from(institutions)
        .where(or(inArray(institutions.uscc, [...usccs]), inArray(institutions.organization, [...organizations])));
}
/**
 * Writes what the Organizations say into the institutions of their credit codes, in one statement and one that names the change; a credit code that belongs to another
 * Organization is left alone. Answers with the credit codes written.
 */
export async function upsertInstitutions(tx, rows, now) {
    const written = await tx
        .insert(institutions)
        .values(rows.map((it) => ({ ...it, registeredAt: now })))
        .onConflictDoUpdate({
        target: institutions.uscc,
        set: {
            name: sql `excluded.name`,
            level: sql `excluded.level`,
            grade: sql `excluded.grade`,
            district: sql `excluded.district`,
            active: sql `excluded.active`,
            organization: sql `excluded.organization`,
            partOf: sql `excluded.part_of`,
        },
        setWhere: sql `${institutions.organization} is null or ${institutions.organization} = excluded.organization`,
    })
        .returning({ uscc: institutions.uscc });
    await nameChange(tx);
    return new Set(written.map((it) => it.uscc));
}
/** A new institution that has no Organization yet; answers its number. */
export async function insertInstitution(tx, row, now) {
    const [inserted] = await tx
        .insert(institutions)
        .values({ ...row, registeredAt: now })
        .returning({ institution: institutions.institution });
    if (!inserted)
        throw new Error('The institution that was just stored has no number.');
    return inserted.institution;
}
