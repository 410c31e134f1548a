const placeInJson = (index, member) => `prices[${index}].${member}`;
/** Ten million yuan: far above any examination, far below what sums of fen can hold exactly. */
const AMOUNT_FEN_MAX = 1_000_000_000;
/**
 * Everything that is wrong with a price list, each with its row; empty: it can be set.
 *
 * An amount is whole fen from 0 to 10⁹, an item is one of the edition in force and appears once, a beginning is a date or a date and time
 * with offset.
 */
export function faultsOfPrices(rows, isItem, placeOf = placeInJson) {
    const seen = new Set();
    return rows.flatMap(({ item, amountFen, validFrom }, index) => {
        const faults = [];
        if (!isItem(item)) {
            faults.push({
                path: placeOf(index, 'item'),
                en: `"${item}" is no item of the edition in force`,
                zh: `“${item}”不是现行目录版本中的项目`,
            });
        }
        else if (seen.has(item)) {
            faults.push({ path: placeOf(index, 'item'), en: `"${item}" appears twice`, zh: `项目“${item}”重复出现` });
        }
        seen.add(item);
        if (!Number.isInteger(amountFen) || amountFen < 0 || amountFen > AMOUNT_FEN_MAX) {
            faults.push({
                path: placeOf(index, 'amountFen'),
                en: `${Number.isNaN(amountFen) ? 'this' : amountFen} is no price: whole fen from 0 to ${AMOUNT_FEN_MAX}`,
                zh: `${Number.isNaN(amountFen) ? '' : `${amountFen} `}不是有效价格：应为 0 至 ${AMOUNT_FEN_MAX} 的整数，单位为分`,
            });
        }
        if (!validFrom) {
            faults.push({
                path: placeOf(index, 'validFrom'),
                en: 'this is no day (2026-03-01) and no date and time with offset (2026-03-01T00:00:00+08:00)',
                zh: '应为日期（2026-03-01）或带时区的日期时间（2026-03-01T00:00:00+08:00）',
            });
        }
        return faults;
    });
}
