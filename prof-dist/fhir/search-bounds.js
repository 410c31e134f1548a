import { readDate } from './date.js';
import { invalid } from './search-words.js';
const PREFIXED = /^(eq|ne|gt|lt|ge|le|sa|eb|ap)?([^a-z].*)$/s;
/**
 * A number with its prefix (R4, 3.1.1.4.4 and 3.1.1.4.6): without one, or with `eq` and `ne`, it means all that rounds to it; the others mean
 * its exact value. Throws `parameter-invalid`.
 */
export function numberBounds(name, text) {
    const [, prefix = 'eq', digits = ''] = PREFIXED.exec(text) ?? [];
    const number = readDecimal(digits);
    if (!number)
        throw invalid(name, `"${text}" is not a number with one of the prefixes eq ne gt lt ge le sa eb ap`, `“${text}”不是带有效前缀的数值`);
    const { exact, rounded, around } = number;
    const at = (end, is, value) => ({ end, is, value });
    switch (prefix) {
        case 'ne':
            return [[at('low', '<', rounded[0])], [at('high', '>=', rounded[1])]];
        case 'gt':
            return [[at('high', '>', exact)]];
        case 'lt':
            return [[at('low', '<', exact)]];
        case 'ge':
            return [[at('high', '>', exact)], [at('low', '>=', exact), at('high', '<=', exact)]];
        case 'le':
            return [[at('low', '<', exact)], [at('low', '>=', exact), at('high', '<=', exact)]];
        case 'sa':
            return [[at('low', '>', exact)]];
        case 'eb':
            return [[at('high', '<', exact)]];
        case 'ap':
            return [[at('low', '<=', around[1]), at('high', '>=', around[0])]];
        default:
            return [[at('low', '>=', rounded[0]), at('high', '<', rounded[1])]];
    }
}
const EXPONENT_MAX = 400;
function readDecimal(text) {
    const match = /^(-?)(\d{1,400})(?:\.(\d{1,400}))?(?:[eE]([+-]?\d{1,4}))?$/.exec(text);
    if (!match)
        return undefined;
    const [, sign, whole = '', written = '', power] = match;
    if (Math.abs(Number(power ?? 0)) > EXPONENT_MAX)
        return undefined;
    // R4 has 1e2 mean [95, 105): a power of ten without decimals counts as if it had one, 1.0e2.
    const decimals = power !== undefined && written === '' ? '0' : written;
    const scale = decimals.length - Number(power ?? 0);
    const value = BigInt(whole + decimals) * (sign === '-' ? -1n : 1n);
    // With one digit more, half of the last written one is 5.
    const [fine, half] = [value * 10n, 5n];
    const tenth = value < 0n ? -value : value;
    const margin = tenth > half ? tenth : half;
    return {
        exact: digitsOf(value, scale),
        rounded: [digitsOf(fine - half, scale + 1), digitsOf(fine + half, scale + 1)],
        around: [digitsOf(fine - margin, scale + 1), digitsOf(fine + margin, scale + 1)],
    };
}
function digitsOf(value, scale) {
    if (scale <= 0)
        return (value * 10n ** BigInt(-scale)).toString();
    const sign = value < 0n ? '-' : '';
    const digits = (value < 0n ? -value : value).toString().padStart(scale + 1, '0');
    return `${sign}${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
}
/**
 * A date with its prefix (R4, 3.1.1.4.5) as bounds on `[low, high)` in milliseconds. It means the whole of the year, month, day, minute or
 * second that is written; without a zone, in UTC. Throws `parameter-invalid`.
 */
export function dateBounds(name, text, now) {
    const [, prefix = 'eq', date = ''] = PREFIXED.exec(text) ?? [];
    const range = readSearchDate(date);
    if (!range)
        throw invalid(name, `"${text}" is not a date with one of the prefixes eq ne gt lt ge le sa eb ap`, `“${text}”不是带有效前缀的日期`);
    const [from, until] = [range.from.getTime(), range.until.getTime()];
    const at = (end, is, ms) => ({ end, is, value: String(ms) });
    const contained = [at('low', '>=', from), at('high', '<=', until)];
    switch (prefix) {
        case 'ne':
            return [[at('low', '<', from)], [at('high', '>', until)]];
        case 'gt':
            return [[at('high', '>', until)]];
        case 'lt':
            return [[at('low', '<', from)]];
        case 'ge':
            return [[at('high', '>', until)], contained];
        case 'le':
            return [[at('low', '<', from)], contained];
        case 'sa':
            return [[at('low', '>=', until)]];
        case 'eb':
            return [[at('high', '<=', from)]];
        case 'ap': {
            const margin = Math.round(Math.abs(now.getTime() - from) / 10);
            return [[at('low', '<', until + margin), at('high', '>', from - margin)]];
        }
        default:
            return [contained];
    }
}
const DAY_AND_TIME = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2})(:\d{2}(?:\.\d+)?)?(Z|[+-]\d{2}:\d{2})?$/;
/** Beside the forms of a resource, a search may leave out seconds and zone. A space before the zone is a plus that was not encoded. */
function readSearchDate(text) {
    const written = text.replace(/ (?=\d{2}:\d{2}$)/, '+');
    const match = DAY_AND_TIME.exec(written);
    if (!match)
        return readDate(written);
    const [, minute = '', seconds, zone = 'Z'] = match;
    if (seconds !== undefined)
        return readDate(`${minute}${seconds}${zone}`);
    const from = readDate(`${minute}:00${zone}`)?.from;
    return from && { from, until: new Date(from.getTime() + 60_000) };
}
