import { and, asc, eq, notInArray, sql } from 'drizzle-orm';
import type { Reader, Transaction } from '../database/client.ts';
import { allianceMembers, alliances, institutions, namedRegions } from './institution.tables.ts';

/** A medical alliance as callers see it; members are credit codes in their order. */
export interface Alliance {
  readonly code: string;
  readonly name: string;
  readonly members: readonly string[];
  readonly updatedAt: Date;
}

/** A region of several divisions as callers see it. */
export interface NamedRegion {
  readonly code: string;
  readonly name: string;
  readonly divisions: readonly string[];
  readonly updatedAt: Date;
}

/** All alliances with their members, in one statement. */
export async function selectAlliances(reader: Reader): Promise<readonly Alliance[]> {
  return reader
    .select({
      code: alliances.code,
      name: alliances.name,
      members: sql<
        string[]
      >`coalesce(array_agg(${institutions.uscc} order by ${institutions.uscc}) filter (where ${institutions.uscc} is not null), '{}')`,
      updatedAt: alliances.updatedAt,
    })
    .from(alliances)
    .leftJoin(allianceMembers, eq(allianceMembers.alliance, alliances.code))
    .leftJoin(institutions, eq(institutions.institution, allianceMembers.institution))
    .groupBy(alliances.code)
    .orderBy(asc(alliances.code));
}

/** Name and members as given, whatever they were; three statements. The first one makes simultaneous changes of one alliance wait. */
export async function replaceAlliance(tx: Transaction, code: string, name: string, members: readonly number[], now: Date): Promise<void> {
  await tx
    .insert(alliances)
    .values({ code, name, updatedAt: now })
    .onConflictDoUpdate({ target: alliances.code, set: { name, updatedAt: now } });
  await tx.delete(allianceMembers).where(and(eq(allianceMembers.alliance, code), notInArray(allianceMembers.institution, [...members])));
  await tx
    .insert(allianceMembers)
    .values(members.map((institution) => ({ alliance: code, institution })))
    .onConflictDoNothing();
}

export async function deleteAlliance(tx: Transaction, code: string): Promise<void> {
  await tx.delete(allianceMembers).where(eq(allianceMembers.alliance, code));
  await tx.delete(alliances).where(eq(alliances.code, code));
}

export async function selectRegions(reader: Reader): Promise<readonly NamedRegion[]> {
  return reader
    .select({
      code: namedRegions.code,
      name: namedRegions.name,
      divisions: namedRegions.divisions,
      updatedAt: namedRegions.updatedAt,
    })
    .from(namedRegions)
    .orderBy(asc(namedRegions.code));
}

export async function upsertRegion(tx: Transaction, region: NamedRegion): Promise<void> {
  const { code, name, updatedAt } = region;
  const divisions = [...region.divisions];
  await tx
    .insert(namedRegions)
    .values({ code, name, divisions, updatedAt })
    .onConflictDoUpdate({ target: namedRegions.code, set: { name, divisions, updatedAt } });
}

export async function deleteRegion(tx: Transaction, code: string): Promise<void> {
  await tx.delete(namedRegions).where(eq(namedRegions.code, code));
}
