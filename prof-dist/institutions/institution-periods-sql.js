/**
 * The periods as rows of a statement, `p.institution`, `p."from"`, `p.until` and `p.period` (1, 2, 3 …), of its first three parameters, which
 * `periodValues` gives. What belongs to them is joined laterally, behind `offset 0`: so each is looked up by index, whatever the planner thinks
 * how much there is.
 */
export const PERIODS_SQL = 'unnest($1::integer[], $2::timestamptz[], $3::timestamptz[]) with ordinality as p (institution, "from", until, period)';
/** The periods as the three parameters of `PERIODS_SQL`. */
export function periodValues(periods) {
    return [periods.map((it) => it.institution), periods.map((it) => it.from), periods.map((it) => it.until)];
}
/** The rows of each of so many periods, in the order of the periods, and of the rows within each; without the number. */
export function byPeriod(count, rows) {
    const lists = Array.from({ length: count }, () => []);
    for (const { period, ...row } of rows)
        lists[period - 1]?.push(row);
    return lists;
}
