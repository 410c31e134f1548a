import { and, eq, gte, lt, sql } from 'drizzle-orm';
import { savingsEntries } from './savings.tables.js';
const it = savingsEntries;
/** The condition on `savings_entries` that a filter is. */
export function isMeant(filter) {
    return and(filter.from && gte(it.postedAt, filter.from), filter.to && lt(it.postedAt, filter.to), ...filter.institutions.map((number) => eq(it.institution, number)), filter.source === undefined ? undefined : eq(it.sourceInstitution, filter.source), filter.item === undefined ? undefined : eq(it.item, filter.item), filter.district === undefined ? undefined : sql `starts_with(${it.district}, ${filter.district})`, filter.payer === undefined ? undefined : sql `${it.insurance} is not distinct from ${filter.payer}::text`, filter.level === undefined ? undefined : sql `${it.level} is not distinct from ${filter.level}::integer`, filter.department === undefined ? undefined : sql `${it.department} is not distinct from ${filter.department}::text`, filter.cause === undefined ? undefined : eq(it.cause, filter.cause));
}
