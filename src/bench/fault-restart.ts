import { setTimeout as sleep } from 'node:timers/promises';
import { type Answered, eachSecond, type Span, secondsUntilFull, spanOf, usualRate } from './fault-figures.rules.ts';
import type { FaultLoad } from './fault-load.ts';
import { REPORT_NUMBER } from './publication.ts';
import { forEach } from './publish-through.ts';
import { countOf, type Hospital, openWays, type Stage } from './stage.ts';
import type { Judged } from './targets.rules.ts';

/** PostgreSQL is restarted while it is worked with. */
export interface RestartFigures {
  readonly rateBefore: number;
  readonly awaySeconds: number;
  readonly before: Span;
  readonly away: Span;
  /** The longest that anybody waited for an answer during the fault. */
  readonly longestMs: number;
  readonly after: Span;
  readonly secondsUntilFull: number;
  /** Answers of the time without a fault that were neither success nor, within a second after the return, a 503. */
  readonly wrong: number;
  readonly acknowledged: number;
  readonly lost: number;
  readonly doubled: number;
  readonly seconds: readonly Span[];
}

const BEFORE_SECONDS = 6;
const AFTER_SECONDS = 12;
const UNTIL_FULL_MAX_SECONDS = 5;
/** Longer than this nobody waits for an answer. */
const HANG_MS = 10_000;

/** Absent where the database is somebody else's. */
export async function measureRestart(stage: Stage, load: FaultLoad): Promise<RestartFigures | undefined> {
  const { database, clients, say } = stage;
  if (!database.restart) return undefined;
  say('restart: PostgreSQL is stopped and started again under load');
  const firstPublication = load.acknowledged.length;
  const asking = load.keepAsking(clients);
  await sleep(1_000);
  const begunAt = performance.now();
  await sleep(BEFORE_SECONDS * 1_000);
  const leftAt = performance.now();
  await database.restart('warm');
  const backAt = performance.now();
  await sleep(AFTER_SECONDS * 1_000);
  const endedAt = performance.now();
  const answers = await asking.stop();
  const published = load.acknowledged.slice(firstPublication);
  const found = await countPublished(stage, published);
  const rateBefore = usualRate(answers, begunAt, leftAt);
  return {
    rateBefore,
    awaySeconds: (backAt - leftAt) / 1_000,
    before: spanOf(answers, begunAt, leftAt),
    away: spanOf(answers, leftAt, backAt),
    after: spanOf(answers, backAt, endedAt),
    longestMs: longest(answers),
    secondsUntilFull: secondsUntilFull(answers, backAt, endedAt, rateBefore),
    wrong: spanOf(answers, 0, endedAt + HANG_MS).wrong,
    acknowledged: published.length,
    lost: found.filter((it) => it === 0).length,
    doubled: found.filter((it) => it > 1).length,
    seconds: eachSecond(answers, begunAt, endedAt),
  };
}

/** How often each of them is found by its number, by the hospital that published it. */
async function countPublished(stage: Stage, published: FaultLoad['acknowledged']): Promise<readonly number[]> {
  const { client, close } = openWays(stage);
  const counts: number[] = [];
  await forEach(stage, 'acknowledged publications looked for', published, async ({ hospital, entries }) => {
    const identifiers = entries.at(-1)?.resource['identifier'] as readonly { readonly value: string }[];
    const path = `/fhir/DiagnosticReport?identifier=${encodeURIComponent(`${REPORT_NUMBER}|${identifiers[0]?.value}`)}`;
    const { body } = await client.send(stage.hospitals[hospital] as Hospital, { path });
    counts.push(countOf(body, '"search":{"mode":"match"}'));
  });
  close();
  return counts;
}

function longest(answers: readonly Answered[]): number {
  return answers.reduce((most, it) => Math.max(most, it.answeredAt - it.askedAt), 0);
}

export function judgeRestart(it: RestartFigures): readonly Judged[] {
  return [
    { what: 'restart: seconds until the full rate', value: it.secondsUntilFull, most: UNTIL_FULL_MAX_SECONDS },
    { what: 'restart: answers that are neither success nor 503 with Retry-After', value: it.wrong, most: 0 },
    { what: 'restart: the longest wait in ms', value: it.longestMs, most: HANG_MS },
    { what: 'restart: acknowledged publications lost', value: it.lost, most: 0 },
    { what: 'restart: acknowledged publications stored twice', value: it.doubled, most: 0 },
  ];
}
