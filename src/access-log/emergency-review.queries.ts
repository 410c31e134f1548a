import type { Reader, Transaction } from '../database/client.ts';
import type { AccessRow } from './access-log.queries.ts';
import { emergencyReviews } from './access-log.tables.ts';

/** How an emergency access was judged, by whom and when. */
export type EmergencyReview = typeof emergencyReviews.$inferSelect;

type AccessKeyOfPerson = Pick<AccessRow, 'person' | 'recordedAt' | 'id'>;

/** Adds the review; `false` where the access has one already. Of two at once the primary key lets one in and the other waits for it. */
export async function insertReview(tx: Transaction, review: EmergencyReview): Promise<boolean> {
  const inserted = await tx.insert(emergencyReviews).values(review).onConflictDoNothing().returning({ access: emergencyReviews.access });
  return inserted.length === 1;
}

/** The reviews of these accesses, by the access's number; by primary key, and no statement for none. */
export async function findReviews(reader: Reader, accesses: readonly AccessKeyOfPerson[]): Promise<ReadonlyMap<bigint, EmergencyReview>> {
  if (accesses.length === 0) return new Map();
  const { rows } = await reader.$client.query<EmergencyReview & { person: string; access: string }>({
    text: `
      select person, accessed_at as "accessedAt", access, outcome, text, institution, client, practitioner_system as "practitionerSystem",
        practitioner_value as "practitionerValue", practitioner_name as "practitionerName", reviewed_at as "reviewedAt"
      from emergency_reviews
      where (person, accessed_at, access) in (select * from unnest($1::bigint[], $2::timestamptz[], $3::bigint[]))`,
    values: [
      accesses.map((it) => String(it.person)),
      accesses.map((it) => it.recordedAt.toISOString()),
      accesses.map((it) => String(it.id)),
    ],
  });
  return new Map(rows.map((it) => [BigInt(it.access), { ...it, person: BigInt(it.person), access: BigInt(it.access) }]));
}
