import { readCsv } from '../../faces/read-csv.js';
import { Failure } from '../../failure.js';
/** Prices of one list. */
export const PRICES_MAX = 1_000;
const COLUMNS = { item: 'item', amountFen: 'amount_fen', validFrom: 'valid_from' };
/**
 * A price list from CSV (columns item, amount_fen and, where it is not from now on, valid_from). Throws what `readCsv` does, and
 * `rule-violated` for a file without a price.
 */
export function readPriceCsv(text, holder) {
    const rows = readCsv(text, {
        needed: ['item', 'amount_fen'],
        optional: ['valid_from'],
        rowsMax: PRICES_MAX,
    });
    if (rows.length === 0)
        throw new Failure('rule-violated', { path: 'row 2', en: 'there is no price', zh: '没有价格' });
    return {
        holder,
        prices: rows.map(({ cells }) => ({
            item: cells.item,
            amountFen: /^-?\d+(\.\d+)?$/.test(cells.amount_fen) ? Number(cells.amount_fen) : Number.NaN,
            ...(cells.valid_from === '' ? {} : { validFrom: cells.valid_from }),
        })),
        placeOf: (index, member) => rows[index]?.placeOf(COLUMNS[member]) ?? '',
    };
}
