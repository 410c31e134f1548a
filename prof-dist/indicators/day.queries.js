/** Days as rows of a statement, numbered, of its first two parameters; what is kept of them is joined laterally behind `offset 0`, by key. */
export const DAYS_SQL = 'unnest($1::integer[], $2::date[]) with ordinality as d (institution, day, period)';
/** The days as the two parameters of `DAYS_SQL`. */
export function dayValues(days) {
    return [days.map((it) => it.institution), days.map((it) => it.day)];
}
/** Writes down that something of these days may not be counted yet, in one statement; in their order, so that two never wait in a circle. */
export async function markDue(tx, days, now) {
    if (days.length === 0)
        return;
    await tx.$client.query({
        name: 'mark-indicator-days',
        text: `insert into indicator_days (institution, day, due_since)
           select distinct institution, day, $3::timestamptz from unnest($1::integer[], $2::date[]) as it (institution, day)
            order by institution, day
           on conflict (institution, day) do update set due_since = coalesce(indicator_days.due_since, excluded.due_since)`,
        values: [days.map((it) => it.institution), days.map((it) => it.day), now],
    });
}
/**
 * Takes the days that have been due the longest and were not counted after `restedSince`, the longest due first, and holds them until the end of
 * the transaction, so that nobody else counts them and whoever marks one waits; none where there is none, or others hold all of them. A day that
 * was counted later than now, by a clock that has gone backwards since, has rested.
 */
export async function takeDueDays(tx, restedSince, now, daysMax) {
    const { rows } = await tx.$client.query({
        name: 'take-indicator-days',
        text: `select institution, day::text from indicator_days
            where due_since is not null and (counted_at is null or counted_at <= $1 or counted_at > $2)
            order by due_since limit $3 for update skip locked`,
        values: [restedSince, now, daysMax],
    });
    return rows;
}
/** Takes this day if it is due and nobody else holds it, whenever it was counted, and says so; holds it as `takeDueDays` does. */
export async function takeDueDay(tx, { institution, day }) {
    const { rowCount } = await tx.$client.query({
        name: 'take-indicator-day',
        text: 'select from indicator_days where institution = $1 and day = $2 and due_since is not null for update skip locked',
        values: [institution, day],
    });
    return rowCount === 1;
}
/**
 * Holds days until the end of the transaction, whether or not they are due; they are there afterwards. One statement, in the order of their keys,
 * so that two who hold or mark days never wait in a circle.
 */
export async function holdDays(tx, days) {
    await tx.$client.query({
        name: 'hold-indicator-days',
        text: `insert into indicator_days (institution, day) select institution, day from ${DAYS_SQL} order by institution, day
           on conflict (institution, day) do update set asked = indicator_days.asked`,
        values: dayValues(days),
    });
}
/** Puts a day that could not be counted behind the others; one that is not due any more, since somebody counted it meanwhile, stays as it is. */
export async function postponeDay(tx, { institution, day }, now) {
    await tx.$client.query({
        name: 'postpone-indicator-day',
        text: 'update indicator_days set due_since = $3, counted_at = $3 where institution = $1 and day = $2 and due_since is not null',
        values: [institution, day, now],
    });
}
/** The days that are kept, of a period of days (`until` is not in it). */
export async function listDays(reader, from, until) {
    const { rows } = await reader.$client.query('select institution, day::text from indicator_days where day >= $1 and day < $2', [from, until]);
    return rows;
}
/** Whether a day of a period is due, of one of these receiving institutions or of any. Served by `indicator_days_due`. */
export async function isAnyDue(reader, { from, until, institutions }) {
    const { rows } = await reader.$client.query(`select exists (select from indicator_days where due_since is not null and day >= $1 and day < $2
                       and ($3::integer[] is null or institution = any($3))) as due`, [from, until, institutions ?? null]);
    return rows[0]?.due ?? false;
}
/** How many items were asked for in a period, each once a visit, by institution and month. */
export async function sumAsked(reader, { from, until, institutions }) {
    const { rows } = await reader.$client.query(`select institution, to_char(day, 'YYYY-MM') as month, sum(asked)::float8 as asked from indicator_days
      where day >= $1 and day < $2 and ($3::integer[] is null or institution = any($3)) group by 1, 2`, [from, until, institutions ?? null]);
    return rows;
}
