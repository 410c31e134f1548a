import { isFormula } from '../../faces/csv-cells.rules.js';
/** A reader of the cells of one item that adds their faults to `issues`. */
export function cellReader({ cells, placeOf }, issues) {
    const fault = (column, en, zh) => {
        issues.push({ path: placeOf(column), en, zh });
    };
    const read = (column, reading, en, zh) => {
        const cell = cells[column];
        const value = cell === '' ? null : reading(cell);
        if (value !== undefined)
            return value;
        fault(column, `"${shortened(cell)}" is ${en}`, `“${shortened(cell)}”${zh}`);
        return null;
    };
    return {
        needed(...columns) {
            for (const column of columns)
                if (cells[column] === '')
                    fault(column, 'is empty', '不能为空');
        },
        together(one, other) {
            const [empty, full] = cells[one] === '' ? [one, other] : [other, one];
            if (cells[empty] === '' && cells[full] !== '')
                fault(empty, `is empty, while ${full} is not`, `不能为空，因为已填写 ${full}`);
        },
        text(column, max) {
            const wrong = faultOfText(cells[column], max);
            if (!wrong)
                return cells[column] === '' ? null : cells[column];
            fault(column, wrong.en, wrong.zh);
            return null;
        },
        oneOf: (column, values) => read(column, (cell) => values.find((it) => it === cell), `none of ${values.join(', ')}`, `不在取值范围内：${values.join('、')}`),
        read,
    };
}
/**
 * What is wrong with a text, if anything: too long, with space around it, with characters that nobody sees, or one that a spreadsheet
 * would take for a formula and run once the edition is opened there.
 */
export function faultOfText(text, max) {
    if (text.length > max)
        return { en: `is longer than ${max} characters`, zh: `超过 ${max} 个字符` };
    if (text !== text.trim())
        return { en: 'begins or ends with a space', zh: '首尾不能有空格' };
    if (/[\p{Cc}\p{Cs}\u2028\u2029]/u.test(text))
        return { en: 'holds line breaks or control characters', zh: '不能含换行符或控制字符' };
    if (!isFormula(text))
        return undefined;
    return { en: 'begins with = + - or @, as a formula of a spreadsheet does', zh: '不能以 = + - @ 开头，以免被电子表格当作公式执行' };
}
/** As much of a faulty cell as an answer should repeat. */
function shortened(cell) {
    const shown = Array.from(cell.slice(0, 120)).slice(0, 60).join('');
    return shown.length < cell.length ? `${shown}…` : cell;
}
