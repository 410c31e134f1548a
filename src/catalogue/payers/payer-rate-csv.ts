import { csvLine } from '../../faces/csv-cells.rules.ts';
import { readCsv } from '../../faces/read-csv.ts';
import { Failure } from '../../failure.ts';
import type { PayerRateMember } from './payer-rate.rules.ts';
import type { RateList } from './set-payer-rates.ts';

/** Rates of one list. */
export const RATES_MAX = 100;

const COLUMNS = { scheme: 'scheme', level: 'level', fundPercent: 'fund_percent', validFrom: 'valid_from' } as const satisfies Record<
  PayerRateMember,
  string
>;

/** What a list says beside: passed over when it is sent back. */
const FURTHER_COLUMNS = ['division', 'version', 'recorded_at'] as const;

/**
 * A list of rates from CSV (columns scheme, level, fund_percent and, where it is not from now on, valid_from). Throws what `readCsv` does, and
 * `rule-violated` for a file without a rate.
 */
export function readRatesCsv(text: string, division: string): RateList {
  const rows = readCsv<(typeof COLUMNS)[PayerRateMember]>(text, {
    needed: ['scheme', 'level', 'fund_percent'],
    optional: ['valid_from'],
    passedOver: FURTHER_COLUMNS,
    rowsMax: RATES_MAX,
  });
  if (rows.length === 0) throw new Failure('rule-violated', { path: 'row 2', en: 'there is no rate', zh: '没有支付比例' });
  return {
    division,
    rates: rows.map(({ cells }) => ({
      scheme: cells.scheme,
      level: numberIn(cells.level),
      fundPercent: numberIn(cells.fund_percent),
      ...(cells.valid_from === '' ? {} : { validFrom: cells.valid_from }),
    })),
    placeOf: (index, member) => rows[index]?.placeOf(COLUMNS[member]) ?? '',
  };
}

function numberIn(cell: string): number {
  return /^-?\d+(\.\d+)?$/.test(cell) ? Number(cell) : Number.NaN;
}

/** A rate as a list shows it. */
export interface RateShown {
  readonly division: string;
  readonly scheme: string;
  readonly level: number;
  readonly fundPercent: number;
  readonly version: number;
  readonly validFrom: string;
  readonly recordedAt: string;
}

/** The columns of a list as CSV. */
export const RATE_COLUMNS: readonly string[] = ['division', 'scheme', 'level', 'fund_percent', 'valid_from', 'version', 'recorded_at'];

/** A rate as a line of CSV. */
export function rateLine(it: RateShown): string {
  return csvLine([it.division, it.scheme, String(it.level), String(it.fundPercent), it.validFrom, String(it.version), it.recordedAt]);
}
