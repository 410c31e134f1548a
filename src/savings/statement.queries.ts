import { and, asc, eq, type SQL, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import type { Reader } from '../database/client.ts';
import type { ReversalCause } from '../recognition/savings-book.ts';
import type { Account } from './account.rules.ts';
import { savingsEntries, savingsPostings } from './savings.tables.ts';
import { isMeant, type SavingsFilter } from './savings-filter.queries.ts';

const it = savingsEntries;

/** What figures may be broken down by, as texts; months are those of Beijing, and what nobody said is `unknown`, of a department empty. */
export const DIMENSIONS = {
  institution: sql<string>`${it.institution}::text`,
  item: sql<string>`${it.item}`,
  month: sql<string>`to_char(${it.postedAt} at time zone 'Asia/Shanghai', 'YYYY-MM')`,
  payer: sql<string>`coalesce(${it.insurance}, 'unknown')`,
  district: sql<string>`${it.district}`,
  source: sql<string>`${it.sourceInstitution}::text`,
  level: sql<string>`coalesce(${it.level}::text, 'unknown')`,
  department: sql<string>`coalesce(${it.department}, '')`,
} as const;

export type Dimension = keyof typeof DIMENSIONS;

/** Sums over entries. A reversal counts against the saving it takes back, so that `savings` less `reversals` is what still stands. */
export interface Figures {
  readonly savings: number;
  readonly reversals: number;
  /** The reversals by what caused them. */
  readonly reversed: Readonly<Record<ReversalCause['kind'], number>>;
  /** Standing savings without a configured price; they add nothing to the amount. */
  readonly unpriced: number;
  /** Exact: a sum of fen, the avoided cost. */
  readonly amountFen: bigint;
  /** Its shares, which add up to it. */
  readonly fundFen: bigint;
  readonly patientFen: bigint;
  readonly undividedFen: bigint;
  /** Human beings, by the keys of their entries; 0 where they were not to be counted. */
  readonly persons: number;
}

export type Group = Figures & { readonly key: Readonly<Partial<Record<Dimension, string>>> };

/** How sums are to be broken down. */
export interface Breakdown {
  /** One list of groups for each, in the order of its dimensions; the total comes with them. */
  readonly by: readonly (readonly Dimension[])[];
  /** Groups answered at most, so that one more can be told from enough. */
  readonly groupsMax: number;
  /** Whether persons are counted, which takes a while. */
  readonly persons?: boolean;
}

export interface Sums {
  readonly total: Figures;
  /** Of each breakdown its groups. */
  readonly groups: readonly (readonly Group[])[];
}

/**
 * Figures of the entries meant, in total and broken down: the one calculation behind every statement of savings, on every face. One statement,
 * so that all it answers is of one moment.
 */
export async function sumEntries(reader: Reader, filter: SavingsFilter, { by, groupsMax, persons }: Breakdown): Promise<Sums> {
  const names = (Object.keys(DIMENSIONS) as Dimension[]).filter((name) => by.some((its) => its.includes(name)));
  const columns = names.map((name) => DIMENSIONS[name]);
  // Of each row a bit for every dimension, the first the highest: 1 where the row is not broken down by it.
  const mask = names.length === 0 ? sql<number>`0` : sql<number>`grouping(${sql.join(columns, sql`, `)})`;
  const sets = [[], ...by].map((its) => sql`(${sql.join(itsColumns(its), sql`, `)})`);
  const [fund, patient, undivided] = [shareIn('fund-relief'), shareIn('patient-relief'), shareIn('undivided')];
  const rows = await reader
    .select({
      key: sql<(string | null)[]>`array[${sql.join(columns, sql`, `)}]::text[]`,
      mask,
      savings: sql<number>`(count(*) filter (where ${it.kind} = 'saving'))::integer`,
      reversals: sql<number>`(count(*) filter (where ${it.kind} = 'reversal'))::integer`,
      revocation: reversedBy('revocation'),
      repeat: reversedBy('repeat'),
      recall: reversedBy('recall'),
      unpriced: sql<number>`coalesce(sum(case when ${it.priced} then 0 when ${it.kind} = 'saving' then 1 else -1 end), 0)::integer`,
      amountFen: sql<string>`coalesce(sum(${it.amountFen}), 0)::text`,
      fundFen: fund.sum,
      patientFen: patient.sum,
      undividedFen: undivided.sum,
      persons: persons ? sql<number>`count(distinct ${it.person})::integer` : sql<number>`0`,
    })
    .from(it)
    .leftJoin(fund.table, fund.on)
    .leftJoin(patient.table, patient.on)
    .leftJoin(undivided.table, undivided.on)
    .where(isMeant(filter))
    .groupBy(sql`grouping sets (${sql.join(sets, sql`, `)})`)
    // The total comes first, so that a limit never cuts it off.
    .orderBy(...(names.length === 0 ? [] : [sql`${mask} desc`]), ...columns.map((column) => asc(sql`${column} collate "C"`)))
    .limit(groupsMax + 1);
  const figures = rows.map(({ key, revocation, repeat, recall, amountFen, fundFen, patientFen, undividedFen, ...counts }) => ({
    ...counts,
    reversed: { revocation, repeat, recall },
    amountFen: BigInt(amountFen),
    fundFen: BigInt(fundFen),
    patientFen: BigInt(patientFen),
    undividedFen: BigInt(undividedFen),
    texts: key,
  }));
  const maskOf = (its: readonly Dimension[]) => names.reduce((bits, name) => bits * 2 + (its.includes(name) ? 0 : 1), 0);
  const groupsOf = (its: readonly Dimension[]): readonly Group[] =>
    figures
      .filter((row) => row.mask === maskOf(its))
      .map(({ texts, mask: _mask, ...row }) => ({
        ...row,
        key: Object.fromEntries(names.flatMap((name, index) => (its.includes(name) ? [[name, texts[index] ?? '']] : []))),
      }));
  const [total] = groupsOf([]);
  if (!total) throw new Error('the sum of savings has no total');
  return { total, groups: by.map((its) => (its.length === 0 ? [] : groupsOf(its))) };
}

function itsColumns(its: readonly Dimension[]): SQL[] {
  return its.map((name) => DIMENSIONS[name]);
}

/** The posting of an entry to an account, of which there is one at most, and the sum over the entries. */
function shareIn(account: Account) {
  const table = alias(savingsPostings, account.replace('-', '_'));
  return {
    table,
    on: and(eq(table.person, it.person), eq(table.entry, it.id), eq(table.account, account)),
    sum: sql<string>`coalesce(sum(${table.debitFen} - ${table.creditFen}), 0)::text`,
  };
}

function reversedBy(cause: ReversalCause['kind']): SQL<number> {
  return sql<number>`(count(*) filter (where ${it.cause} = ${cause}))::integer`;
}

/** What was debited and credited to an account. */
export interface AccountSums {
  readonly account: Account;
  readonly debitFen: bigint;
  readonly creditFen: bigint;
}

/** Debits and credits of the entries meant, by account; an account without any is missing. One statement. */
export async function sumAccounts(reader: Reader, filter: SavingsFilter): Promise<readonly AccountSums[]> {
  const of = savingsPostings;
  const rows = await reader
    .select({
      account: of.account,
      debitFen: sql<string>`sum(${of.debitFen})::text`,
      creditFen: sql<string>`sum(${of.creditFen})::text`,
    })
    .from(it)
    .innerJoin(of, and(eq(of.person, it.person), eq(of.entry, it.id)))
    .where(isMeant(filter))
    .groupBy(of.account);
  return rows.map((row) => ({ ...row, debitFen: BigInt(row.debitFen), creditFen: BigInt(row.creditFen) }));
}
