import { judgeRow } from '../../recognition/decision-row.js';
import { DECISION_TABLE } from '../../recognition/decision-table.js';
import { width, wrapped } from './terminal.js';
const VERDICTS = {
    recognisable: '可互认',
    'reference-only': '仅供参考',
    none: '无可用结果',
    'consent-required': '需患者同意',
    'unknown-item': '未知项目',
};
/** Columns of the page: number, sentence, verdict with reasons, source; 120 with the two blanks between each. */
const COLUMNS = [3, 58, 25, 28];
/**
 * Prints the decision table of the rules as one page, each row judged as it is printed. Whether every row gives the verdict and the reasons
 * it states; a row that does not says so.
 */
export function showRules(print, table = DECISION_TABLE) {
    print('检查检验结果互认规则  Rules of recognition');
    print('每条规则均由判定程序现场判定 Every row is judged by the rules themselves while this is printed.');
    printRow(print, [['#'], ['规则 Rule'], ['判定 Verdict'], ['依据 Source']]);
    let number = 0;
    let holds = true;
    for (const chapter of table) {
        print('');
        const title = `── ${chapter.zh} ${chapter.en} `;
        print(title + '─'.repeat(120 - width(title)));
        for (const it of chapter.rows) {
            number++;
            holds = showRow(print, number, it) && holds;
        }
    }
    print('');
    print(holds ? `${number} 条规则全部成立。All ${number} rows hold.` : '有规则不成立，见 ✗。Some rows do not hold, see ✗.');
    return holds;
}
function showRow(print, number, row) {
    const judged = judgeRow(row);
    const holds = judged.verdict === row.verdict && judged.reasons.join() === row.reasons.join();
    const stated = [`${VERDICTS[row.verdict]} ${row.verdict}`, ...row.reasons];
    const found = holds ? [] : [`✗ ${VERDICTS[judged.verdict]} ${judged.verdict}`, ...judged.reasons];
    printRow(print, [[String(number)], [row.zh, row.en], [...stated, ...found], [row.source]]);
    return holds;
}
/** One row of cells, each of some texts below each other, wrapped to its column. */
function printRow(print, cells) {
    const lines = cells.map((texts, column) => texts.flatMap((it) => wrapped(it, COLUMNS[column] ?? 0)));
    for (let index = 0; index < Math.max(...lines.map((it) => it.length)); index++) {
        const parts = lines.map((it, column) => {
            const text = it[index] ?? '';
            return text + ' '.repeat(Math.max(0, (COLUMNS[column] ?? 0) - width(text)));
        });
        print(parts.join('  ').trimEnd());
    }
}
