import { median, shown } from './figures.rules.js';
/** More than this beside the bench, in cores, and its figures say little. */
const QUIET_CORES = 0.25;
const HEADINGS = ['', 'per s', 'ratio', 'p50 ms', 'p95', 'p99', 'answer', 'CPU server', 'database', 'driver', 'statements', 'WAL'];
/**
 * A table of a work's figures. `ratio` is what the gateway does for one piece of the reference's: the median of the rounds, in each of
 * which both were measured one after the other.
 */
export function figuresTable({ name, about, clients, subjects }) {
    const [ours, ...references] = subjects;
    if (!ours)
        return [];
    const lines = [HEADINGS, row(ours, ''), ...references.map((it) => row(it, ratioOf(ours, it).toFixed(2)))];
    const others = Math.max(...subjects.map((it) => it.cores.others ?? Number.NaN));
    return ['', `${name}, ${clients} clients: ${about}`, ...aligned(lines), `  ${quietness(others)}`, ...subjects.flatMap(complaint)];
}
/** What the gateway's statements of one piece of work are, with their time in the server. */
export function statementLines({ statements }) {
    if (!statements)
        return [];
    return [
        '  statements of the gateway, ms in the database:',
        ...statements.list.map((it) => `    ${it.milliseconds.toFixed(3)}  ${it.perPiece > 1 ? `${it.perPiece} × ` : ''}${it.text.slice(0, 110)}`),
    ];
}
/** Whether a question of more items takes more statements. */
export function checkLines(statements) {
    return [`  statements: ${statements.small} for a check of one item, ${statements.large} for one of twenty`];
}
/** Bytes on disk, and whether the number of statements depends on the size of the report. */
export function costLines(costs) {
    const share = (bytes) => `${kilobytes(bytes)} a report, ${(bytes / costs.sentBytes).toFixed(2)} × what was sent`;
    const { statements } = costs;
    return [
        `  on disk: ${share(costs.diskBytes)}; bare table: ${share(costs.referenceDiskBytes)}`,
        ...(statements ? [`  statements: ${statements.small} for a report of 5 results, ${statements.large} for one of 60`] : []),
    ];
}
/** What the gateway does for one piece of the reference's: the median of the rounds. */
export function ratioOf(ours, reference) {
    return median(ours.rates.map((rate, round) => rate / (reference.rates[round] ?? Number.NaN)));
}
function row(it, ratio) {
    return [
        it.name,
        it.perSecond.toFixed(0),
        ratio,
        shown(it.p50),
        shown(it.p95),
        shown(it.p99),
        kilobytes(it.answerBytes),
        shown(it.cores.server),
        shown(it.cores.database),
        shown(it.cores.driver),
        it.statements === undefined ? '-' : String(it.statements.perPiece),
        kilobytes(it.walBytes),
    ];
}
function kilobytes(bytes) {
    return bytes < 100 ? '-' : `${shown(bytes / 1_000)} kB`;
}
function quietness(others) {
    if (Number.isNaN(others))
        return 'whether the machine was quiet cannot be told here';
    return `others on the machine: ${others.toFixed(2)} cores (${others < QUIET_CORES ? 'quiet' : 'NOT quiet: look at the ratios at most'})`;
}
/** What was answered wrongly, if anything. */
export function complaint({ name, errors, firstError }) {
    return errors === 0 ? [] : [`  ${name}: ${errors} WRONG ANSWERS, the first: ${firstError ?? ''}`];
}
/** Columns under each other: names to the left, figures to the right. */
export function aligned(rows) {
    const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
    return rows.map((row) => `  ${row.map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0))).join('  ')}`);
}
