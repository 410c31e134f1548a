import { provinceOf } from '../certificates/province.rules.js';
/**
 * Everything that is wrong with a list of assignments, each with its row; empty: they can be made. A division is the nation (no figures),
 * or the first two, four or six figures of a code that begins with a province, and stands once; rules that are named are there.
 */
export function faultsOfAssignments(rows, isRuleSet) {
    const seen = new Set();
    return rows.flatMap(({ division, ruleSet, validFrom }, index) => {
        const row = `assignments[${index}]`;
        const faults = [];
        if (division !== '' && provinceOf(division) === undefined) {
            faults.push({ path: `${row}.division`, en: `"${division}" lies in no province`, zh: `“${division}”不属于任何省级行政区` });
        }
        else if (seen.has(division)) {
            faults.push({ path: `${row}.division`, en: `"${division}" stands twice`, zh: `行政区划“${division}”重复` });
        }
        seen.add(division);
        if (ruleSet !== null && !isRuleSet(ruleSet)) {
            faults.push({
                path: `${row}.ruleSet`,
                en: `there are no rules "${ruleSet}"; set them first`,
                zh: `没有代码为“${ruleSet}”的规则，请先设置`,
            });
        }
        if (!validFrom) {
            faults.push({
                path: `${row}.validFrom`,
                en: 'this is no day (2026-03-01) and no date and time with offset (2026-03-01T00:00:00+08:00)',
                zh: '应为日期（2026-03-01）或带时区的日期时间（2026-03-01T00:00:00+08:00）',
            });
        }
        return faults;
    });
}
