import { conditionsOf } from './access-conditions.queries.js';
import { asPatientSees, discreet } from './discretion.rules.js';
import { findReviews } from './emergency-review.queries.js';
/** The columns of an entry, named as its row. */
export const ACCESS_COLUMNS_SQL = `
  person, recorded_at as "recordedAt", id, action, interaction, outcome, failure, institution, client,
  practitioner_system as "practitionerSystem", practitioner_value as "practitionerValue", practitioner_name as "practitionerName",
  purpose, reason, review_due as "reviewDue", entities, consents, query, request_id as "requestId", address`;
/**
 * A page of the log, the latest entry first unless said otherwise; by primary key where a person is named, else by the index of the
 * institution, of the time, or of what is due for review. Reviews, where any may be, are a second statement. `leaves` adds each entry's leaf.
 */
export async function findAccesses(reader, filter, page) {
    const { conditions, values } = conditionsOf(filter);
    const [direction, beyond] = page.order === 'oldest-first' ? ['asc', '>'] : ['desc', '<'];
    if (page.after)
        conditions.push(`(recorded_at, id) ${beyond} ($${values.push(page.after.at)}, $${values.push(String(page.after.id))})`);
    const entries = `
      select ${ACCESS_COLUMNS_SQL} ${page.leaves ? ', salt' : ''}
      from access_log
      ${conditions.length > 0 ? `where ${conditions.join(' and ')}` : ''}
      order by recorded_at ${direction}, id ${direction}
      limit ${page.limit}`;
    const { rows } = await reader.$client.query({
        text: page.leaves ? withLeaves(entries, direction) : entries,
        values,
    });
    const named = rows.map(({ leaf, salt = '', ...row }) => ({ ...withKeys(row), leaf: leaf ? { index: BigInt(leaf), salt } : undefined }));
    const reviewed = await findReviews(reader, named.filter((it) => it.reviewDue));
    // Looked for by the person, before discretion takes the person away.
    const found = named.map((it) => ({ ...it, review: reviewed.get(it.id) }));
    if (filter.ownLog)
        return found.map((it) => asPatientSees(it, filter.persons ?? []));
    return filter.discreet ? found.map(discreet) : found;
}
/** The entries with the numbers of their leaves; an entry that has no place in the tree yet has none. */
function withLeaves(entries, direction) {
    return `
    select e.*, l.index::text as leaf
      from (${entries}) as e left join audit_log_leaves as l on l.recorded_at = e."recordedAt" and l.entry = e.id
     order by e."recordedAt" ${direction}, e.id ${direction}`;
}
/** The row with its keys as numbers, which PostgreSQL hands over as texts. */
export function withKeys(row) {
    return { ...row, person: BigInt(row.person), id: BigInt(row.id) };
}
