import { and, eq, gte, lt, type SQL, sql } from 'drizzle-orm';
import type { Insurance } from '../recognition/insurance.ts';
import type { ReversalCause } from '../recognition/savings-book.ts';
import { savingsEntries } from './savings.tables.ts';

const it = savingsEntries;

/** Which entries are meant, in every sum as in the list: one and the same set, so that a figure and its entries agree to the fen. */
export interface SavingsFilter {
  /** Posted at or after. */
  readonly from: Date | undefined;
  /** Posted before. */
  readonly to: Date | undefined;
  /** Receiving institutions all of which it must be; the caller's own is among them unless it sees the region. */
  readonly institutions: readonly number[];
  readonly source: number | undefined;
  readonly item: string | undefined;
  /** Division code, or the beginning of one: `50` is all of Chongqing. */
  readonly district: string | undefined;
  /** `null`: entries of which nobody said it; so for the three below. */
  readonly payer: Insurance | null | undefined;
  readonly level: number | null | undefined;
  readonly department: string | null | undefined;
  /** Reversals for this cause alone. */
  readonly cause: ReversalCause['kind'] | undefined;
}

/** The condition on `savings_entries` that a filter is. */
export function isMeant(filter: SavingsFilter): SQL | undefined {
  return and(
    filter.from && gte(it.postedAt, filter.from),
    filter.to && lt(it.postedAt, filter.to),
    ...filter.institutions.map((number) => eq(it.institution, number)),
    filter.source === undefined ? undefined : eq(it.sourceInstitution, filter.source),
    filter.item === undefined ? undefined : eq(it.item, filter.item),
    filter.district === undefined ? undefined : sql`starts_with(${it.district}, ${filter.district})`,
    filter.payer === undefined ? undefined : sql`${it.insurance} is not distinct from ${filter.payer}::text`,
    filter.level === undefined ? undefined : sql`${it.level} is not distinct from ${filter.level}::integer`,
    filter.department === undefined ? undefined : sql`${it.department} is not distinct from ${filter.department}::text`,
    filter.cause === undefined ? undefined : eq(it.cause, filter.cause),
  );
}
