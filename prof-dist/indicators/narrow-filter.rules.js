/**
 * The filter of a group: that of the request, narrowed to what the group is of. `key` has texts as a request has them, days and months too.
 * A reason or department that is empty cannot be asked for: `undefined`.
 */
export function narrowedTo(texts, key) {
    const { month, day, ...plain } = key;
    if (Object.values(plain).some((it) => it === ''))
        return undefined;
    const periods = [
        texts,
        ...(month === undefined ? [] : [monthOf(month)]),
        ...(day === undefined ? [] : [{ from: day, to: dayAfter(day) }]),
    ];
    const from = periods
        .flatMap((it) => it.from ?? [])
        .toSorted()
        .at(-1);
    const to = periods.flatMap((it) => it.to ?? []).toSorted()[0];
    const all = Object.entries({ ...texts, ...plain, from, to });
    return Object.fromEntries(all.filter((it) => it[1] !== undefined));
}
/** `2026-12`: from its first day to the first day of the next one. */
function monthOf(month) {
    const [year, number] = month.split('-').map(Number);
    return { from: `${month}-01`, to: new Date(Date.UTC(year, number, 1)).toISOString().slice(0, 10) };
}
function dayAfter(day) {
    return new Date(Date.parse(`${day}T00:00:00Z`) + 24 * 3_600_000).toISOString().slice(0, 10);
}
