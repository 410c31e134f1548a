/**
 * The accounts. A saving is debited to whom it relieves, the fund of the health insurance (医保基金少支) and the patient (患者少付), or left
 * undivided (未分摊) where nobody knows who would have paid what; it is credited to the cost that was avoided (避免的检查费用).
 */
export const ACCOUNTS = ['fund-relief', 'patient-relief', 'undivided', 'avoided-cost'];
/**
 * The postings of a saving; none of nothing. `fundPercent` is what the fund pays, with two decimals at most; `undefined` where it is not known.
 *
 * The one rule of rounding: the fund's share is rounded to the fen, half a fen up, and the patient bears the rest. So the shares of an entry
 * are the entry, and every sum of entries is the sum of its shares.
 */
export function postingsOf(amountFen, fundPercent) {
    const debit = (account, debitFen) => ({ account, debitFen, creditFen: 0n });
    const fundFen = fundPercent === undefined ? 0n : (amountFen * BigInt(Math.round(fundPercent * 100)) + 5000n) / 10000n;
    const relieved = fundPercent === undefined
        ? [debit('undivided', amountFen)]
        : [debit('fund-relief', fundFen), debit('patient-relief', amountFen - fundFen)];
    const credit = { account: 'avoided-cost', debitFen: 0n, creditFen: amountFen };
    return [...relieved, credit].filter((it) => it.debitFen !== it.creditFen);
}
