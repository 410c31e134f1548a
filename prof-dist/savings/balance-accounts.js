import { recordAccess } from '../access-log/record-access.js';
import { ACCOUNTS } from './account.rules.js';
import { readFilter } from './read-filter.js';
import { fenNumber } from './show-summary.js';
import { sumAccounts } from './statement.queries.js';
/**
 * Debits and credits by account, of the entries a filter means: the proof that the books balance. Logged. Throws `parameter-invalid` where a sum
 * is too large for a number. Three statements.
 */
export async function balanceAccounts(tx, caller, texts, now) {
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
