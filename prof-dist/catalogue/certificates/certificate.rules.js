import { readMoment } from '../../beijing-time.js';
import { isFormula } from '../../faces/csv-cells.rules.js';
import { markOf, readScope } from './scope.rules.js';
/** Columns of a list of certificates; `score` and `mark` may be empty. */
export const CERTIFICATE_COLUMNS = ['uscc', 'item', 'scheme', 'scope', 'score', 'valid_from', 'valid_until', 'mark'];
const SCHEME_MAX = 100;
const MARK_MAX = 30;
/** The certificate a draft says, or everything that is wrong with it, each with its place. */
export function readCertificate(draft, facts) {
    const { cells } = draft;
    const faults = [];
    const fault = (column, en, zh) => {
        faults.push({ path: draft.placeOf(column), en, zh });
    };
    const institution = facts.institutionOf(cells.uscc) ??
        fault('uscc', 'no institution with this credit code is registered', '该统一社会信用代码对应的机构尚未登记');
    if (!facts.isItem(cells.item))
        fault('item', 'is no item of the edition in force', '不是现行目录版本中的项目');
    if (!isPlain(cells.scheme, SCHEME_MAX)) {
        fault('scheme', `is no name of 1 to ${SCHEME_MAX} printable characters`, `应为 1 至 ${SCHEME_MAX} 个可打印字符，且不能以 = + - @ 开头`);
    }
    const score = readScore(cells.score) ?? fault('score', 'is no score from 0 to 100 with at most two decimals', '应为 0 至 100 的分数，最多两位小数');
    const scope = readScope(cells.scope) ?? fault('scope', SCOPE_FORM.en, SCOPE_FORM.zh);
    const mark = scope && readMark(scope, cells.mark, facts, fault);
    const [validFrom, validUntil] = ['valid_from', 'valid_until'].map((column) => isDay(cells[column]) ? cells[column] : fault(column, 'is no day as in 2026-03-01', '应为 2026-03-01 形式的日期'));
    if (validFrom !== undefined && validUntil !== undefined && validUntil < validFrom) {
        fault('valid_until', `is before ${validFrom}, the first day`, `早于起始日 ${validFrom}`);
    }
    if (faults.length > 0 || institution === undefined || score === undefined || !scope || !mark || !validFrom || !validUntil)
        return faults;
    return { institution, item: cells.item, scheme: cells.scheme, scope, mark, score: score.value, validFrom, validUntil };
}
const SCOPE_FORM = {
    en: 'is no scope: nation, province:50, city:4201, district:500112, region:<code> or alliance:<code>',
    zh: '不是有效范围，应为 nation、province:50、city:4201、district:500112、region:代码 或 alliance:代码',
};
/** The mark as given, else the one the scope has by itself; a city and a district have none, since only whoever gives the mark names them. */
function readMark(scope, given, facts, fault) {
    const name = facts.nameOf(scope);
    if (name === undefined && (scope.kind === 'region' || scope.kind === 'alliance')) {
        return fault('scope', `there is no ${scope.kind} "${scope.code}"; set it first`, `没有代码为“${scope.code}”的${scope.kind === 'region' ? '区域' : '医联体'}，请先设置`);
    }
    if (given === '')
        return (markOf(scope, name) ??
            fault('mark', 'is empty; the mark of a city or district is given, as in 武汉HR', '市、区（县）级标识须填写，如“武汉HR”'));
    if (isPlain(given, MARK_MAX) && /^\S+HR$/.test(given))
        return given;
    return fault('mark', 'is no mark: the name of a scope and HR, as in 武汉HR', '不是有效标识，应为范围名称加 HR，如“武汉HR”');
}
/** `null` for an empty cell. */
function readScore(text) {
    if (text === '')
        return { value: null };
    return /^\d{1,3}(\.\d{1,2})?$/.test(text) && Number(text) <= 100 ? { value: Number(text) } : undefined;
}
/** Printable, and nothing that a spreadsheet would take for a formula and run once a list is opened there. */
function isPlain(text, max) {
    return text.length > 0 && text.length <= max && !/[\p{Cc}\p{Cs}\u2028\u2029]/u.test(text) && !isFormula(text);
}
/** Whether a text is a day of the calendar. */
export function isDay(text) {
    return /^\d{4}-\d{2}-\d{2}$/.test(text) && readMoment(text) !== undefined;
}
