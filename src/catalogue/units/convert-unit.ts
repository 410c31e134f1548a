import { scaleDecimal } from './decimal.rules.ts';
import { conversionFactor, isUcum } from './ucum.ts';
import { ucumOfWords } from './unit-spelling.rules.ts';

/** A measured quantity: digits as the source wrote them, and the unit in UCUM or, where it is not coded, in words. */
export interface Measured {
  /** A comparator may stand before it: `<0.5`. */
  readonly value: string;
  readonly unit: string | undefined;
  /** Whether `unit` is a UCUM code by its own word. */
  readonly isUcum: boolean;
}

/** `converted`: the value in the wanted unit, with no more digits than the source gave. */
export type Comparison = { readonly comparable: true; readonly value: string; readonly unit: string } | { readonly comparable: false };

const NOT_COMPARABLE: Comparison = { comparable: false };

/** What is measured without naming a unit: nobody writes one behind an INR or a pH. */
const WITHOUT_UNIT = ['1', '{INR}', '[pH]'];

/**
 * A quantity in the unit of an item (UCUM); not comparable where the units measure something else, or nobody can know what was meant: a
 * spelling that is neither UCUM nor in `unit-spelling.rules.ts`, a mass for an amount of substance, another arbitrary unit.
 *
 * A unit that is the same, in whatever spelling, leaves the value as it was written. A power of ten moves the point and keeps every digit
 * (138 g/L is 13.8 g/dL); another factor rounds to the significant digits of the source. A comparator before the value stays.
 */
export function compareUnit(measured: Measured, unit: string): Comparison {
  if (measured.unit === unit || (measured.unit === undefined && WITHOUT_UNIT.includes(unit))) {
    return { comparable: true, value: measured.value, unit };
  }
  const [source, target] = [codeOf(measured), oneInternationalUnit(unit)];
  if (source === undefined) return NOT_COMPARABLE;
  if (source === target) return { comparable: true, value: measured.value, unit };
  const factor = conversionFactor(source, target);
  const value = factor ? scaleDecimal(measured.value, factor) : undefined;
  return value === undefined ? NOT_COMPARABLE : { comparable: true, value, unit };
}

/** The UCUM code a quantity is in. What calls itself UCUM and is not is read like words. */
function codeOf({ unit, isUcum: isCode }: Measured): string | undefined {
  if (unit === undefined) return undefined;
  const code = isCode && isUcum(unit) ? unit : ucumOfWords(unit);
  return code === undefined ? undefined : oneInternationalUnit(code);
}

/** UCUM has two codes for the one international unit. */
function oneInternationalUnit(code: string): string {
  return code.replaceAll('[iU]', '[IU]');
}
