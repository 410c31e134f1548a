import { and, asc, eq, gte, lt, type SQL, sql } from 'drizzle-orm';
import type { Reader } from '../database/client.ts';
import type { Place } from '../faces/page-cursor.ts';
import { savingsEntries } from './savings.tables.ts';

const it = savingsEntries;

/** Which entries are meant, in the summary as in the list: one and the same set, so that a figure and its entries agree to the fen. */
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
}

function isMeant(filter: SavingsFilter): SQL | undefined {
  return and(
    filter.from && gte(it.postedAt, filter.from),
    filter.to && lt(it.postedAt, filter.to),
    ...filter.institutions.map((number) => eq(it.institution, number)),
    filter.source === undefined ? undefined : eq(it.sourceInstitution, filter.source),
    filter.item === undefined ? undefined : eq(it.item, filter.item),
    filter.district === undefined ? undefined : sql`starts_with(${it.district}, ${filter.district})`,
  );
}

/** What figures may be broken down by; months are those of Beijing. */
export const DIMENSIONS = {
  institution: sql<string>`${it.institution}::text`,
  item: sql<string>`${it.item}`,
  month: sql<string>`to_char(${it.postedAt} at time zone 'Asia/Shanghai', 'YYYY-MM')`,
  district: sql<string>`${it.district}`,
  source: sql<string>`${it.sourceInstitution}::text`,
} as const;

export type Dimension = keyof typeof DIMENSIONS;

/** Sums over entries. A reversal counts against the saving it takes back, so `items` is what still stands. */
export interface Figures {
  readonly savings: number;
  readonly reversals: number;
  /** Standing savings without a configured price; they add nothing to the amount. */
  readonly unpriced: number;
  /** Exact: a sum of fen. */
  readonly amountFen: bigint;
}

export type Group = Figures & { readonly key: Readonly<Partial<Record<Dimension, string>>> };

/** Figures of the entries meant, in total and by the dimensions, in the order of the dimensions; one statement, one calculation. */
export async function sumEntries(
  reader: Reader,
  filter: SavingsFilter,
  by: readonly Dimension[],
  groupsMax: number,
): Promise<{ readonly total: Figures; readonly groups: readonly Group[] }> {
  const columns = by.map((name) => DIMENSIONS[name]);
  const rows = await reader
    .select({
      key: sql<(string | null)[]>`array[${sql.join(columns, sql`, `)}]::text[]`,
      isTotal: columns[0] ? sql<number>`grouping(${columns[0]})` : sql<number>`1`,
      savings: sql<number>`(count(*) filter (where ${it.kind} = 'saving'))::integer`,
      reversals: sql<number>`(count(*) filter (where ${it.kind} = 'reversal'))::integer`,
      unpriced: sql<number>`coalesce(sum(case when ${it.priced} then 0 when ${it.kind} = 'saving' then 1 else -1 end), 0)::integer`,
      amountFen: sql<string>`coalesce(sum(${it.amountFen}), 0)::text`,
    })
    .from(it)
    .where(isMeant(filter))
    .groupBy(sql`grouping sets (${columns.length > 0 ? sql`(${sql.join(columns, sql`, `)}), ` : sql``}())`)
    // The total comes first, so that a limit never cuts it off.
    .orderBy(...(columns[0] ? [sql`grouping(${columns[0]}) desc`] : []), ...columns.map((column) => asc(sql`${column} collate "C"`)))
    .limit(groupsMax + 1);
  const figures = rows.map(({ key, isTotal, amountFen, ...counts }) => ({
    ...counts,
    isTotal: isTotal === 1,
    amountFen: BigInt(amountFen),
    key: Object.fromEntries(by.map((name, index) => [name, key[index] ?? ''])),
  }));
  const total = figures.find((row) => row.isTotal);
  if (!total) throw new Error('the sum of savings has no total');
  return { total, groups: figures.filter((row) => !row.isTotal) };
}

export type SavingsEntry = typeof savingsEntries.$inferSelect;

/** The entries meant, the oldest first. */
export async function listEntries(
  reader: Reader,
  filter: SavingsFilter,
  after: Place | undefined,
  limit: number,
): Promise<readonly SavingsEntry[]> {
  return await reader
    .select()
    .from(it)
    .where(and(isMeant(filter), after && sql`(${it.postedAt}, ${it.id}) > (${after.at.toISOString()}::timestamptz, ${after.id})`))
    .orderBy(asc(it.postedAt), asc(it.id))
    .limit(limit);
}
