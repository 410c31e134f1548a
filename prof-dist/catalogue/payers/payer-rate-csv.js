import { csvLine } from '../../faces/csv-cells.rules.js';
import { readCsv } from '../../faces/read-csv.js';
import { Failure } from '../../failure.js';
/** Rates of one list. */
export const RATES_MAX = 100;
const COLUMNS = { scheme: 'scheme', level: 'level', fundPercent: 'fund_percent', validFrom: 'valid_from' };
/** What a list says beside: passed over when it is sent back. */
const FURTHER_COLUMNS = ['division', 'version', 'recorded_at'];
/**
 * A list of rates from CSV (columns scheme, level, fund_percent and, where it is not from now on, valid_from). Throws what `readCsv` does, and
 * `rule-violated` for a file without a rate.
 */
export function readRatesCsv(text, division) {
    const rows = readCsv(text, {
        needed: ['scheme', 'level', 'fund_percent'],
        optional: ['valid_from'],
        passedOver: FURTHER_COLUMNS,
        rowsMax: RATES_MAX,
    });
    if (rows.length === 0)
        throw new Failure('rule-violated', { path: 'row 2', en: 'there is no rate', zh: '没有支付比例' });
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
function numberIn(cell) {
    return /^-?\d+(\.\d+)?$/.test(cell) ? Number(cell) : Number.NaN;
}
/** The columns of a list as CSV. */
export const RATE_COLUMNS = ['division', 'scheme', 'level', 'fund_percent', 'valid_from', 'version', 'recorded_at'];
/** A rate as a line of CSV. */
export function rateLine(it) {
    return csvLine([it.division, it.scheme, String(it.level), String(it.fundPercent), it.validFrom, String(it.version), it.recordedAt]);
}
