import fc from 'fast-check';
import { expect, test } from 'vitest';
import { postingsOf } from '../../src/savings/account.rules.ts';

const moved = (amountFen: bigint, percent: number | undefined) =>
  Object.fromEntries(postingsOf(amountFen, percent).map((it) => [it.account, it.debitFen - it.creditFen]));

test.for<[string, bigint, number | undefined, Record<string, bigint>]>([
  ['nothing moves nothing', 0n, 85, {}],
  ['nothing undivided neither', 0n, undefined, {}],
  ['nobody knows who pays', 1_000n, undefined, { undivided: 1_000n, 'avoided-cost': -1_000n }],
  ['fund and patient', 20_000n, 85, { 'fund-relief': 17_000n, 'patient-relief': 3_000n, 'avoided-cost': -20_000n }],
  ['less than half a fen goes down', 49n, 1, { 'patient-relief': 49n, 'avoided-cost': -49n }],
  ['half a fen goes up', 50n, 1, { 'fund-relief': 1n, 'patient-relief': 49n, 'avoided-cost': -50n }],
  ['more goes up', 149n, 1, { 'fund-relief': 1n, 'patient-relief': 148n, 'avoided-cost': -149n }],
  ['one fen at half', 1n, 50, { 'fund-relief': 1n, 'avoided-cost': -1n }],
  ['the patient alone', 1_000n, 0, { 'patient-relief': 1_000n, 'avoided-cost': -1_000n }],
  ['the fund alone', 1_000n, 100, { 'fund-relief': 1_000n, 'avoided-cost': -1_000n }],
  ['decimals', 10_000n, 82.55, { 'fund-relief': 8_255n, 'patient-relief': 1_745n, 'avoided-cost': -10_000n }],
  [
    'more than a number holds',
    9_007_199_254_740_993n,
    50,
    { 'fund-relief': 4_503_599_627_370_497n, 'patient-relief': 4_503_599_627_370_496n, 'avoided-cost': -9_007_199_254_740_993n },
  ],
])('%s', ([, amountFen, percent, accounts]) => {
  expect(moved(amountFen, percent)).toEqual(accounts);
});

test('debits are credits and the amount, each on one side, and the fund is off by half a fen at most', () => {
  const aPercent = fc.option(
    fc.integer({ min: 0, max: 10_000 }).map((it) => it / 100),
    { nil: undefined },
  );
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: 10n ** 18n }), aPercent, (amountFen, percent) => {
      const postings = postingsOf(amountFen, percent);
      expect(postings.reduce((sum, it) => sum + it.debitFen, 0n)).toBe(amountFen);
      expect(postings.reduce((sum, it) => sum + it.creditFen, 0n)).toBe(amountFen);
      for (const it of postings) expect([it.debitFen, it.creditFen].filter((side) => side > 0n)).toHaveLength(1);
      const fund = postings.find((it) => it.account === 'fund-relief')?.debitFen ?? 0n;
      const exact = amountFen * BigInt(Math.round((percent ?? 0) * 100));
      const off = fund * 10_000n - exact;
      expect(off <= 5_000n && off > -5_000n).toBe(true);
    }),
  );
});
