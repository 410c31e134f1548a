import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readWindow, writeWindow } from '../../../src/catalogue/items/window.rules.ts';

test.for<[string, number | undefined]>([
  ['PT6H', 360],
  ['PT30M', 30],
  ['PT1M', 1],
  ['PT0M', undefined],
  ['P7D', 10_080],
  ['P1DT12H', 2_160],
  ['P2W', 20_160],
  ['P36525D', 52_596_000],
  ['P36526D', undefined],
  ['360', 360],
  ['1', 1],
  ['0', undefined],
  ['-360', undefined],
  ['-PT6H', undefined],
  ['6.5', undefined],
  ['PT6.5H', undefined],
  ['P0D', undefined],
  ['P', undefined],
  ['PT', undefined],
  ['P7DT', undefined],
  ['P1M', undefined],
  ['P1Y', undefined],
  ['PT30S', undefined],
  ['P1W2D', undefined],
  ['pt6h', undefined],
  ['6 h', undefined],
  ['', undefined],
])('"%s" is a window of %s minutes', ([text, minutes]) => {
  expect(readWindow(text)).toBe(minutes);
});

test('every window is read back as it was written', () => {
  fc.assert(fc.property(fc.integer({ min: 1, max: 52_596_000 }), (minutes) => readWindow(writeWindow(minutes)) === minutes));
});
