/** A FHIR date, dateTime or instant as the range of time it covers: `[from, until)`. */
export interface TimeRange {
  readonly from: Date;
  readonly until: Date;
}

const FORM = /^(\d{4})(?:-(\d{2})(?:-(\d{2})(?:T(\d{2}):(\d{2}):(\d{2})(\.\d+)?(Z|[+-]\d{2}:\d{2}))?)?)?$/;

/**
 * Reads a date of any precision (R4, 2.24.0.1); `undefined` when it is none. A year, month or day without a time covers all of it, in UTC;
 * a time covers its last written digit.
 */
export function readDate(text: string): TimeRange | undefined {
  const match = FORM.exec(text);
  if (!match) return undefined;
  const [, year, month, day, hour, minute, second, fraction, zone] = match;
  if (hour === undefined) {
    const from = new Date(Date.UTC(Number(year), Number(month ?? 1) - 1, Number(day ?? 1)));
    if (from.getUTCMonth() !== Number(month ?? 1) - 1 || from.getUTCDate() !== Number(day ?? 1)) return undefined;
    const until = new Date(from);
    if (day !== undefined) until.setUTCDate(until.getUTCDate() + 1);
    else if (month !== undefined) until.setUTCMonth(until.getUTCMonth() + 1);
    else until.setUTCFullYear(until.getUTCFullYear() + 1);
    return { from, until };
  }
  // The calendar day must exist; Date would roll 31 February over into March.
  if (!readDate(`${year}-${month}-${day}`) || Number(hour) > 23 || Number(minute) > 59 || Number(second) > 60) return undefined;
  const from = new Date(
    `${year}-${month}-${day}T${hour}:${minute}:${second === '60' ? '59' : second}${fraction?.slice(0, 4) ?? ''}${zone}`,
  );
  if (Number.isNaN(from.getTime())) return undefined;
  const digits = Math.min((fraction?.length ?? 1) - 1, 3);
  return { from, until: new Date(from.getTime() + 10 ** (3 - digits)) };
}
