import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { type Span, spanOf, statusWords } from './fault-figures.rules.ts';
import { answeredBy, type FaultLoad, keepOn, ORDER_ENTRY } from './fault-load.ts';
import type { Stage } from './stage.ts';
import type { Judged } from './targets.rules.ts';

/** Statements that do not come to an end, and order entry beside them. */
export interface SlowQueryFigures {
  readonly slow: number;
  readonly without: Span;
  readonly beside: Span;
  /** What the slow ones were answered, by status. */
  readonly slowAnswers: string;
  readonly wrong: number;
}

const SECONDS = 6;
/** More than the gateway has connections for everything. */
const SLOW = 32;
const SLOW_PATH = '/v1/savings/summary?from=2026-01-01&to=2100-01-01';
const SLOW_PAUSE_MS = 200;
const BESIDE_MIN = 0.8;

/**
 * Many ask for the summary of the savings while an outside session keeps everybody from reading the table it is made from; order entry goes on
 * beside, and is compared with itself without them.
 */
export async function measureSlowQuery(stage: Stage, load: FaultLoad): Promise<SlowQueryFigures> {
  const { clients, database, say } = stage;
  say(`slow query: ${SLOW} clients ask for what is locked, beside order entry`);
  const asking = load.keepAsking(clients, ORDER_ENTRY);
  await sleep(1_000);
  const begunAt = performance.now();
  await sleep(SECONDS * 1_000);
  const locker = new pg.Client({ connectionString: database.url });
  locker.on('error', () => undefined);
  await locker.connect();
  await locker.query('begin');
  await locker.query('lock table savings_postings, savings_entries in access exclusive mode');
  const lockedAt = performance.now();
  const slow = keepOn(SLOW, stage.gateway, SLOW_PAUSE_MS, (client) => answeredBy(client, stage.asking, { path: SLOW_PATH }));
  await sleep(500);
  const besideAt = performance.now();
  await sleep(SECONDS * 1_000);
  const endedAt = performance.now();
  const answers = await Promise.all([asking.stop(), locker.query('rollback').then(() => locker.end()), slow.stop()]);
  return {
    slow: SLOW,
    without: spanOf(answers[0], begunAt, lockedAt),
    beside: spanOf(answers[0], besideAt, endedAt),
    slowAnswers: statusWords(answers[2]),
    wrong: spanOf([...answers[0], ...answers[2]], 0, Number.MAX_SAFE_INTEGER).wrong,
  };
}

export function judgeSlowQuery({ without, beside, wrong }: SlowQueryFigures): readonly Judged[] {
  return [
    { what: 'slow query: of the rate of order entry without', value: beside.perSecond / without.perSecond, least: BESIDE_MIN },
    { what: 'slow query: answers that are neither success nor 503 with Retry-After', value: wrong, most: 0 },
  ];
}
