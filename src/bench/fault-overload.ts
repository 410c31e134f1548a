import { setTimeout as sleep } from 'node:timers/promises';
import { type Answered, eachSecond, type Span, secondsUntilFull, spanOf, statusWords } from './fault-figures.rules.ts';
import type { FaultLoad } from './fault-load.ts';
import { residentMiB } from './processor-time.ts';
import { GatewayClient, type Stage } from './stage.ts';
import type { Judged } from './targets.rules.ts';

/** Ten times as much is asked for as can be done. */
export interface OverloadFigures {
  /** What is done with as many clients as can be of use, a second. */
  readonly capacity: number;
  /** Asked for, a second; that many more could not even be sent, since every connection was waiting for an answer. */
  readonly asked: number;
  readonly unsent: number;
  readonly during: Span;
  readonly answers: string;
  readonly seconds: readonly Span[];
  /** MiB of the gateway before, at most, and afterwards. */
  readonly memory: readonly (number | undefined)[];
  readonly secondsUntilFull: number;
}

const FULL_CLIENTS = 32;
const CONNECTIONS = 400;
const TIMES = 10;
const CAPACITY_SECONDS = 5;
const OVERLOAD_SECONDS = 12;
const AFTER_SECONDS = 5;
const TICK_MS = 10;

const GOODPUT_MIN = 0.8;
const UNTIL_FULL_MAX_SECONDS = 2;
const SERVED_P99_MAX_MS = 3_000;
const REFUSED_P99_MAX_MS = 2_000;
const GROWTH_MAX_MIB = 150;

export async function measureOverload(stage: Stage, load: FaultLoad): Promise<OverloadFigures> {
  stage.say(`overload: ${TIMES} times of what can be done is asked for`);
  const full = load.keepAsking(FULL_CLIENTS);
  await sleep(1_000);
  const begunAt = performance.now();
  await sleep(CAPACITY_SECONDS * 1_000);
  const fullUntil = performance.now();
  const capacity = spanOf(await full.stop(), begunAt, fullUntil).perSecond;

  const memory = [residentMiB(stage.gateway.pid)];
  const { outcomes, unsent, most, startedAt: overloadAt } = await askAtRate(stage, load, TIMES * capacity);
  const overloadUntil = overloadAt + OVERLOAD_SECONDS * 1_000;
  // Those still on their way belong to the overload; what is asked now meets what it left behind.
  const afterAt = performance.now();
  const after = load.keepAsking(FULL_CLIENTS);
  await sleep(AFTER_SECONDS * 1_000);
  const afterUntil = performance.now();
  const afterwards = await after.stop();
  await outcomes.done;
  memory.push(most, residentMiB(stage.gateway.pid));
  return {
    capacity,
    asked: TIMES * capacity,
    unsent: unsent / OVERLOAD_SECONDS,
    during: spanOf(outcomes.list, overloadAt + 1_000, overloadUntil),
    answers: statusWords(outcomes.list),
    seconds: eachSecond(outcomes.list, overloadAt, overloadUntil),
    memory,
    secondsUntilFull: secondsUntilFull(afterwards, afterAt, afterUntil, capacity),
  };
}

/** Asks at a fixed rate, whatever is answered, as those do who know nothing of each other. */
async function askAtRate(stage: Stage, load: FaultLoad, perSecond: number) {
  const client = new GatewayClient({ gateway: stage.gateway, clients: CONNECTIONS });
  const list: Answered[] = [];
  const flying = new Set<Promise<void>>();
  let [due, unsent, most] = [0, 0, 0];
  // Systems keep their connections. Node takes one new one a turn of its loop, so that hundreds at once would wait for seconds before they are heard.
  await Promise.all(Array.from({ length: CONNECTIONS }, () => load.ask(client, ['read'])));
  const startedAt = performance.now();
  for (let sampledAt = 0; performance.now() - startedAt < OVERLOAD_SECONDS * 1_000; await sleep(TICK_MS)) {
    const elapsed = performance.now() - startedAt;
    for (const until = (elapsed * perSecond) / 1_000; due < until; due++) {
      if (flying.size >= CONNECTIONS) {
        unsent += 1;
        continue;
      }
      const flight: Promise<void> = load.ask(client).then((it) => {
        list.push(it);
        flying.delete(flight);
      });
      flying.add(flight);
    }
    if (elapsed - sampledAt < 250) continue;
    sampledAt = elapsed;
    most = Math.max(most, residentMiB(stage.gateway.pid) ?? Number.NaN);
  }
  return { outcomes: { list, done: Promise.all(flying).then(() => client.close()) }, unsent, most, startedAt };
}

export function judgeOverload({ capacity, during, memory, secondsUntilFull: until }: OverloadFigures): readonly Judged[] {
  const [before = Number.NaN, most = Number.NaN] = memory;
  return [
    { what: 'overload: done of what can be done', value: during.perSecond / capacity, least: GOODPUT_MIN },
    { what: 'overload: answers that are neither success nor 503 with Retry-After', value: during.wrong, most: 0 },
    { what: 'overload: p99 of what was done, ms', value: during.p99, most: SERVED_P99_MAX_MS },
    { what: 'overload: p99 of 503, ms', value: during.refusedP99, most: REFUSED_P99_MAX_MS },
    { what: 'overload: MiB of the gateway more than before', value: most - before, most: GROWTH_MAX_MIB },
    { what: 'overload: seconds until the full rate afterwards', value: until, most: UNTIL_FULL_MAX_SECONDS },
  ];
}
