import { expect, test } from 'vitest';
import { faultsOfRates, type PayerRateRow } from '../../../src/catalogue/payers/payer-rate.rules.ts';

const row = (more: Partial<PayerRateRow> = {}): PayerRateRow => ({
  scheme: 'employee',
  level: 3,
  fundPercent: 85,
  validFrom: new Date('2026-01-01T00:00:00Z'),
  ...more,
});

test.for<[string, readonly PayerRateRow[], readonly string[]]>([
  ['a rate', [row()], []],
  ['the fund pays nothing', [row({ fundPercent: 0 })], []],
  ['the fund pays all', [row({ fundPercent: 100 })], []],
  ['less than nothing', [row({ fundPercent: -0.01 })], ['rates[0].fundPercent']],
  ['more than all', [row({ fundPercent: 100.01 })], ['rates[0].fundPercent']],
  ['two decimals', [row({ fundPercent: 87.25 })], []],
  ['three decimals', [row({ fundPercent: 87.255 })], ['rates[0].fundPercent']],
  ['no number', [row({ fundPercent: Number.NaN })], ['rates[0].fundPercent']],
  ['level 1', [row({ level: 1 })], []],
  ['level 0', [row({ level: 0 })], ['rates[0].level']],
  ['level 4', [row({ level: 4 })], ['rates[0].level']],
  ['half a level', [row({ level: 1.5 })], ['rates[0].level']],
  ['who pays alone has no rate', [row({ scheme: 'self-paid' })], ['rates[0].scheme']],
  ['no moment', [row({ validFrom: undefined })], ['rates[0].validFrom']],
  ['two rates for one thing', [row(), row({ level: 2 }), row({ fundPercent: 80 })], ['rates[2].scheme']],
  [
    'every faulty row is told',
    [row({ level: 0 }), row({ scheme: 'x', fundPercent: 101 })],
    ['rates[0].level', 'rates[1].scheme', 'rates[1].fundPercent'],
  ],
])('%s', ([, rows, paths]) => {
  expect(faultsOfRates(rows).map((it) => it.path)).toEqual(paths);
});
