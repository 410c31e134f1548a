import { KeptTexts } from './own-text.ts';

/** A FHIR date, dateTime or instant as the range of time it covers: `[from, until)`. */
export interface TimeRange {
  readonly from: Date;
  readonly until: Date;
}

const FORM = /^(\d{4})(?:-(\d{2})(?:-(\d{2})(?:T(\d{2}):(\d{2}):(\d{2})(\.\d+)?(Z|[+-](?:0\d|1[0-3]):[0-5]\d|[+-]14:00))?)?)?$/;

/** The years a date can be written in. An instant near their ends may lie beyond them in UTC; it is taken as the end itself. */
const FIRST_MS = Date.parse('0001-01-01T00:00:00.000Z');
const LAST_MS = Date.parse('9999-12-31T23:59:59.999Z');

/** The results of a report say the same few times, each of which is asked for by rules and index. */
const recent = new KeptTexts<TimeRange>(500);

/**
 * Reads a date of any precision (R4, 2.24.0.1); `undefined` when it is none. A year, month or day without a time covers all of it, in UTC;
 * a time covers its last written digit.
 */
export function readDate(text: string): TimeRange | undefined {
  return recent.of(text, rangeIn);
}

function rangeIn(text: string): TimeRange | undefined {
  const match = FORM.exec(text);
  if (!match) return undefined;
  const [, year = '', month, day, hour, minute, second, fraction, zone] = match;
  const first = new Date(`${year}-${month ?? '01'}-${day ?? '01'}T00:00:00Z`);
  // The calendar day must exist; Date would roll 31 February over into March.
  if (year === '0000' || Number.isNaN(first.getTime()) || first.getUTCDate() !== Number(day ?? 1)) return undefined;
  if (hour === undefined) {
    const until = new Date(first);
    if (day !== undefined) until.setUTCDate(until.getUTCDate() + 1);
    else if (month !== undefined) until.setUTCMonth(until.getUTCMonth() + 1);
    else until.setUTCFullYear(until.getUTCFullYear() + 1);
    return rangeOf(first.getTime(), until.getTime());
  }
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 60) return undefined;
  const from = Date.parse(
    `${year}-${month}-${day}T${hour}:${minute}:${second === '60' ? '59' : second}${fraction?.slice(0, 4) ?? ''}${zone}`,
  );
  if (Number.isNaN(from)) return undefined;
  const digits = Math.min((fraction?.length ?? 1) - 1, 3);
  return rangeOf(from, from + 10 ** (3 - digits));
}

function rangeOf(fromMs: number, untilMs: number): TimeRange {
  const within = (ms: number): Date => new Date(Math.min(Math.max(ms, FIRST_MS), LAST_MS));
  return { from: within(fromMs), until: within(untilMs) };
}
