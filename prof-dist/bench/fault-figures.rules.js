import { median, percentile } from './figures.rules.js';
/** At least so much of the rate before is the full rate. */
const FULL = 0.9;
const WINDOW_MS = 1_000;
const STEP_MS = 250;
const isServed = ({ status }) => status === 200 || status === 201;
const isRefused = ({ status, saysWhen }) => status === 503 && saysWhen;
/** What was answered from one moment to another. */
export function spanOf(answers, from, until) {
    const within = answers.filter((it) => it.answeredAt >= from && it.answeredAt < until);
    const seconds = (until - from) / 1_000;
    const times = (of) => of.map((it) => it.answeredAt - it.askedAt).toSorted((a, b) => a - b);
    const [served, refused] = [within.filter(isServed), within.filter(isRefused)];
    return {
        perSecond: served.length / seconds,
        refusedPerSecond: refused.length / seconds,
        wrong: within.length - served.length - refused.length,
        p50: percentile(times(served), 0.5),
        p99: percentile(times(served), 0.99),
        refusedP99: percentile(times(refused), 0.99),
    };
}
/** The rate of a stretch as the middle one of its whole seconds, so that one odd second does not count. */
export function usualRate(answers, from, until) {
    const rates = [];
    for (let at = from; at + WINDOW_MS <= until; at += WINDOW_MS)
        rates.push(spanOf(answers, at, at + WINDOW_MS).perSecond);
    return median(rates);
}
/**
 * Seconds from a moment to the beginning of the first second with the full rate: 90 % of the rate before; infinite where it does not come until
 * the end. Exact to a quarter of a second.
 */
export function secondsUntilFull(answers, from, until, rateBefore) {
    for (let at = from; at + WINDOW_MS <= until; at += STEP_MS) {
        if (spanOf(answers, at, at + WINDOW_MS).perSecond >= FULL * rateBefore)
            return (at - from) / 1_000;
    }
    return Number.POSITIVE_INFINITY;
}
/** How many answers of each status there were: `200: 812, 503: 40`. */
export function statusWords(answers) {
    const counts = new Map();
    for (const it of answers) {
        const name = it.status === 0 ? 'no answer' : `${it.status}${it.status === 503 && !it.saysWhen ? ' without Retry-After' : ''}`;
        counts.set(name, (counts.get(name) ?? 0) + 1);
    }
    return [...counts]
        .toSorted(([a], [b]) => a.localeCompare(b))
        .map(([name, count]) => `${name}: ${count}`)
        .join(', ');
}
