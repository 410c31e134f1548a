import { csvLine } from '../faces/csv-cells.rules.js';
import { Failure } from '../failure.js';
/** A summary as JSON; each group names the entries it is the sum of. Throws `parameter-invalid` where a sum is too large for that. */
export function showSummary({ total, groups, institutions }, texts) {
    return { total: showFigures(total), groups: groups.flat().map((it) => showGroup(it, texts, institutions)) };
}
function showFigures({ savings, reversals, reversed, unpriced, amountFen, fundFen, patientFen, undividedFen }) {
    return {
        savings,
        reversals,
        reversed,
        items: savings - reversals,
        unpriced,
        amountFen: fenNumber(amountFen),
        fundFen: fenNumber(fundFen),
        patientFen: fenNumber(patientFen),
        undividedFen: fenNumber(undividedFen),
    };
}
/** A sum as a number of JSON. Throws `parameter-invalid` where a number cannot hold it exactly: CSV can. */
export function fenNumber(fen) {
    const amount = Number(fen);
    if (Number.isSafeInteger(amount))
        return amount;
    throw new Failure('parameter-invalid', {
        path: 'to',
        en: `The sum, ${fen} fen, is beyond what a number in JSON holds exactly. Ask for a shorter period, or for text/csv.`,
        zh: `合计 ${fen} 分超出 JSON 数值可精确表示的范围，请缩短期间，或以 text/csv 查询`,
    });
}
function showGroup(group, texts, institutions) {
    return {
        ...showKey(group, institutions),
        ...showFigures(group),
        entries: entriesOf({ ...texts, ...narrowedTo(group, institutions) }),
    };
}
/** What a group is a group of, institutions by their names. */
export function showKey({ key }, institutions) {
    const { institution, source, ...plain } = key;
    const named = (number) => {
        const found = number === undefined ? undefined : institutions.get(Number(number));
        return found && { uscc: found.uscc, name: found.name };
    };
    const [receiver, issuer] = [named(institution), named(source)];
    return { ...plain, ...(receiver ? { institution: receiver } : {}), ...(issuer ? { source: issuer } : {}) };
}
/** The filter that a group is: that of the request is narrowed by it. */
export function narrowedTo({ key }, institutions) {
    const { institution, source, ...plain } = showKey({ key }, institutions);
    return {
        ...plain,
        ...(institution ? { institution: institution.uscc } : {}),
        ...(source ? { source: source.uscc } : {}),
    };
}
/** Address of the entries of a filter. */
export function entriesOf(texts) {
    return `/v1/savings/entries?${new URLSearchParams(texts).toString()}`;
}
const FIGURES = [
    ['savings', (it) => it.savings],
    ['reversals', (it) => it.reversals],
    ['reversedByRevocation', (it) => it.reversed.revocation],
    ['reversedByRepeat', (it) => it.reversed.repeat],
    ['reversedByRecall', (it) => it.reversed.recall],
    ['items', (it) => it.savings - it.reversals],
    ['unpriced', (it) => it.unpriced],
    ['amountFen', (it) => it.amountFen],
    ['fundFen', (it) => it.fundFen],
    ['patientFen', (it) => it.patientFen],
    ['undividedFen', (it) => it.undividedFen],
];
/** The columns of a summary as CSV: of each dimension what it is, then the figures. */
export function summaryColumns(by) {
    const names = by.flatMap((it) => (it === 'institution' || it === 'source' ? [`${it}Uscc`, `${it}Name`] : [it]));
    return [...names, ...FIGURES.map(([name]) => name)];
}
/** A summary as lines of CSV, each sum exact: the groups, or without dimensions the total alone. */
export function summaryLines({ total, groups, institutions }, by) {
    const rows = by.length === 0 ? [{ ...total, key: {} }] : groups.flat();
    return rows.map((group) => {
        const cells = by.flatMap((name) => {
            const text = group.key[name] ?? '';
            if (name !== 'institution' && name !== 'source')
                return [text];
            const found = institutions.get(Number(text));
            return [found?.uscc ?? '', found?.name ?? ''];
        });
        return csvLine([...cells, ...FIGURES.map(([, value]) => String(value(group)))]);
    });
}
