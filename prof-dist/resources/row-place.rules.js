import { readDate } from '../fhir/date.js';
const NUMBER_MAX = 2n ** 63n - 1n;
/**
 * Where a page ended, out of the text of a `next` link: a time as PostgreSQL writes it (or `-infinity`) and so many numbers. `undefined` for
 * any text that this server cannot have given, so that none reaches a statement that would fail on it.
 */
export function readRowPlace(cursor, numbers) {
    const [time = '', ...rest] = Buffer.from(cursor, 'base64url').toString().split('|');
    const areNumbers = rest.length === numbers && rest.every((it) => /^\d{1,19}$/.test(it) && BigInt(it) <= NUMBER_MAX);
    return areNumbers && (time === '-infinity' || isTime(time)) ? [time, ...rest] : undefined;
}
/** `2026-03-01 08:30:00.5+08`, which exists. */
function isTime(text) {
    const [, day, time, hours, minutes = ':00'] = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d(?:\.\d{1,6})?)([+-]\d\d)(:\d\d)?$/.exec(text) ?? [];
    return day !== undefined && readDate(`${day}T${time}${hours}${minutes}`) !== undefined;
}
