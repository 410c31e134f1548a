import { recordAccess } from '../../access-log/record-access.js';
import { readMoment } from '../../beijing-time.js';
import { Failure } from '../../failure.js';
import { addRates } from './payer-rate.queries.js';
import { faultsOfRates } from './payer-rate.rules.js';
/**
 * Sets what the fund pays in a division, from a moment on (now, unless said otherwise). Every change is a new version; what was split by an
 * earlier one stays as it was. All rows or none. For the operator.
 *
 * Throws `rule-violated` with every faulty row.
 */
export async function setPayerRates(tx, caller, list, now) {
    const rows = list.rates.map(({ validFrom, ...rate }) => ({ ...rate, validFrom: validFrom === undefined ? now : readMoment(validFrom) }));
    const faults = faultsOfRates(rows, list.placeOf);
    if (faults.length > 0)
        throw new Failure('rule-violated', faults);
    const set = await addRates(tx, list.division, rows.map(({ scheme, validFrom, ...rate }) => ({ ...rate, scheme: scheme, validFrom: validFrom ?? now })), now);
    const versions = [...new Set(set.map((it) => it.version))];
    const entities = versions.map((it) => `PayerRates/${list.division}/_history/${it}`);
    await recordAccess(tx, caller, [{ person: 0n, action: 'U', interaction: 'setPayerRates', entities }], now);
    return set;
}
