/** The one civil time of the exchange, UTC+8; China has kept it all year round since 1991. */
export const BEIJING_OFFSET_MS = 8 * 3_600_000;
const OFFSET = '+08:00';
/**
 * The moment a text names: a date and time with offset (RFC 3339), or a day, which begins at midnight in Beijing. `undefined` for any
 * other text and for days and times that do not exist. Times without an offset are none: whose clock was meant cannot be known; nor is what lies
 * before the year 1000 or after 9999, which the database would refuse.
 */
export function readMoment(text) {
    const [, day, time] = /^(\d{4}-\d{2}-\d{2})(?:T(\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?(?:Z|[+-]\d{2}:\d{2})))?$/.exec(text) ?? [];
    if (day === undefined || !isDay(day))
        return undefined;
    const moment = new Date(time === undefined ? `${day}T00:00:00${OFFSET}` : `${day}T${time}`);
    return moment.getTime() >= FIRST_MS && moment.getTime() <= LAST_MS ? moment : undefined;
}
const FIRST_MS = Date.parse('1000-01-01T00:00:00Z');
const LAST_MS = Date.parse('9999-12-31T23:59:59.999Z');
/** Whether such a day is in the calendar: `Date` would roll 31 February over into March. */
function isDay(day) {
    const midnight = new Date(`${day}T00:00:00Z`);
    return !Number.isNaN(midnight.getTime()) && midnight.toISOString().startsWith(day);
}
/** `2026-03-01`, the day in Beijing at that moment. */
export function beijingDay(moment) {
    return beijing(moment).slice(0, 10);
}
/** A day of Beijing (`2026-03-01`): its first moment, and that of the day after. Every day there has 24 hours. */
export function beijingDayBounds(day) {
    const from = new Date(`${day}T00:00:00${OFFSET}`);
    return { from, until: new Date(from.getTime() + 24 * 3_600_000) };
}
/** `2026-03-01 08:30`, as a medical record writes it. */
export function beijingMinute(moment) {
    return beijing(moment).slice(0, 16).replace('T', ' ');
}
/** The month in Beijing at that moment. */
export function monthOf(moment) {
    return beijing(moment).slice(0, 7);
}
/** The month so many months later; a negative number is earlier. */
export function monthsAfter(month, months) {
    const [year = 0, number = 0] = month.split('-').map(Number);
    return new Date(Date.UTC(year, number - 1 + months, 1)).toISOString().slice(0, 7);
}
/** The moment at which the month begins: midnight in Beijing. */
export function monthBegins(month) {
    return new Date(`${month}-01T00:00:00${OFFSET}`);
}
function beijing(moment) {
    return new Date(moment.getTime() + BEIJING_OFFSET_MS).toISOString();
}
