import { recordAccess } from '../../access-log/record-access.ts';
import { readMoment } from '../../beijing-time.ts';
import type { Transaction } from '../../database/client.ts';
import { Failure } from '../../failure.ts';
import type { Caller } from '../../security/caller.ts';
import { addRates, type StoredRate } from './payer-rate.queries.ts';
import { faultsOfRates, type PlaceOfRate } from './payer-rate.rules.ts';
import type { Scheme } from './scheme.ts';

/** What the fund pays in a division. */
export interface RateList {
  readonly division: string;
  readonly rates: readonly { readonly scheme: string; readonly level: number; readonly fundPercent: number; readonly validFrom?: string }[];
  /** Where a member of a rate stands in what was sent; in JSON where it is left out. */
  readonly placeOf?: PlaceOfRate;
}

/**
 * Sets what the fund pays in a division, from a moment on (now, unless said otherwise). Every change is a new version; what was split by an
 * earlier one stays as it was. All rows or none. For the operator.
 *
 * Throws `rule-violated` with every faulty row.
 */
export async function setPayerRates(tx: Transaction, caller: Caller, list: RateList, now: Date): Promise<readonly StoredRate[]> {
  const rows = list.rates.map(({ validFrom, ...rate }) => ({ ...rate, validFrom: validFrom === undefined ? now : readMoment(validFrom) }));
  const faults = faultsOfRates(rows, list.placeOf);
  if (faults.length > 0) throw new Failure('rule-violated', faults);

  const set = await addRates(
    tx,
    list.division,
    rows.map(({ scheme, validFrom, ...rate }) => ({ ...rate, scheme: scheme as Scheme, validFrom: validFrom ?? now })),
    now,
  );
  const versions = [...new Set(set.map((it) => it.version))];
  const entities = versions.map((it) => `PayerRates/${list.division}/_history/${it}`);
  await recordAccess(tx, caller, [{ person: 0n, action: 'U', interaction: 'setPayerRates', entities }], now);
  return set;
}
