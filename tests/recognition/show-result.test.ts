import { expect, test } from 'vitest';
import { showResult } from '../../src/recognition/show-result.ts';

const NORMAL = '{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/referencerange-meaning","code":"normal"}]}';
const THERAPY = '{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/referencerange-meaning","code":"treatment"}]}';

test.for<[string, string, Record<string, string>]>([
  ['trailing zeros', '"valueQuantity":{"value":6.10,"unit":"10*9/L"}', { value: '6.10', unit: '10*9/L' }],
  ['an exponent', '"valueQuantity":{"value":1.20e3,"unit":"copies/mL"}', { value: '1.20e3', unit: 'copies/mL' }],
  ['more digits than a number holds', '"valueQuantity":{"value":0.12345678901234567890}', { value: '0.12345678901234567890' }],
  ['a comparator', '"valueQuantity":{"value":0.50,"comparator":"<","code":"ng/mL"}', { value: '<0.50', unit: 'ng/mL' }],
  ['words', '"valueString":"未检出"', { value: '未检出' }],
  ['a concept with a text', '"valueCodeableConcept":{"text":"阴性","coding":[{"code":"260385009"}]}', { value: '阴性' }],
  ['a concept by its display', '"valueCodeableConcept":{"coding":[{"code":"260385009","display":"Negative"}]}', { value: 'Negative' }],
  ['a concept by its code', '"valueCodeableConcept":{"coding":[{"code":"NEG"}]}', { value: 'NEG' }],
  ['a whole number', '"valueInteger":7', { value: '7' }],
  ['yes', '"valueBoolean":true', { value: 'true' }],
  ['a range', '"valueRange":{"low":{"value":1.0,"unit":"/HPF"},"high":{"value":3.0}}', { value: '1.0-3.0', unit: '/HPF' }],
  ['a ratio', '"valueRatio":{"numerator":{"value":1},"denominator":{"value":160}}', { value: '1:160' }],
  [
    'components',
    '"component":[{"code":{"text":"收缩压"},"valueQuantity":{"value":120,"unit":"mm[Hg]"}},{"code":{"text":"舒张压"},"valueQuantity":{"value":80,"unit":"mm[Hg]"}}]',
    { value: '收缩压 120 mm[Hg]; 舒张压 80 mm[Hg]' },
  ],
  [
    'a reference range by its limits',
    '"valueQuantity":{"value":5},"referenceRange":[{"low":{"value":3.50},"high":{"value":9.50}}]',
    { value: '5', referenceRange: '3.50-9.50' },
  ],
  ['a lower limit alone', '"valueString":"x","referenceRange":[{"low":{"value":60}}]', { value: 'x', referenceRange: '>=60' }],
  ['an upper limit alone', '"valueString":"x","referenceRange":[{"high":{"value":0.05}}]', { value: 'x', referenceRange: '<=0.05' }],
  ['a range in words', '"valueString":"x","referenceRange":[{"text":"阴性"}]', { value: 'x', referenceRange: '阴性' }],
  [
    'the normal range alone',
    `"valueString":"x","referenceRange":[{"text":"10-20","type":${THERAPY}},{"text":"0-5","type":${NORMAL}}]`,
    { value: 'x', referenceRange: '0-5' },
  ],
  ['a flag', '"valueString":"x","interpretation":[{"coding":[{"code":"H"}]}]', { value: 'x', interpretation: 'H' }],
  ['a flag in words', '"valueString":"x","interpretation":[{"text":"偏高"}]', { value: 'x', interpretation: '偏高' }],
  ['nothing', '"status":"final"', {}],
])('%s', ([, members, shown]) => {
  expect(showResult(`{"resourceType":"Observation",${members}}`)).toEqual(shown);
});
