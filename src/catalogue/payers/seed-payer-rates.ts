import { readMoment } from '../../beijing-time.ts';
import type { Transaction } from '../../database/client.ts';
import { readCsv } from '../../faces/read-csv.ts';
import { insertSeedRates } from './payer-rate.queries.ts';
import { PAYER_RATES_CSV } from './payer-rates.seed.ts';

const COLUMNS = ['division', 'scheme', 'level', 'fund_percent', 'valid_from'] as const;
const ROWS_MAX = 1_000;

/** Loads the published rates as the first version of their divisions, where they are absent. One statement. */
export async function seedPayerRates(tx: Transaction, now: Date): Promise<void> {
  const rows = readCsv(PAYER_RATES_CSV, { needed: COLUMNS, rowsMax: ROWS_MAX }).map(({ cells }) => ({
    ...cells,
    valid_from: readMoment(cells.valid_from) ?? now,
  }));
  await insertSeedRates(tx, rows, now);
}
