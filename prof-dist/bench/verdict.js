import { median, percentile, shown } from './figures.rules.js';
import { aligned } from './show-figures.js';
import { CANDIDATES, ITEMS, judgeQuestion, questionOf, sortQuestion } from './verdict-workload.js';
/** As many different questions as keep a processor from knowing them by heart. */
const QUESTIONS = 64;
const WARM_UP_SECONDS = 1;
/**
 * The verdict alone, without a database: how long twenty items with fifty prior results each take, beside putting the same results in the
 * order of their time. Both in turn, every other round in reverse order.
 */
export function measureVerdict({ seconds, rounds }, say) {
    const questions = Array.from({ length: QUESTIONS }, (_, number) => questionOf(number));
    const functions = [
        { name: 'verdict', work: judgeQuestion },
        { name: 'sorting alone', work: sortQuestion },
    ];
    const measured = new Map(functions.map((it) => [it, []]));
    for (const { work } of functions)
        measureRound(questions, work, Math.min(seconds, WARM_UP_SECONDS));
    for (let number = 1; number <= rounds; number++) {
        for (const it of number % 2 === 1 ? functions : functions.toReversed()) {
            const round = measureRound(questions, it.work, seconds);
            measured.get(it)?.push(round);
            say(`  verdict, round ${number} of ${rounds}: ${it.name} ${Math.round(round.perSecond)}/s`);
        }
    }
    return {
        about: `judgement of ${ITEMS} items with ${CANDIDATES} prior results each, no database`,
        functions: functions.map((it) => figuresOf(it.name, measured.get(it) ?? [])),
    };
}
function measureRound(questions, work, seconds) {
    const latencies = [];
    let sum = 0;
    const start = performance.now();
    const end = start + seconds * 1_000;
    for (let from = start, turn = 0; from < end; turn++) {
        sum += work(questions[turn % questions.length]);
        const to = performance.now();
        latencies.push((to - from) * 1_000);
        from = to;
    }
    // What nobody looks at need not be worked out.
    if (!Number.isFinite(sum))
        throw new Error('nothing was judged');
    const elapsed = (performance.now() - start) / 1_000;
    return { perSecond: latencies.length / elapsed, latencies: latencies.toSorted((a, b) => a - b) };
}
function figuresOf(name, rounds) {
    const of = (pick) => median(rounds.map(pick));
    return {
        name,
        perSecond: of((it) => it.perSecond),
        p50: of((it) => percentile(it.latencies, 0.5)),
        p95: of((it) => percentile(it.latencies, 0.95)),
        p99: of((it) => percentile(it.latencies, 0.99)),
        rates: rounds.map((it) => it.perSecond),
    };
}
/** A table of the figures. `ratio` is the verdict's rate in relation to the other's: the median of the rounds. */
export function verdictTable({ about, functions }) {
    const [ours] = functions;
    const rows = functions.map((it) => [
        it.name,
        it.perSecond.toFixed(0),
        it === ours ? '' : median((ours?.rates ?? []).map((rate, round) => rate / (it.rates[round] ?? Number.NaN))).toFixed(2),
        shown(it.p50),
        shown(it.p95),
        shown(it.p99),
        it === ours ? shown(it.p50 / ITEMS) : '',
    ]);
    return ['', `verdict: ${about}`, ...aligned([['', 'per s', 'ratio', 'p50 µs', 'p95', 'p99', 'p50 an item'], ...rows])];
}
