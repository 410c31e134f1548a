import { SCHEMES } from './scheme.js';
const placeInJson = (index, member) => `rates[${index}].${member}`;
/** Everything that is wrong with a list of rates, each with its row; empty: it can be set. A scheme and level have one rate in a list. */
export function faultsOfRates(rows, placeOf = placeInJson) {
    const seen = new Set();
    return rows.flatMap(({ scheme, level, fundPercent, validFrom }, index) => {
        const faults = [];
        const fault = (member, en, zh) => faults.push({ path: placeOf(index, member), en, zh });
        if (!SCHEMES.includes(scheme)) {
            fault('scheme', `"${scheme}" is none of ${SCHEMES.join(', ')}`, `“${scheme}”不是可用险种：${SCHEMES.join('、')}`);
        }
        if (![1, 2, 3].includes(level))
            fault('level', 'a level is 1, 2 or 3', '机构级别应为 1、2 或 3');
        if (!isPercent(fundPercent)) {
            fault('fundPercent', 'per cent from 0 to 100, with two decimals at most', '应为 0 至 100 的百分比，至多两位小数');
        }
        if (!validFrom) {
            fault('validFrom', 'this is no day (2026-03-01) and no date and time with offset (2026-03-01T00:00:00+08:00)', '应为日期（2026-03-01）或带时区的日期时间（2026-03-01T00:00:00+08:00）');
        }
        const key = `${scheme} ${level}`;
        if (seen.has(key))
            fault('scheme', `"${scheme}" has two rates for level ${level}`, `险种“${scheme}”、级别 ${level} 重复出现`);
        seen.add(key);
        return faults;
    });
}
function isPercent(value) {
    return value >= 0 && value <= 100 && Number(value.toFixed(2)) === value;
}
