import { and, asc, eq, notInArray, sql } from 'drizzle-orm';
import { nameChange } from '../database/reference-memory.js';
import { allianceMembers, allianceParts, alliances, institutions, namedRegions, regionParts } from './institution.tables.js';
/** All alliances with their members and parts, in one statement. */
export async function selectAlliances(reader) {
    return reader
        .select({
        code: alliances.code,
        name: alliances.name,
        members: sql `coalesce(array_agg(${institutions.uscc} order by ${institutions.uscc}) filter (where ${institutions.uscc} is not null), '{}')`,
        alliances: partsOf(allianceParts, alliances.code),
        updatedAt: alliances.updatedAt,
    })
        .from(alliances)
        .leftJoin(allianceMembers, eq(allianceMembers.alliance, alliances.code))
        .leftJoin(institutions, eq(institutions.institution, allianceMembers.institution))
        .groupBy(alliances.code)
        .orderBy(asc(alliances.code));
}
/** Name and members as given, whatever they were; at most three statements. The first one makes simultaneous changes of one alliance wait. */
export async function replaceAlliance(tx, code, name, members, now) {
    await tx
        .insert(alliances)
        .values({ code, name, updatedAt: now })
        .onConflictDoUpdate({ target: alliances.code, set: { name, updatedAt: now } });
    await tx.delete(allianceMembers).where(and(eq(allianceMembers.alliance, code), notInArray(allianceMembers.institution, [...members])));
    if (members.length === 0)
        return;
    await tx
        .insert(allianceMembers)
        .values(members.map((institution) => ({ alliance: code, institution })))
        .onConflictDoNothing();
}
/** The alliance with what is in it, which stays itself. */
export async function deleteAlliance(tx, code) {
    await tx.delete(allianceParts).where(eq(allianceParts.whole, code));
    await tx.delete(allianceMembers).where(eq(allianceMembers.alliance, code));
    await tx.delete(alliances).where(eq(alliances.code, code));
    await nameChange(tx);
}
/** All named regions with their parts, in one statement. */
export async function selectRegions(reader) {
    return reader
        .select({
        code: namedRegions.code,
        name: namedRegions.name,
        divisions: namedRegions.divisions,
        regions: partsOf(regionParts, namedRegions.code),
        updatedAt: namedRegions.updatedAt,
    })
        .from(namedRegions)
        .orderBy(asc(namedRegions.code));
}
/** Name and divisions as given, whatever they were; its parts are written apart. */
export async function upsertRegion(tx, region) {
    const { code, name, updatedAt } = region;
    const divisions = [...region.divisions];
    await tx
        .insert(namedRegions)
        .values({ code, name, divisions, updatedAt })
        .onConflictDoUpdate({ target: namedRegions.code, set: { name, divisions, updatedAt } });
}
/** The region with what is in it, which stays itself. */
export async function deleteRegion(tx, code) {
    await tx.delete(regionParts).where(eq(regionParts.whole, code));
    await tx.delete(namedRegions).where(eq(namedRegions.code, code));
    await nameChange(tx);
}
/** The codes of what is in a whole, in their order, as a column of a list of wholes. */
function partsOf(parts, whole) {
    return sql `array(select ${parts.part} from ${parts} where ${parts.whole} = ${whole} order by 1)`;
}
