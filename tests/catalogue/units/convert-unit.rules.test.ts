import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compareUnit } from '../../../src/catalogue/units/convert-unit.ts';
import { isUcum } from '../../../src/catalogue/units/ucum.ts';
import { plainUnit, UNIT_SPELLINGS } from '../../../src/catalogue/units/unit-spelling.rules.ts';

/** A UCUM quantity in the wanted unit; `undefined` where it is not comparable. */
function converted(value: string, unit: string | undefined, wanted: string): string | undefined {
  const comparison = compareUnit({ value, unit, isUcum: true }, wanted);
  return comparison.comparable ? comparison.value : undefined;
}

describe('what measures the same is converted, with the digits of the source', () => {
  test.for<[value: string, unit: string, wanted: string, result: string]>([
    ['138', 'g/L', 'g/dL', '13.8'],
    ['13.8', 'g/dL', 'g/L', '138'],
    ['5.50', 'mmol/L', 'mmol/L', '5.50'],
    ['5.50', 'mmol/L', 'umol/L', '5500'],
    ['5500', 'umol/L', 'mmol/L', '5.500'],
    ['0.0', 'g/L', 'g/dL', '0.00'],
    ['-1.5', 'mmol/L', 'umol/L', '-1500'],
    ['1.2e2', 'g/L', 'g/dL', '12'],
    ['1.20E-2', 'g/L', 'mg/L', '12.0'],
    ['6.10', '10*3/uL', '10*9/L', '6.10'],
    ['5', '{cells}/uL', '/uL', '5'],
    ['250', '/uL', '10*6/L', '250'],
    ['0.45', 'L/L', '%', '45'],
    ['88.0', 'fL', 'um3', '88.0'],
    ['2.50', 'm[IU]/L', 'u[IU]/mL', '2.50'],
    ['4', 'k[IU]/L', '[IU]/mL', '4'],
    ['7', '[iU]/L', '[IU]/L', '7'],
    ['100', '{copies}/mL', '{copies}/L', '100000'],
    ['1.5', 'ug/mL{FEU}', 'mg/L{FEU}', '1.5'],
    ['120', 'mm[Hg]', 'kPa', '16.0'],
    ['30', 'U/L', 'ukat/L', '0.50'],
    ['999.6', 'mm[Hg]', 'kPa', '133.3'],
    ['<0.5', 'mg/L', 'ug/mL', '<0.5'],
    ['<0.50', 'mg/dL', 'mg/L', '<5.0'],
    ['>=1000', 'ug/L', 'mg/L', '>=1.000'],
    ['≤ 3', 'ng/mL', 'ug/L', '≤3'],
  ])('%s %s is in %s %s', ([value, unit, wanted, result]) => {
    expect(converted(value, unit, wanted)).toBe(result);
  });
});

