import type { Dimension } from './dimensions.rules.ts';

/** Which days of which institutions are meant. */
export interface PlaceFilter {
  readonly side: 'receiving' | 'source';
  /** First day, and the day after the last one. */
  readonly from: string;
  readonly until: string;
  /** On the side that is asked for: one of them; `undefined`: any. */
  readonly institutions: readonly number[] | undefined;
}

/** What a group is of, by dimension. */
export type Key = Readonly<Partial<Record<Dimension, string>>>;

/** Makes a value a parameter of the statement, and answers how it is named there. */
export type Bind = (value: unknown) => string;

/** The condition on the columns that all tables of figures have, of such a table as `t`. */
export function isOfPlace(filter: PlaceFilter, bind: Bind): string {
  const days = `t.day >= ${bind(filter.from)}::date and t.day < ${bind(filter.until)}::date`;
  return filter.institutions === undefined ? days : `${days} and ${institutionOf(filter)} = any(${bind(filter.institutions)}::integer[])`;
}

/** That a column has this value, where one is asked for. */
export function isEqual(column: string, value: string | undefined, bind: Bind): readonly string[] {
  return value === undefined ? [] : [`${column} = ${bind(value)}`];
}

/** The institution of the side that is asked for. */
function institutionOf({ side }: PlaceFilter): string {
  return side === 'source' ? 't.source' : 't.institution';
}

/** What a row is counted under: one array of texts, in the order of the dimensions; of `t`, and of `place` for districts. */
export function keySql(filter: PlaceFilter, by: readonly Dimension[]): string {
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
  return `array[${by.map((name) => columns[name]).join(', ')}]::text[]`;
}

/** A join with where institutions lie, for the dimension that needs it. */
export function placeSql(filter: PlaceFilter, by: readonly Dimension[], districts: ReadonlyMap<number, string>, bind: Bind): string {
  if (!by.includes('district')) return '';
  const [numbers, divisions] = [bind([...districts.keys()]), bind([...districts.values()])];
  return `left join unnest(${numbers}::integer[], ${divisions}::text[]) as place (institution, district) on place.institution = ${institutionOf(filter)}`;
}

/** The array of `keySql` by its dimensions. */
export function keyOf(by: readonly Dimension[], key: readonly string[]): Key {
  return Object.fromEntries(by.map((name, index) => [name, key[index] ?? '']));
}
