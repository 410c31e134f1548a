import { scaleDecimal } from './decimal.rules.js';
import { conversionFactor, isUcum } from './ucum.js';
import { ucumOfWords } from './unit-spelling.rules.js';
const NOT_COMPARABLE = { comparable: false };
/** What is measured without naming a unit: nobody writes one behind an INR or a pH. */
const WITHOUT_UNIT = ['1', '{INR}', '[pH]'];
/**
 * A quantity in the unit of an item (UCUM); not comparable where the units measure something else, or nobody can know what was meant: a
 * spelling that is neither UCUM nor in `unit-spelling.rules.ts`, a mass for an amount of substance, another arbitrary unit.
 *
 * A unit that is the same, in whatever spelling, leaves the value as it was written. A power of ten moves the point and keeps every digit
 * (138 g/L is 13.8 g/dL); another factor rounds to the significant digits of the source. A comparator before the value stays.
 */
export function compareUnit(measured, unit) {
    if (measured.unit === unit || (measured.unit === undefined && WITHOUT_UNIT.includes(unit))) {
        return { comparable: true, value: measured.value, unit };
    }
    const [source, target] = [codeOf(measured), oneInternationalUnit(unit)];
    if (source === undefined)
        return NOT_COMPARABLE;
    if (source === target)
        return { comparable: true, value: measured.value, unit };
    const factor = conversionFactor(source, target);
    const value = factor ? scaleDecimal(measured.value, factor) : undefined;
    return value === undefined ? NOT_COMPARABLE : { comparable: true, value, unit };
}
/** The UCUM code a quantity is in. What calls itself UCUM and is not is read like words. */
function codeOf({ unit, isUcum: isCode }) {
    if (unit === undefined)
        return undefined;
    const code = isCode && isUcum(unit) ? unit : ucumOfWords(unit);
    return code === undefined ? undefined : oneInternationalUnit(code);
}
/** UCUM has two codes for the one international unit. */
function oneInternationalUnit(code) {
    return code.replaceAll('[iU]', '[IU]');
}
