import type { Reader } from '../database/client.ts';
import type { Dimension } from './dimensions.rules.ts';
import type { Counts, Figures } from './rates.rules.ts';

/** Which item-times are meant; the figures and the rows that open them are of one and the same set. */
export interface ItemTimeFilter {
  readonly side: 'receiving' | 'source';
  /** First day, and the day after the last one. */
  readonly from: string;
  readonly until: string;
  /** On the side that is asked for: one of them; `undefined`: any. */
  readonly institutions: readonly number[] | undefined;
  readonly department: string | undefined;
  readonly doctor: string | undefined;
  readonly item: string | undefined;
  readonly reason: string | undefined;
}

export type Group = Figures & {
  readonly key: Readonly<Partial<Record<Dimension, string>>>;
  /** One of the names of the doctor, in a group of one. */
  readonly doctorName: string | undefined;
};

type Bind = (value: unknown) => string;

/** The rows of the side that is asked for, of `indicator_item_times` as `t`. */
export function isMeant(filter: ItemTimeFilter, bind: Bind): string {
  const equals = (column: string, value: string | undefined): string[] => (value === undefined ? [] : [`${column} = ${bind(value)}`]);
  return [
    `t.day >= ${bind(filter.from)}::date and t.day < ${bind(filter.until)}::date`,
    ...(filter.side === 'receiving' ? ['t.is_main'] : []),
    ...(filter.institutions === undefined ? [] : [`${institutionOf(filter)} = any(${bind(filter.institutions)}::integer[])`]),
    ...equals('t.department', filter.department),
    ...equals('t.doctor', filter.doctor),
    ...equals('t.item', filter.item),
    ...equals('t.reason', filter.reason),
  ].join(' and ');
}

function institutionOf({ side }: Pick<ItemTimeFilter, 'side'>): string {
  return side === 'source' ? 't.source' : 't.institution';
}

/** Each count as a condition on an item-time. */
const COUNTED: Readonly<Record<keyof Counts, string>> = {
  lookUps: 'true',
  reminders: 'is_reminded',
  eligible: 'is_eligible',
  recognised: `outcome = 'recognised'`,
  eligibleRecognised: `is_eligible and outcome = 'recognised'`,
  refused: `outcome = 'refused'`,
  excepted: `outcome = 'excepted'`,
  unanswered: 'is_reminded and outcome is null',
};

const NAMES = Object.keys(COUNTED) as (keyof Counts)[];

/**
 * The figures meant, in total and by the dimensions: one statement, one calculation. `districts` says where institutions lie, and is needed
 * for that dimension alone. At most `groupsMax + 1` groups, in the order of the dimensions.
 */
export async function sumItemTimes(
  reader: Reader,
  filter: ItemTimeFilter,
  by: readonly Dimension[],
  districts: ReadonlyMap<number, string>,
  quickMs: number,
  groupsMax: number,
): Promise<{ readonly total: Figures; readonly groups: readonly Group[] }> {
  const values: unknown[] = [];
  const bind: Bind = (it) => `$${values.push(it)}`;
  const place = by.includes('district')
    ? `left join unnest(${bind([...districts.keys()])}::integer[], ${bind([...districts.values()])}::text[]) as place (institution, district)
         on place.institution = ${institutionOf(filter)}`
    : '';
  const columns: Readonly<Record<Dimension, string>> = {
    institution: `${institutionOf(filter)}::text`,
    month: `to_char(t.day, 'YYYY-MM')`,
    day: `to_char(t.day, 'YYYY-MM-DD')`,
    district: `coalesce(place.district, '')`,
    department: 't.department',
    doctor: 't.doctor',
    item: 't.item',
    reason: `coalesce(t.reason, '')`,
  };
  const quick = `decided_ms < ${bind(quickMs)}`;
  const { rows } = await reader.$client.query<Row>(
    `with it as materialized (
       select array[${by.map((name) => columns[name]).join(', ')}]::text[] as key, t.*
         from indicator_item_times t ${place} where ${isMeant(filter, bind)}),
     items as (
       select coalesce(key, '{}') as key, grouping(key) as total, ${NAMES.map((name) => `count(*) filter (where ${COUNTED[name]}) as "${name}"`).join(', ')},
              count(outcome) as decisions, percentile_disc(0.5) within group (order by decided_ms) as median,
              percentile_disc(0.9) within group (order by decided_ms) as p90, count(*) filter (where ${quick}) as quick,
              count(*) filter (where ${quick} and outcome = 'refused') as quick_refused, max(doctor_name) as doctor_name
         from it group by grouping sets ((key), ())),
     visit as (
       select coalesce(key, '{}') as key, grouping(key) as total, ${NAMES.map((name) => `coalesce(bool_or(${COUNTED[name]}), false) as "${name}"`).join(', ')}
         from it group by grouping sets ((key, institution, day, visit), (institution, day, visit))),
     visits as (
       select key, total, ${NAMES.map((name) => `count(*) filter (where "${name}") as "${name}"`).join(', ')} from visit group by key, total),
     reasons as (
       select key, total, json_object_agg(reason, refused) as refused
         from (select coalesce(key, '{}') as key, grouping(key) as total, reason, count(*) as refused from it
                where outcome = 'refused' and reason is not null group by grouping sets ((key, reason), (reason))) each
        group by key, total)
     select key, total = 1 as "isTotal", json_build_array(${NAMES.map((name) => `items."${name}"`).join(', ')}) as "itemTimes",
            json_build_array(${NAMES.map((name) => `coalesce(visits."${name}", 0)`).join(', ')}) as "personTimes",
            coalesce(reasons.refused, '{}') as reasons, decisions::integer, median::float8 as "medianMs", p90::float8 as "p90Ms", quick::integer,
            quick_refused::integer as "quickRefused", doctor_name as "doctorName"
       from items left join visits using (key, total) left join reasons using (key, total)
      order by total desc, key collate "C" limit ${groupsMax + 2}`,
    values,
  );
  const [total, ...groups] = rows.map((row) => ({ ...figuresOf(row), isTotal: row.isTotal, row }));
  if (!total?.isTotal) throw new Error('the figures have no total');
  return {
    total,
    groups:
      by.length === 0 ? [] : groups.map(({ row, ...figures }) => ({ ...figures, key: keyOf(by, row.key), doctorName: row.doctorName })),
  };
}

interface Row extends Omit<Figures, 'itemTimes' | 'personTimes'> {
  readonly key: readonly string[];
  readonly isTotal: boolean;
  readonly itemTimes: readonly number[];
  readonly personTimes: readonly number[];
  readonly doctorName: string | undefined;
}

function figuresOf({ itemTimes, personTimes, reasons, decisions, medianMs, p90Ms, quick, quickRefused }: Row): Figures {
  return { itemTimes: countsOf(itemTimes), personTimes: countsOf(personTimes), reasons, decisions, medianMs, p90Ms, quick, quickRefused };
}

function countsOf(counts: readonly number[]): Counts {
  return Object.fromEntries(NAMES.map((name, index) => [name, counts[index] ?? 0])) as unknown as Counts;
}

function keyOf(by: readonly Dimension[], key: readonly string[]): Group['key'] {
  return Object.fromEntries(by.map((name, index) => [name, key[index] ?? '']));
}
