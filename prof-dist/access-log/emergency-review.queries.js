import { emergencyReviews } from './access-log.tables.js';
/** Adds the review; `false` where the access has one already. Of two at once the primary key lets one in and the other waits for it. */
export async function insertReview(tx, review) {
    const inserted = await tx.insert(emergencyReviews).values(review).onConflictDoNothing().returning({ access: emergencyReviews.access });
    return inserted.length === 1;
}
/** The reviews of these accesses, by the access's number; by primary key, and no statement for none. */
export async function findReviews(reader, accesses) {
    if (accesses.length === 0)
        return new Map();
    const { rows } = await reader.$client.query({
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
