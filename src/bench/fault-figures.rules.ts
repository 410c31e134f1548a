import { median, percentile } from './figures.rules.ts';

/** What came of a request: what it takes to tell how a fault went. Times by one clock, in milliseconds; `status` 0 where no answer came. */
export interface Answered {
  readonly askedAt: number;
  readonly answeredAt: number;
  readonly status: number;
  /** Whether a 503 says when to come again. */
  readonly saysWhen: boolean;
}

/** A stretch of time, and what was answered in it. */
export interface Span {
  readonly perSecond: number;
  /** 503 with Retry-After, a second. */
  readonly refusedPerSecond: number;
  /** Anything else than success and such a 503: none may be. */
  readonly wrong: number;
  readonly p50: number;
  readonly p99: number;
  readonly refusedP99: number;
}

/** At least so much of the rate before is the full rate. */
const FULL = 0.9;
const WINDOW_MS = 1_000;
const STEP_MS = 250;

const isServed = ({ status }: Answered): boolean => status === 200 || status === 201;
const isRefused = ({ status, saysWhen }: Answered): boolean => status === 503 && saysWhen;

/** What was answered from one moment to another. */
export function spanOf(answers: readonly Answered[], from: number, until: number): Span {
  const within = answers.filter((it) => it.answeredAt >= from && it.answeredAt < until);
  const seconds = (until - from) / 1_000;
  const times = (of: readonly Answered[]) => of.map((it) => it.answeredAt - it.askedAt).toSorted((a, b) => a - b);
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
export function usualRate(answers: readonly Answered[], from: number, until: number): number {
  const rates: number[] = [];
  for (let at = from; at + WINDOW_MS <= until; at += WINDOW_MS) rates.push(spanOf(answers, at, at + WINDOW_MS).perSecond);
  return median(rates);
}

/**
 * Seconds from a moment to the beginning of the first second with the full rate: 90 % of the rate before; infinite where it does not come until
 * the end. Exact to a quarter of a second.
 */
export function secondsUntilFull(answers: readonly Answered[], from: number, until: number, rateBefore: number): number {
  for (let at = from; at + WINDOW_MS <= until; at += STEP_MS) {
    if (spanOf(answers, at, at + WINDOW_MS).perSecond >= FULL * rateBefore) return (at - from) / 1_000;
  }
  return Number.POSITIVE_INFINITY;
}

/** How many answers of each status there were: `200: 812, 503: 40`. */
export function statusWords(answers: readonly Answered[]): string {
  const counts = new Map<string, number>();
  for (const it of answers) {
    const name = it.status === 0 ? 'no answer' : `${it.status}${it.status === 503 && !it.saysWhen ? ' without Retry-After' : ''}`;
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return [...counts]
    .toSorted(([a], [b]) => a.localeCompare(b))
    .map(([name, count]) => `${name}: ${count}`)
    .join(', ');
}

/** What came in each whole second of a stretch of time (milliseconds). */
export function eachSecond(answers: readonly Answered[], from: number, until: number): readonly Span[] {
  const count = Math.floor((until - from) / 1_000);
  return Array.from({ length: count }, (_, index) => spanOf(answers, from + index * 1_000, from + (index + 1) * 1_000));
}
