import { recordAccess } from '../access-log/record-access.ts';
import type { Transaction } from '../database/client.ts';
import type { Caller } from '../security/caller.ts';
import { ACCOUNTS } from './account.rules.ts';
import { type FilterTexts, readFilter } from './read-filter.ts';
import { fenNumber } from './show-summary.ts';
import { sumAccounts } from './statement.queries.ts';
import type { TrialBalance } from './statement.schema.ts';

/**
 * Debits and credits by account, of the entries a filter means: the proof that the books balance. Logged. Throws `parameter-invalid` where a sum
 * is too large for a number. Three statements.
 */
export async function balanceAccounts(tx: Transaction, caller: Caller, texts: FilterTexts, now: Date): Promise<TrialBalance> {
  const filter = await readFilter(tx, caller, texts);
  const sums = new Map((await sumAccounts(tx, filter)).map((it) => [it.account, it]));
  const accounts = ACCOUNTS.map((account) => sums.get(account) ?? { account, debitFen: 0n, creditFen: 0n });
  const debitFen = accounts.reduce((sum, it) => sum + it.debitFen, 0n);
  const creditFen = accounts.reduce((sum, it) => sum + it.creditFen, 0n);

  const query = new URLSearchParams(texts).toString();
  await recordAccess(tx, caller, [{ person: 0n, action: 'E', interaction: 'balanceSavings', entities: [], query }], now);
  return {
    accounts: accounts.map((it) => ({ account: it.account, debitFen: fenNumber(it.debitFen), creditFen: fenNumber(it.creditFen) })),
    debitFen: fenNumber(debitFen),
    creditFen: fenNumber(creditFen),
    balanced: debitFen === creditFen,
  };
}
