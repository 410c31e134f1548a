import { shown } from './figures.rules.js';
import { shareOfCopy } from './pull.js';
import { aligned, complaint, ratioOf } from './show-figures.js';
import { RATIO_MIN } from './targets.rules.js';
const HEADINGS = [
    'workload',
    'clients',
    'ours/s',
    'reference',
    'per s',
    'ratio',
    'target',
    'p50 ms',
    'p95',
    'p99',
    'p99/p50',
    'CPU % server',
    'database',
    'driver',
    'others',
    'statements',
];
/**
 * All works in one table: a row for each, and one more for each further reference. `ratio` is the median of the rounds, in each of which both
 * were measured; processor time is in per cent of one core.
 */
export function overviewLines(works, pull) {
    const rows = works.flatMap(rowsOf);
    return [...aligned([HEADINGS, ...rows, ...(pull ? [pullRow(pull)] : [])]), ...works.flatMap((it) => it.subjects.flatMap(complaint))];
}
function rowsOf({ name, clients, subjects }) {
    const [ours, first, ...others] = subjects;
    if (!ours)
        return [];
    const beside = (reference) => reference ? [reference.name, reference.perSecond.toFixed(0), ratioOf(ours, reference).toFixed(2)] : ['', '', ''];
    const least = RATIO_MIN[name];
    const row = [
        name,
        String(clients),
        ours.perSecond.toFixed(0),
        ...beside(first),
        least === undefined ? '-' : `≥ ${least}`,
        shown(ours.p50),
        shown(ours.p95),
        shown(ours.p99),
        shown(ours.p99 / ours.p50),
        ...processorCells(ours.cores),
        ours.statements === undefined ? '-' : String(ours.statements.perPiece),
    ];
    return [row, ...others.map((it) => ['', '', '', ...beside(it)])];
}
function processorCells({ server, database, driver, others }) {
    return [server, database, driver, others].map((it) => (it === undefined ? '-' : (it * 100).toFixed(0)));
}
/** The pull of the access log: one client, entries instead of answers. */
function pullRow({ ways }) {
    const [copy, ours] = ways;
    if (!copy || !ours)
        return [];
    const share = shareOfCopy(ours, copy).toFixed(2);
    return ['log entries pulled', '1', ours.entriesPerSecond.toFixed(0), copy.name, copy.entriesPerSecond.toFixed(0), share, '-'];
}
