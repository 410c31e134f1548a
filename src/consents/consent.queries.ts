import { and, desc, eq, gte, inArray, isNull, lt, or, sql } from 'drizzle-orm';
import type { Reader, Transaction } from '../database/client.ts';
import type { Place } from '../faces/page-cursor.ts';
import type { ResourceKey } from '../resources/resource-id.ts';
import { consents } from './consent.tables.ts';

export type ConsentRow = typeof consents.$inferSelect;

/** Puts the rows in the place of those of earlier versions. */
export async function upsertConsents(tx: Transaction, rows: readonly ConsentRow[]): Promise<void> {
  if (rows.length === 0) return;
  await tx
    .insert(consents)
    .values([...rows])
    .onConflictDoUpdate({
      target: [consents.person, consents.id],
      set: {
        version: sql`excluded.version`,
        grantees: sql`excluded.grantees`,
        decision: sql`excluded.decision`,
        categories: sql`excluded.categories`,
        purposes: sql`excluded.purposes`,
        validFrom: sql`excluded.valid_from`,
        validUntil: sql`excluded.valid_until`,
        rules: sql`excluded.rules`,
        method: sql`excluded.method`,
        active: sql`excluded.active`,
        recordedAt: sql`excluded.recorded_at`,
      },
    });
}

/** Consents whose resource was deleted count no longer. */
export async function closeConsents(tx: Transaction, deleted: readonly (ResourceKey & { readonly version: number })[]): Promise<void> {
  if (deleted.length === 0) return;
  await tx.$client.query({
    name: 'close-consents',
    text: `
      update consents set active = false, version = it.version
      from unnest($1::bigint[], $2::bigint[], $3::integer[]) as it (person, id, version)
      where consents.person = it.person and consents.id = it.id`,
    values: [deleted.map((it) => String(it.person)), deleted.map((it) => String(it.id)), deleted.map((it) => it.version)],
  });
}

/** One consent; by primary key. */
export async function findConsent(reader: Reader, key: ResourceKey): Promise<ConsentRow | undefined> {
  const rows = await reader
    .select()
    .from(consents)
    .where(and(eq(consents.person, key.person), eq(consents.id, key.id)));
  return rows[0];
}

/** The consents of these person keys that the institution may know of (as `isVisible` has it), the latest version first. */
export async function listVisibleConsents(
  reader: Reader,
  persons: readonly bigint[],
  institution: number,
  now: Date,
  page: { readonly after: Place | undefined; readonly limit: number },
): Promise<readonly ConsentRow[]> {
  const isForAll = sql`(${consents.rules} is null or ${consents.rules} #> '{root,recipients}' = '{"people": [], "institutions": [], "organizations": []}')`;
  const meant = sql`(${institution} = any (${consents.grantees}) or (${consents.grantees} = '{}' and ${isForAll}))`;
  const usable = and(
    consents.active,
    eq(consents.decision, 'permit'),
    meant,
    or(isNull(consents.validUntil), gte(consents.validUntil, now)),
  );
  const after =
    page.after && or(lt(consents.recordedAt, page.after.at), and(eq(consents.recordedAt, page.after.at), lt(consents.id, page.after.id)));
  return reader
    .select()
    .from(consents)
    .where(and(inArray(consents.person, [...persons]), or(eq(consents.institution, institution), usable), after))
    .orderBy(desc(consents.recordedAt), desc(consents.id))
    .limit(page.limit);
}

/** A consent, and the version of it that stood at a moment. */
export interface StoodConsent {
  readonly row: ConsentRow;
  readonly version: number;
  /** The text of that version, where the row is of another one. */
  readonly content: string | null;
}

/**
 * Every consent of these person keys that the exchange had at that moment, in force or not, in the version of then; one that was deleted by then
 * is left out. Served by the primary keys.
 */
export async function findConsentsAt(reader: Reader, persons: readonly bigint[], at: Date): Promise<readonly StoodConsent[]> {
  const { rows } = await reader.$client.query<
    Omit<ConsentRow, 'person' | 'id'> & { person: string; id: string; stood: number; content: string | null }
  >({
    name: 'find-consents-at',
    text: `select c.person, c.id, c.version, c.institution, c.grantees, c.decision, c.categories, c.purposes, c.valid_from as "validFrom",
                  c.valid_until as "validUntil", c.rules, c.method, c.active, c.recorded_at as "recordedAt",
                  v.version as stood, case when v.version <> c.version then v.content end as content
             from consents c
            cross join lateral (
              select version, content from resource_versions v
               where v.person = c.person and v.id = c.id and v.recorded_at <= $2 order by version desc limit 1) v
            where c.person = any ($1::bigint[]) and v.content is not null
            order by c.person, c.id`,
    values: [persons, at],
  });
  return rows.map(({ stood, content, person, id, ...row }) => ({
    row: { ...row, person: BigInt(person), id: BigInt(id) },
    version: stood,
    content,
  }));
}
