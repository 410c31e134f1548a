import { readMoment } from '../../beijing-time.js';
import { readCsv } from '../../faces/read-csv.js';
import { insertSeedRates } from './payer-rate.queries.js';
import { PAYER_RATES_CSV } from './payer-rates.seed.js';
const COLUMNS = ['division', 'scheme', 'level', 'fund_percent', 'valid_from'];
const ROWS_MAX = 1_000;
/** Loads the published rates as the first version of their divisions, where they are absent. One statement. */
export async function seedPayerRates(tx, now) {
    const rows = readCsv(PAYER_RATES_CSV, { needed: COLUMNS, rowsMax: ROWS_MAX }).map(({ cells }) => ({
        ...cells,
        valid_from: readMoment(cells.valid_from) ?? now,
    }));
    await insertSeedRates(tx, rows, now);
}
