import { firstIssues } from '../../failure.js';
import { ITEM_SYSTEM, LOINC_SYSTEM } from '../items/find-items.js';
import { EQUIVALENCES, EXPLAINED } from './equivalence.rules.js';
/** The columns of the CSV; the other forms have the same members. */
export const COLUMNS = ['system', 'code', 'display', 'item', 'equivalence', 'comment'];
/** More codes than the laboratory and imaging systems of a large hospital have together. */
export const MAPPINGS_MAX = 20_000;
const LENGTH_MAX = { system: 255, code: 128, display: 255, item: 40, equivalence: 20, comment: 1_000 };
/** FHIR's `uri` and `code`, without the characters that part them in a search (R4, 3.1.1.4.10) and would have to be escaped there. */
const SYSTEM = /^[^\s|\\$\p{C}]+$/u;
const CODE = /^[^\s|\\$\p{C}]+( [^\s|\\$\p{C}]+)*$/u;
/** Control characters that no FHIR string holds. */
const CONTROL = /(?![\t\n\r])\p{Cc}|\p{Cs}/u;
/**
 * Everything that is wrong with the mappings of an institution but for their items, each with its place; empty: they can be kept.
 *
 * Each pair of local code and item stands once; the rows of one local code have one display; a code that is `unmatched` has no item and no
 * other row; `narrower` and `inexact` are explained by a comment (R4, cmd-1). The system of the items itself is not mapped.
 */
export function faultsOfMappings(sent) {
    if (sent.length > MAPPINGS_MAX) {
        return [{ path: '', en: `more than ${MAPPINGS_MAX} mappings are sent`, zh: `对照关系超过 ${MAPPINGS_MAX} 条` }];
    }
    const earlier = new Map();
    const faults = [];
    for (const row of sent) {
        const same = earlier.get(`${row.system}|${row.code}`) ?? [];
        faults.push(...faultsOfRow(row), ...faultsBeside(row, same));
        same.push(row);
        earlier.set(`${row.system}|${row.code}`, same);
    }
    return firstIssues(faults);
}
function faultsOfRow(row) {
    const faults = [];
    const fault = (column, en, zh) => faults.push({ path: row.place(column), en, zh });
    for (const column of COLUMNS) {
        const length = row[column].length;
        if (length > LENGTH_MAX[column]) {
            fault(column, `has ${length} characters; at most ${LENGTH_MAX[column]} are kept`, `长度为 ${length}，不得超过 ${LENGTH_MAX[column]}`);
        }
        else if (CONTROL.test(row[column]))
            fault(column, 'holds a control character', '含有控制字符');
    }
    if (row.system === '')
        fault('system', 'is missing; it says whose code this is', '缺失；应为代码所属的编码系统');
    else if (row.system === ITEM_SYSTEM)
        fault('system', 'is the system of the items; they need no mapping', '为互认项目自身的编码系统，无需对照');
    else if (!SYSTEM.test(row.system))
        fault('system', 'is no address: no white space and none of | \\ $', '不是有效的系统标识：不得含空白及 | \\ $');
    if (row.code === '')
        fault('code', 'is missing', '缺失');
    else if (!CODE.test(row.code))
        fault('code', 'is no code: single spaces within it only, and none of | \\ $', '不是有效代码：内部只允许单个空格，且不得含 | \\ $');
    if (!isEquivalence(row.equivalence)) {
        const known = EQUIVALENCES.join(', ');
        fault('equivalence', `"${row.equivalence.slice(0, 40)}" is none of ${known}`, `“${row.equivalence.slice(0, 40)}”不在 ${known} 之内`);
    }
    else if (EXPLAINED.includes(row.equivalence) && row.comment === '') {
        fault('comment', `is missing; "${row.equivalence}" needs one`, `缺失；对应关系为“${row.equivalence}”时须说明`);
    }
    if (row.item === '' && row.equivalence !== 'unmatched')
        fault('item', 'is missing; only "unmatched" has none', '缺失；仅“unmatched”可不填');
    if (row.item !== '' && row.equivalence === 'unmatched')
        fault('item', 'stands beside "unmatched", which says that there is none', '“unmatched”表示无对应项目，不应填写');
    return faults;
}
/** What is wrong between a row and the earlier ones of the same local code. */
function faultsBeside(row, earlier) {
    const [first] = earlier;
    if (!first || row.code === '')
        return [];
    if (earlier.some((it) => it.item === row.item)) {
        return [
            { path: row.place('item'), en: `"${row.code}" and "${row.item}" appear twice`, zh: `“${row.code}”与“${row.item}”的对照重复出现` },
        ];
    }
    const faults = [];
    if (row.display !== first.display) {
        faults.push({
            path: row.place('display'),
            en: `"${row.code}" has another display than at ${first.place('display')}`,
            zh: `“${row.code}”的名称与 ${first.place('display')} 处不一致`,
        });
    }
    if ((row.equivalence === 'unmatched') !== (first.equivalence === 'unmatched')) {
        faults.push({
            path: row.place('equivalence'),
            en: `"${row.code}" is mapped and "unmatched" (${first.place('equivalence')})`,
            zh: `“${row.code}”既有对照又标为“unmatched”（${first.place('equivalence')}）`,
        });
    }
    return faults;
}
/** What is wrong with the items of the mappings: not in the edition in force, or not the item that a LOINC code has there by itself. */
export function faultsOfItems(sent, items) {
    const byLoinc = new Map([...items].flatMap(([code, { loinc }]) => (loinc === null ? [] : [[loinc, code]])));
    const faults = sent.flatMap(({ system, code, item, place }) => {
        if (item === '')
            return [];
        if (!items.has(item)) {
            return [{ path: place('item'), en: `"${item}" is no item of the edition in force`, zh: `“${item}”不是现行目录版本中的项目` }];
        }
        const own = system === LOINC_SYSTEM ? byLoinc.get(code) : undefined;
        if (own === undefined || own === item)
            return [];
        return [{ path: place('item'), en: `LOINC ${code} is the item "${own}" already`, zh: `LOINC ${code} 在目录中已对应项目“${own}”` }];
    });
    return firstIssues(faults);
}
/** A mapping without faults, as it is kept. */
export function mappingOf({ system, code, display, item, equivalence, comment }) {
    if (!isEquivalence(equivalence))
        throw new Error(`"${equivalence}" passed as an equivalence`);
    return { system, code, display: display || null, item: item || null, equivalence, comment: comment || null };
}
function isEquivalence(text) {
    return EQUIVALENCES.includes(text);
}
