import { NATIONAL_2022 } from '../catalogue/rules/find-rule-set.js';
import { LEUKOCYTES, RESULT, situationOf } from './decision-examples.js';
import { judgeItems } from './panel.rules.js';
/** A row of the page. */
export function row([zh, en], source, verdict, reasons, example = {}) {
    return { zh, en, source, verdict, reasons, example };
}
/** What the verdict function says of the row's example. */
export function judgeRow({ example }) {
    const item = 'item' in example ? example.item : LEUKOCYTES;
    const code = item?.code ?? 'UNKNOWN';
    const read = (results = [{}]) => results.map((it) => ({ ...RESULT, ...it }));
    const members = example.members?.map((it) => ({ code: it.item.code, item: it.item, candidates: read(it.results) }));
    const facts = members ? { code, item, members } : { code, item, candidates: read(example.results) };
    const [judged] = judgeItems([facts], situationOf({ ...NATIONAL_2022, ...example.rules }, example.when));
    return { verdict: judged?.verdict ?? 'none', reasons: judged?.reasons ?? [] };
}
