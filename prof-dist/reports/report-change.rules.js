import { readDate } from '../fhir/date.js';
import { textOf } from '../fhir/element.js';
/** How far a report has come (R4 DiagnosticReport.status); `unknown` says nothing about it. */
const RANKS = new Map([
    ['registered', 0],
    ['partial', 1],
    ['preliminary', 1],
    ['final', 2],
    ['amended', 3],
    ['corrected', 3],
    ['appended', 3],
]);
const WITHDRAWN = ['entered-in-error', 'cancelled'];
/**
 * Why a report may not follow the version that stands; `undefined` where it may.
 *
 * What was withdrawn stays withdrawn: others were told so, and a new report gets a new number. And a message that was under way for long
 * does not take a correction back: one issued earlier than what stands, or issued at the same time with a lesser status, is late. Who names
 * the version that stands (If-Match) knows what it replaces. Withdrawing is never late.
 */
export function refuseChange(former, next, isNamed) {
    const [before, after] = [String(former['status']), String(next['status'])];
    if (WITHDRAWN.includes(after))
        return undefined;
    if (WITHDRAWN.includes(before)) {
        return {
            path: 'status',
            en: `this report was withdrawn (${before}) and stays so; publish the new one under a number of its own`,
            zh: `该报告已撤回（${before}），不能恢复；请以新的报告编号重新发布`,
        };
    }
    if (isNamed || !isLate(former, next, (RANKS.get(after) ?? 0) < (RANKS.get(before) ?? 0)))
        return undefined;
    return {
        path: 'issued',
        en: `a later version of this report stands (${before}, issued ${String(former['issued'])}); to replace it all the same, PUT it with If-Match`,
        zh: `该报告已有更新的版本（${before}，签发于 ${String(former['issued'])}）；如确需替换，请用带 If-Match 的 PUT`,
    };
}
function isLate(former, next, isLesser) {
    const [before, after] = [former, next].map((it) => readDate(textOf(it['issued']) ?? '')?.from.getTime());
    if (before === undefined || after === undefined)
        return isLesser;
    return after < before || (after === before && isLesser);
}
