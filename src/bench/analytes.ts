/** A measured quantity: LOINC code and name, UCUM unit, lower and upper reference limit. */
export type Analyte = readonly [code: string, name: string, unit: string, low: number, high: number];

/** What the laboratory report of the bench measures. */
export const ANALYTES: readonly Analyte[] = [
  ['6690-2', 'Leukocytes [#/volume] in Blood by Automated count', '10*9/L', 3.5, 9.5],
  ['789-8', 'Erythrocytes [#/volume] in Blood by Automated count', '10*12/L', 3.8, 5.8],
  ['718-7', 'Hemoglobin [Mass/volume] in Blood', 'g/L', 115, 175],
  ['4544-3', 'Hematocrit [Volume Fraction] of Blood by Automated count', '%', 35, 50],
  ['777-3', 'Platelets [#/volume] in Blood by Automated count', '10*9/L', 125, 350],
  ['787-2', 'MCV [Entitic volume] by Automated count', 'fL', 82, 100],
  ['785-6', 'MCH [Entitic mass] by Automated count', 'pg', 27, 34],
  ['786-4', 'MCHC [Mass/volume] by Automated count', 'g/L', 316, 354],
  ['14749-6', 'Glucose [Moles/volume] in Serum or Plasma', 'mmol/L', 3.9, 6.1],
  ['14682-9', 'Creatinine [Moles/volume] in Serum or Plasma', 'umol/L', 41, 111],
  ['22664-7', 'Urea [Moles/volume] in Serum or Plasma', 'mmol/L', 2.6, 9.5],
  ['14933-6', 'Urate [Moles/volume] in Serum or Plasma', 'umol/L', 155, 428],
  ['2951-2', 'Sodium [Moles/volume] in Serum or Plasma', 'mmol/L', 137, 147],
  ['2823-3', 'Potassium [Moles/volume] in Serum or Plasma', 'mmol/L', 3.5, 5.3],
  ['2075-0', 'Chloride [Moles/volume] in Serum or Plasma', 'mmol/L', 99, 110],
  ['2000-8', 'Calcium [Moles/volume] in Serum or Plasma', 'mmol/L', 2.11, 2.52],
  ['1742-6', 'Alanine aminotransferase [Enzymatic activity/volume] in Serum or Plasma', 'U/L', 7, 50],
  ['1920-8', 'Aspartate aminotransferase [Enzymatic activity/volume] in Serum or Plasma', 'U/L', 13, 40],
  ['14631-6', 'Bilirubin.total [Moles/volume] in Serum or Plasma', 'umol/L', 3.4, 23],
  ['14647-2', 'Cholesterol [Moles/volume] in Serum or Plasma', 'mmol/L', 2.8, 5.2],
];
