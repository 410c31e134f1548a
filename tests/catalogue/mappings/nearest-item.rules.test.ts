import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type NamedItem, nearestAmong } from '../../../src/catalogue/mappings/nearest-item.rules.ts';

const item = (code: string, nameZh: string, nameEn: string, loinc: string | null = null) => ({ code, nameZh, nameEn, loinc });

const ITEMS = [
  item('WBC', '白细胞计数(WBC)', 'Leukocytes', '6690-2'),
  item('HGB', '血红蛋白(HGB)', 'Hemoglobin', '718-7'),
  item('HBA1C', '糖化血红蛋白(HbA1c)', 'Hemoglobin A1c', '4548-4'),
  item('PLT', '血小板计数(PLT)', 'Platelets', '777-3'),
  item('ALT', '丙氨酸氨基转移酶(ALT)', 'Alanine aminotransferase', '1742-6'),
  item('AST', '天门冬氨酸氨基转移酶(AST)', 'Aspartate aminotransferase', '1920-8'),
  item('CT-CHEST-PLAIN', '胸部CT平扫', 'CT chest without contrast'),
  item('MR-BRAIN-PLAIN', '颅脑MRI平扫', 'MRI brain without contrast'),
  item('K', '钾(K)', 'Potassium', '2823-3'),
];

const nearestItems = (words: readonly string[], items: readonly NamedItem[]) => nearestAmong(items)(words);
const first = (...words: string[]) => nearestItems(words, ITEMS)[0]?.item;

test.for<[asked: readonly string[], nearest: string | undefined]>([
  [['wbc'], 'WBC'],
  [['WBC '], 'WBC'],
  [['6690-2'], 'WBC'],
  [['XYB-001', '白细胞'], 'WBC'],
  [['白细胞总数'], 'WBC'],
  [['leucocytes'], 'WBC'],
  [['Leukocyte count'], 'WBC'],
  [['HB', '血红蛋白测定'], 'HGB'],
  [['糖化血红蛋白'], 'HBA1C'],
  [['HbA1c'], 'HBA1C'],
  [['hemoglobin'], 'HGB'],
  [['haemoglobin'], 'HGB'],
  [['血小板'], 'PLT'],
  [['PLTT'], 'PLT'],
  [['谷草转氨酶', 'AST'], 'AST'],
  [['天冬氨酸氨基转移酶'], 'AST'],
  [['丙氨酸转移酶'], 'ALT'],
  [['CT_CHEST'], 'CT-CHEST-PLAIN'],
  [['胸部CT'], 'CT-CHEST-PLAIN'],
  [['ＣＴ胸部平扫'], 'CT-CHEST-PLAIN'],
  [['头颅MRI平扫'], 'MR-BRAIN-PLAIN'],
  [['钾'], 'K'],
  // A LOINC code is that one or another: 6690-3 would be a slip away from 6690-2.
  [['6690-3'], undefined],
  [['99999', '体重'], undefined],
  [['LIS-0001'], undefined],
  [[''], undefined],
  [['-'], undefined],
])('%j most likely means %s', ([asked, nearest]) => {
  expect(first(...asked)).toBe(nearest);
});

test('what is the same is likest, what is contained comes next, and three are enough', () => {
  expect(nearestItems(['氨基转移酶'], ITEMS).map((it) => it.item)).toEqual(['ALT', 'AST']);
  expect(nearestItems(['hemoglobin'], ITEMS).map((it) => [it.item, it.likeness])).toEqual([
    ['HGB', 1],
    ['HBA1C', expect.closeTo(0.94, 1)],
  ]);
  expect(nearestItems(['平扫'], [...ITEMS, ...ITEMS.map((it) => ({ ...it, code: `${it.code}-2` }))])).toHaveLength(3);
});

test('whatever is asked, answers are of the list, from likest to least, and the same in any order of the list', () => {
  const words = fc.array(fc.oneof(fc.string(), fc.constantFrom('白细胞', 'ALT', '平扫', 'hemo')), { maxLength: 3 });
  fc.assert(
    fc.property(words, fc.shuffledSubarray(ITEMS, { minLength: ITEMS.length }), (asked, shuffled) => {
      const nearest = nearestItems(asked, shuffled);
      expect(nearest).toEqual(nearestItems(asked, ITEMS));
      expect(nearest.length).toBeLessThanOrEqual(3);
      expect(nearest.map((it) => it.likeness)).toEqual(nearest.map((it) => it.likeness).toSorted((a, b) => b - a));
      expect(nearest.every((it) => it.likeness >= 0.5 && it.likeness <= 1 && ITEMS.some(({ code }) => code === it.item))).toBe(true);
    }),
  );
});

test('every item is nearest to its own code and names', () => {
  for (const it of ITEMS) {
    for (const text of [it.code, it.nameZh, it.nameEn])
      expect(nearestItems([text], ITEMS)[0]).toMatchObject({ item: it.code, likeness: 1 });
  }
});