describe('what does not is refused', () => {
  test.for<[why: string, value: string, unit: string | undefined, wanted: string]>([
    ['a mass for an amount of substance', '5.5', 'mmol/L', 'mg/dL'],
    ['and the other way round', '99', 'mg/dL', 'mmol/L'],
    ['HbA1c after IFCC for one after NGSP', '48', 'mmol/mol', '%'],
    ['an amount of substance for a number', '1', 'mmol/L', '/L'],
    ['a charge without its ion', '140', 'meq/L', 'mmol/L'],
    ['osmolality for molality', '290', 'mosm/kg', 'mmol/kg'],
    ['enzyme units for international ones', '30', 'U/L', '[IU]/L'],
    ['arbitrary units of another kind', '30', "[arb'U]/mL", '[IU]/mL'],
    ['an international unit for a mass', '1', '[IU]/mL', 'ug/mL'],
    ['a ratio for a percentage', '1.0', '{INR}', '%'],
    ['one ratio for another', '1.0', '{S/CO}', '{COI}'],
    ['a ratio for a bare number', '1.0', '{S/CO}', '1'],
    ['fibrinogen equivalents for D-dimer units', '1.5', 'mg/L{FEU}', 'mg/L{DDU}'],
    ['fibrinogen equivalents for nobody knows what', '1.5', 'mg/L{FEU}', 'mg/L'],
    ['another magnification', '3', '/[HPF]', '/[LPF]'],
    ['a magnification for a volume', '3', '/[HPF]', '/uL'],
    ['a temperature, whose zero is elsewhere', '37', 'Cel', 'K'],
    ['a concentration for a mass', '5', 'g/L', 'g'],
    ['a rate for a length', '5', 'mm/h', 'mm'],
    ['no unit where there is one', '5', undefined, 'g/L'],
    ['an empty unit', '5', '', 'g/L'],
    ['a unit by its name', '5', 'gram', 'g'],
    ['another case', '5', 'MMOL/L', 'mmol/L'],
    ['words', '阴性', 'g/L', 'g/dL'],
    ['a titre', '1:16', 'g/L', 'g/dL'],
    ['a range', '3-5', 'g/L', 'g/dL'],
    ['an exponent that no measurement has', '1e41', 'g/L', 'g/dL'],
    ['a text longer than any unit', '5', 'g/L'.repeat(100), 'g/L'],
  ])('%s', ([, value, unit, wanted]) => {
    expect(converted(value, unit, wanted)).toBeUndefined();
  });

  test('the same unit is the same, whatever is measured and whatever stands there', () => {
    for (const unit of ['{S/CO}', '[pH]', 'Cel', 'furlong', 'mmol/mol']) expect(converted('阴性', unit, unit)).toBe('阴性');
    for (const unit of ['{INR}', '[pH]', '1']) expect(converted('1.10', undefined, unit)).toBe('1.10');
  });
});

describe('units in words', () => {
  const inWords = (unit: string, wanted: string, value = '6.10') => {
    const comparison = compareUnit({ value, unit, isUcum: false }, wanted);
    return comparison.comparable ? comparison.value : undefined;
  };

  test.for<[words: string, ucum: string]>([
    ['10^9/L', '10*9/L'],
    ['10*9/l', '10*9/L'],
    ['×10⁹/L', '10*9/L'],
    ['x10^9/L', '10*9/L'],
    ['* 10^9 / L', '10*9/L'],
    ['10E9/L', '10*9/L'],
    ['10e+9/L', '10*9/L'],
    ['10**9/L', '10*9/L'],
    ['×10¹²/L', '10*12/L'],
    ['G/L', '10*9/L'],
    ['μmol/L', 'umol/L'],
    ['µmol/L', 'umol/L'],
    ['umol/l', 'umol/L'],
    ['μIU/mL', 'u[IU]/mL'],
    ['IU/ml', '[IU]/mL'],
    ['U/l', 'U/L'],
    ['g/l', 'g/L'],
    ['mg/dl', 'mg/dL'],
    ['mcg/mL', 'ug/mL'],
    ['％', '%'],
    ['fl', 'fL'],
    ['mm/小时', 'mm/h'],
    ['秒', 's'],
    ['个/μL', '/uL'],
    ['cells/uL', '/uL'],
    ['/HP', '/[HPF]'],
    ['S/CO', '{S/CO}'],
    ['拷贝/ml', '{copies}/mL'],
    ['℃', 'Cel'],
    ['mmHg', 'mm[Hg]'],
    ['mL/min/1.73m²', 'mL/min/{1.73_m2}'],
    ['mg/L FEU', 'mg/L{FEU}'],
  ])('%s is %s', ([words, ucum]) => {
    expect(inWords(words, ucum)).toBe('6.10');
  });

  test.for<[words: string, wanted: string]>([
    ['g/L左右', 'g/L'],
    ['MG/DL', 'mg/dL'],
    ['Mg/L', 'mg/L'],
    ['109/L', '10*9/L'],
    ['单位', 'U/L'],
    ['__proto__', 'g/L'],
    ['toString', 'g/L'],
    ['dag/L', 'g/L'],
  ])('%s is not guessed', ([words, wanted]) => {
    expect(inWords(words, wanted)).toBeUndefined();
  });

  test('a unit in words is converted as well, and so is what wrongly calls itself UCUM', () => {
    expect(inWords('g/l', 'g/dL', '138')).toBe('13.8');
    expect(converted('6.10', '10^9/L', '10*9/L')).toBe('6.10');
    // UCUM would read gauss; whoever says UCUM means it.
    expect(converted('6.10', 'G/L', '10*9/L')).toBeUndefined();
  });

  test('every spelling of the table stands as it is looked for, and means a UCUM unit', () => {
    for (const [spelling, code] of Object.entries(UNIT_SPELLINGS)) {
      expect(plainUnit(spelling), spelling).toBe(spelling);
      expect(isUcum(code), code).toBe(true);
    }
  });
});

