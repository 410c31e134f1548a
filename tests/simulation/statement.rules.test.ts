import { expect, test } from 'vitest';
import { CHONGQING_2024 } from '../../src/simulation/chongqing-2024.preset.ts';
import { compareFigures } from '../../src/simulation/statement.rules.ts';

const NOTHING = {
  recognitions: 0,
  savedFen: 0,
  savedFenEach: 0,
  recognisedShare: 0,
  institutions: 0,
  districtItems: 0,
  districtImaging: 0,
  districtLookUps: 0,
};

test('published figures are brought to the scale, those that do not grow with it are not', () => {
  const compared = compareFigures(
    CHONGQING_2024.published,
    { ...NOTHING, recognitions: 7_318, savedFenEach: 22_500, institutions: 12 },
    0.01,
  );
  const of = (key: string) => compared.find((it) => it.key === key);
  expect(of('recognitions')).toMatchObject({ published: 697_000, expected: 6_970, simulated: 7_318, deviationPercent: 5 });
  expect(of('savedFenEach')).toMatchObject({ expected: 22_500, deviationPercent: 0 });
  expect(of('institutions')).toMatchObject({ expected: 12.5, simulated: 12, deviationPercent: -4 });
  expect(of('districtItems')).toMatchObject({ expected: 112, deviationPercent: -100 });
});
