/** A number with the very digits an instrument reported: `6.10` is not `6.1`. */
export class Decimal {
  readonly digits: string;

  constructor(digits: string) {
    if (!/^-?(0|[1-9]\d*)(\.\d+)?$/.test(digits)) throw new RangeError(`"${digits}" is not a decimal number as JSON writes it`);
    this.digits = digits;
  }
}

/** What a sending system puts together: JSON, with exact numbers among its values. `undefined` members are left out. */
export type Sendable = string | number | boolean | Decimal | readonly Sendable[] | { readonly [name: string]: Sendable | undefined };

/** Writes JSON as `JSON.stringify` does, except that a Decimal keeps its digits. */
export function jsonText(value: Sendable): string {
  if (value instanceof Decimal) return value.digits;
  if (Array.isArray(value)) return `[${value.map(jsonText).join(',')}]`;
  if (typeof value === 'object') {
    const members = Object.entries(value).flatMap(([name, member]) =>
      member === undefined ? [] : [`${JSON.stringify(name)}:${jsonText(member as Sendable)}`],
    );
    return `{${members.join(',')}}`;
  }
  return JSON.stringify(value);
}
