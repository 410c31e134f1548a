const LARGE = '10*9/L';
/** 血常规: eight values an automated counter gives. */
export const BLOOD_COUNT = {
    kind: 'blood-count',
    loinc: '58410-2',
    nameZh: '血常规',
    nameEn: 'Complete blood count',
    section: { code: 'HM', name: 'Hematology' },
    specimen: { code: 'BLD', name: 'Whole blood', zh: '全血' },
    method: '全自动血细胞分析仪',
    analytes: [
        analyte('WBC', '6690-2', '白细胞计数', 'Leukocytes', LARGE, '10^9/L', 2, 3.5, 9.5),
        analyte('RBC', '789-8', '红细胞计数', 'Erythrocytes', '10*12/L', '10^12/L', 2, 3.8, 5.8),
        analyte('HGB', '718-7', '血红蛋白', 'Haemoglobin', 'g/L', 'g/L', 0, 115, 175),
        analyte('PLT', '777-3', '血小板计数', 'Platelets', LARGE, '10^9/L', 0, 125, 350),
        analyte('HCT', '4544-3', '红细胞压积', 'Haematocrit', '%', '%', 1, 35, 50),
        analyte('MCV', '787-2', '平均红细胞体积', 'Mean corpuscular volume', 'fL', 'fL', 1, 82, 100),
        analyte('MCH', '785-6', '平均红细胞血红蛋白含量', 'Mean corpuscular haemoglobin', 'pg', 'pg', 1, 27, 34),
        analyte('MCHC', '786-4', '平均红细胞血红蛋白浓度', 'Mean corpuscular haemoglobin concentration', 'g/L', 'g/L', 0, 316, 354),
    ],
};
/** 生化: twelve values of a chemistry analyser. */
export const CHEMISTRY = {
    kind: 'chemistry',
    loinc: '24323-8',
    nameZh: '生化全套',
    nameEn: 'Chemistry panel',
    section: { code: 'CH', name: 'Chemistry' },
    specimen: { code: 'SER', name: 'Serum', zh: '血清' },
    method: '全自动生化分析仪',
    analytes: [
        analyte('TP', '2885-2', '总蛋白', 'Total protein', 'g/L', 'g/L', 1, 65, 85),
        analyte('ALB', '1751-7', '白蛋白', 'Albumin', 'g/L', 'g/L', 1, 40, 55),
        analyte('ALT', '1742-6', '丙氨酸氨基转移酶', 'Alanine aminotransferase', 'U/L', 'U/L', 0, 7, 50),
        analyte('AST', '1920-8', '天门冬氨酸氨基转移酶', 'Aspartate aminotransferase', 'U/L', 'U/L', 0, 13, 40),
        analyte('TBIL', '14631-6', '总胆红素', 'Total bilirubin', 'umol/L', 'μmol/L', 1, 5, 21),
        analyte('GLU', '14749-6', '葡萄糖', 'Glucose', 'mmol/L', 'mmol/L', 2, 3.9, 6.1),
        analyte('UREA', '22664-7', '尿素', 'Urea', 'mmol/L', 'mmol/L', 2, 2.9, 8.2),
        analyte('CREA', '14682-9', '肌酐', 'Creatinine', 'umol/L', 'μmol/L', 1, 44, 104),
        analyte('K', '2823-3', '钾', 'Potassium', 'mmol/L', 'mmol/L', 2, 3.5, 5.3),
        analyte('NA', '2951-2', '钠', 'Sodium', 'mmol/L', 'mmol/L', 1, 137, 147),
        analyte('CL', '2075-0', '氯', 'Chloride', 'mmol/L', 'mmol/L', 1, 99, 110),
        analyte('CA', '2000-8', '钙', 'Calcium, total', 'mmol/L', 'mmol/L', 2, 2.11, 2.52),
    ],
};
/** Values as an analyser would give them for somebody fairly well; about one in eight lies outside of its reference range. */
export function measure(random, panel) {
    const raw = new Map(panel.analytes.map((it) => [it.code, random.around((it.low + it.high) / 2, (it.high - it.low) / 3)]));
    if (panel.kind === 'blood-count')
        agreeRedCells(raw);
    return panel.analytes.map((it) => ({
        analyte: it,
        digits: Math.max(raw.get(it.code) ?? it.low, it.low / 4).toFixed(it.places),
        corrected: false,
    }));
}
/** The measurements as the laboratory corrects them: one value replaced, the others as they were. */
export function correctValue(measurements, code, digits) {
    return measurements.map((it) => (it.analyte.code === code ? { ...it, digits, corrected: true } : it));
}
/** N, H or L, as the laboratory flags it against the range it prints. */
export function flagOf(measurement) {
    const value = Number(measurement.digits);
    if (value < measurement.analyte.low)
        return { code: 'L', name: 'Low' };
    if (value > measurement.analyte.high)
        return { code: 'H', name: 'High' };
    return { code: 'N', name: 'Normal' };
}
/** The red cell values follow from three of them, as a counter computes them. */
function agreeRedCells(raw) {
    const cells = raw.get('RBC') ?? 0;
    const volume = raw.get('MCV') ?? 0;
    const concentration = raw.get('MCHC') ?? 0;
    const haematocrit = (cells * volume) / 10;
    const haemoglobin = (haematocrit * concentration) / 100;
    raw.set('HCT', haematocrit);
    raw.set('HGB', haemoglobin);
    raw.set('MCH', haemoglobin / cells);
}
function analyte(code, loinc, nameZh, nameEn, unit, unitPrinted, places, low, high) {
    return { code, loinc, nameZh, nameEn, unit, unitPrinted, places, low, high };
}
