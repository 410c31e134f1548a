import { BEIJING_OFFSET_MS, readMoment } from '../beijing-time.js';
export const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;
export function periodOf({ from, until }) {
    const [begin, end] = [from, until].map((it) => readMoment(it)?.getTime());
    if (begin === undefined || end === undefined || end <= begin)
        throw new RangeError(`${from} to ${until} is no period`);
    return { from: begin, until: end };
}
/** When somebody comes to a department for the first time: by the season, the day of the week and the hour. */
export function arrival(random, preset, department, period) {
    const days = Math.floor((period.until - period.from) / DAY_MS);
    const heaviest = Math.max(...preset.months) * Math.max(1, ...(department.months ?? [1])) * Math.max(...preset.weekdays);
    for (;;) {
        const day = period.from + random.integer(0, Math.max(days - 1, 0)) * DAY_MS;
        const { month, weekday } = placeOf(day);
        const weight = (preset.months[month] ?? 1) * (department.months?.[month] ?? 1) * (preset.weekdays[weekday] ?? 1);
        if (random.chance(weight / heaviest))
            return day + hourOf(random, preset);
    }
}
/** The next visit after a wait of so many days: at an hour at which people come, on a working day rather than on a Sunday. */
export function laterArrival(random, preset, after, days) {
    const midnight = after + BEIJING_OFFSET_MS - ((after + BEIJING_OFFSET_MS) % DAY_MS) - BEIJING_OFFSET_MS;
    let day = midnight + Math.max(1, Math.round(days)) * DAY_MS;
    while (random.chance(1 - (preset.weekdays[placeOf(day).weekday] ?? 1) / Math.max(...preset.weekdays)))
        day += DAY_MS;
    return day + hourOf(random, preset);
}
function hourOf(random, preset) {
    return random.place(preset.hours) * HOUR_MS + random.integer(0, 59) * MINUTE_MS;
}
/** Month from 0 and day of the week from Monday as 0, in Beijing. */
function placeOf(moment) {
    const date = new Date(moment + BEIJING_OFFSET_MS);
    return { month: date.getUTCMonth(), weekday: (date.getUTCDay() + 6) % 7 };
}
