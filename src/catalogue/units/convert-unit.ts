/** A measured quantity: digits as the source wrote them, and the unit in UCUM or, where it is not coded, in words. */
export interface Measured {
  readonly value: string;
  readonly unit: string | undefined;
  /** Whether `unit` is a UCUM code by its own word. */
  readonly isUcum: boolean;
}

/** `converted`: the value in the wanted unit, with no more digits than the source gave. */
export type Comparison = { readonly comparable: true; readonly value: string; readonly unit: string } | { readonly comparable: false };

/** A quantity in the unit of an item, by UCUM; not comparable where the units measure something else. */
export function compareUnit(measured: Measured, unit: string): Comparison {
  return measured.unit === unit ? { comparable: true, value: measured.value, unit } : { comparable: false };
}
