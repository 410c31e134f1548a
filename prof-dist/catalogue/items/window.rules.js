const MINUTES_OF_DAY = 24 * 60;
const MINUTES_OF_WEEK = 7 * MINUTES_OF_DAY;
/** A hundred years: longer than anybody could rely on a result. */
const WINDOW_MINUTES_MAX = 36_525 * MINUTES_OF_DAY;
/** ISO 8601 durations of weeks, or of days, hours and minutes; years and months have no fixed length, seconds no use here. */
const DURATION = /^P(?:(\d{1,8})W|(?=[\dT])(?:(\d{1,8})D)?(?:T(?=\d)(?:(\d{1,8})H)?(?:(\d{1,8})M)?)?)$/;
/**
 * The minutes of a window as a catalogue writes it: an ISO 8601 duration (`PT6H`, `P7D`, `P1DT12H`, `P2W`) or whole minutes (`360`).
 * `undefined` for any other text, and for what is not above zero or longer than a hundred years.
 */
export function readWindow(text) {
    const [, weeks, days, hours, minutes] = DURATION.exec(text) ?? [];
    const total = /^\d{1,8}$/.test(text)
        ? Number(text)
        : Number(weeks ?? 0) * MINUTES_OF_WEEK + Number(days ?? 0) * MINUTES_OF_DAY + Number(hours ?? 0) * 60 + Number(minutes ?? 0);
    return total > 0 && total <= WINDOW_MINUTES_MAX ? total : undefined;
}
/** The one way in which a window is written: days, hours and minutes, `P7D`, `PT6H`, `P1DT12H`. */
export function writeWindow(minutes) {
    const days = Math.floor(minutes / MINUTES_OF_DAY);
    const hours = Math.floor((minutes % MINUTES_OF_DAY) / 60);
    const rest = minutes % 60;
    const time = `${hours > 0 ? `${hours}H` : ''}${rest > 0 ? `${rest}M` : ''}`;
    return `P${days > 0 ? `${days}D` : ''}${time === '' ? '' : `T${time}`}`;
}