describe('of every quantity', () => {
  const decimal = fc
    .tuple(fc.integer({ min: 1, max: 999_999 }), fc.integer({ min: 0, max: 5 }))
    .map(([digits, places]) => (digits / 10 ** places).toFixed(places));
  /** Units that differ by powers of ten. */
  const family = fc.constantFrom(
    ['g/L', 'g/dL', 'mg/L', 'ug/mL', 'mg/dL', 'kg/L', 'ng/uL'],
    ['mol/L', 'mmol/L', 'umol/L', 'nmol/mL', 'pmol/uL'],
    ['10*9/L', '10*3/uL', '/nL', '10*6/mL', '/L'],
    ['[IU]/L', 'm[IU]/mL', 'k[IU]/L', 'u[IU]/uL'],
    ['U/L', 'mU/mL', 'kU/L'],
  );
  const pair = family.chain((units) => fc.tuple(fc.constantFrom(...units), fc.constantFrom(...units)));

  test('there and back is the same number, to the last digit', () => {
    fc.assert(
      fc.property(decimal, pair, (value, [from, to]) => {
        const there = converted(value, from, to) ?? '';
        expect(bare(converted(there, to, from) ?? '')).toBe(bare(value));
      }),
    );
  });

  test('in its own unit it stays as it was written', () => {
    fc.assert(
      fc.property(decimal, pair, (value, [from]) => {
        expect(converted(value, from, from)).toBe(value);
      }),
    );
  });

  test('the order of two stays', () => {
    fc.assert(
      fc.property(decimal, decimal, pair, (one, other, [from, to]) => {
        const [a, b] = [converted(one, from, to), converted(other, from, to)].map(Number) as [number, number];
        expect(Math.sign(a - b)).toBe(Math.sign(Number(one) - Number(other)));
      }),
    );
  });

  test('by another factor it is right to half of its last digit, and has as many as the source', () => {
    fc.assert(
      fc.property(decimal, (value) => {
        const kPa = converted(value, 'mm[Hg]', 'kPa') ?? '';
        expect(significant(kPa)).toBe(significant(value));
        const unit = 10 ** (Math.floor(Math.log10(Number(kPa))) - significant(value) + 1);
        expect(Math.abs(Number(kPa) - Number(value) * 0.133322)).toBeLessThanOrEqual(unit * 0.5 * 1.001 + Number(kPa) * 1e-5);
      }),
    );
  });

  test('both ways are comparable, or neither', () => {
    const unit = fc.constantFrom('g/L', 'mmol/L', '%', '{INR}', '[IU]/L', 'U/L', '/[HPF]', '10*9/L', 'mmol/mol', 'Cel', '[pH]', '1', 's');
    fc.assert(
      fc.property(unit, unit, (one, other) => {
        expect(converted('1', one, other) === undefined).toBe(converted('1', other, one) === undefined);
      }),
    );
  });

  test('no text of a unit or a value breaks it', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.boolean(), fc.constantFrom('g/L', '%', '{INR}'), (value, unit, isCode, wanted) => {
        const comparison = compareUnit({ value, unit, isUcum: isCode }, wanted);
        if (comparison.comparable) expect(comparison.unit).toBe(wanted);
      }),
    );
  });
});

/** A number as its digits and its magnitude, without zeros that only say how precise it is. */
function bare(value: string): string {
  const [whole = '', fraction = ''] = value.split('.');
  const digits = `${whole}${fraction}`.replace(/^0+/, '');
  const places = fraction.length;
  const plain = digits.replace(/0+$/, '');
  return `${plain}e${digits.length - plain.length - places}`;
}

function significant(value: string): number {
  return value.replace('.', '').replace(/^0+/, '').length;
}
