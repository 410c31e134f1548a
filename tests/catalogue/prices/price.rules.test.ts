import fc from 'fast-check';
import { expect, test } from 'vitest';
import { faultsOfPrices, type PriceRow } from '../../../src/catalogue/prices/price.rules.ts';

const row = (more: Partial<PriceRow> = {}): PriceRow => ({
  item: 'WBC',
  amountFen: 2_000,
  validFrom: new Date('2026-01-01T00:00:00Z'),
  ...more,
});
const isItem = (code: string) => ['WBC', 'HGB'].includes(code);

test.for<[string, readonly PriceRow[], readonly string[]]>([
  ['a price', [row()], []],
  ['nothing is a price', [row({ amountFen: 0 })], []],
  ['less than nothing', [row({ amountFen: -1 })], ['prices[0].amountFen']],
  ['half a fen', [row({ amountFen: 0.5 })], ['prices[0].amountFen']],
  ['ten million yuan', [row({ amountFen: 1_000_000_000 })], []],
  ['a fen more', [row({ amountFen: 1_000_000_001 })], ['prices[0].amountFen']],
  ['more than a number holds', [row({ amountFen: Number.POSITIVE_INFINITY })], ['prices[0].amountFen']],
  ['no item', [row({ item: 'XXX' })], ['prices[0].item']],
  ['an item twice', [row(), row({ item: 'HGB' }), row()], ['prices[2].item']],
  ['no moment', [row({ validFrom: undefined })], ['prices[0].validFrom']],
  [
    'every faulty row is told',
    [row({ amountFen: -1 }), row({ item: 'HGB' }), row({ item: 'XXX', amountFen: 0.1 })],
    ['prices[0].amountFen', 'prices[2].item', 'prices[2].amountFen'],
  ],
])('%s', ([, rows, paths]) => {
  expect(faultsOfPrices(rows, isItem).map((it) => it.path)).toEqual(paths);
});

test('an amount passes exactly when it is whole fen within the bounds', () => {
  fc.assert(
    fc.property(fc.oneof(fc.integer({ min: -10, max: 2_000_000_000 }), fc.double()), (amountFen) => {
      const isPrice = Number.isInteger(amountFen) && amountFen >= 0 && amountFen <= 1e9;
      expect(faultsOfPrices([row({ amountFen })], isItem).length).toBe(isPrice ? 0 : 1);
    }),
  );
});
