/** A number with the very digits an instrument reported: `6.10` is not `6.1`. */
export class Decimal {
    digits;
    constructor(digits) {
        if (!/^-?(0|[1-9]\d*)(\.\d+)?$/.test(digits))
            throw new RangeError(`"${digits}" is not a decimal number as JSON writes it`);
        this.digits = digits;
    }
}
/** Writes JSON as `JSON.stringify` does, except that a Decimal keeps its digits. */
export function jsonText(value) {
    if (value instanceof Decimal)
        return value.digits;
    if (Array.isArray(value))
        return `[${value.map(jsonText).join(',')}]`;
    if (typeof value === 'object') {
        const members = Object.entries(value).flatMap(([name, member]) => member === undefined ? [] : [`${JSON.stringify(name)}:${jsonText(member)}`]);
        return `{${members.join(',')}}`;
    }
    return JSON.stringify(value);
}
