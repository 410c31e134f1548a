import { and, asc, eq, notInArray, type SQL, sql } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import type { Reader, Transaction } from '../database/client.ts';
import { nameChange } from '../database/reference-memory.ts';
import { allianceMembers, allianceParts, alliances, institutions, namedRegions, regionParts } from './institution.tables.ts';

/** A medical alliance as callers see it; members are credit codes in their order, alliances the codes of those in it. */
export interface Alliance {
  readonly code: string;
  readonly name: string;
  readonly members: readonly string[];
  readonly alliances: readonly string[];
  readonly updatedAt: Date;
}

/** A region of several divisions as callers see it, with the codes of the regions in it. */
export interface NamedRegion {
  readonly code: string;
  readonly name: string;
  readonly divisions: readonly string[];
  readonly regions: readonly string[];
  readonly updatedAt: Date;
}

/** All alliances with their members and parts, in one statement. */
export async function selectAlliances(reader: Reader): Promise<readonly Alliance[]> {
  return reader
    .select({
      code: alliances.code,
      name: alliances.name,
      members: sql<
        string[]
      >`coalesce(array_agg(${institutions.uscc} order by ${institutions.uscc}) filter (where ${institutions.uscc} is not null), '{}')`,
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
export async function replaceAlliance(tx: Transaction, code: string, name: string, members: readonly number[], now: Date): Promise<void> {
  await tx
    .insert(alliances)
    .values({ code, name, updatedAt: now })
    .onConflictDoUpdate({ target: alliances.code, set: { name, updatedAt: now } });
  await tx.delete(allianceMembers).where(and(eq(allianceMembers.alliance, code), notInArray(allianceMembers.institution, [...members])));
  if (members.length === 0) return;
  await tx
    .insert(allianceMembers)
    .values(members.map((institution) => ({ alliance: code, institution })))
    .onConflictDoNothing();
}

/** The alliance with what is in it, which stays itself. */
export async function deleteAlliance(tx: Transaction, code: string): Promise<void> {
  await tx.delete(allianceParts).where(eq(allianceParts.whole, code));
  await tx.delete(allianceMembers).where(eq(allianceMembers.alliance, code));
  await tx.delete(alliances).where(eq(alliances.code, code));
  await nameChange(tx);
}

/** All named regions with their parts, in one statement. */
export async function selectRegions(reader: Reader): Promise<readonly NamedRegion[]> {
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
export async function upsertRegion(tx: Transaction, region: NamedRegion): Promise<void> {
  const { code, name, updatedAt } = region;
  const divisions = [...region.divisions];
  await tx
    .insert(namedRegions)
    .values({ code, name, divisions, updatedAt })
    .onConflictDoUpdate({ target: namedRegions.code, set: { name, divisions, updatedAt } });
}

/** The region with what is in it, which stays itself. */
export async function deleteRegion(tx: Transaction, code: string): Promise<void> {
  await tx.delete(regionParts).where(eq(regionParts.whole, code));
  await tx.delete(namedRegions).where(eq(namedRegions.code, code));
  await nameChange(tx);
}

/** The codes of what is in a whole, in their order, as a column of a list of wholes. */
function partsOf(parts: typeof allianceParts | typeof regionParts, whole: PgColumn): SQL<string[]> {
  return sql<string[]>`array(select ${parts.part} from ${parts} where ${parts.whole} = ${whole} order by 1)`;
}
