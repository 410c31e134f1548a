import { median, shown } from './figures.rules.ts';
import type { Stage } from './stage.ts';
import { type Judged, READY_SECONDS_MAX } from './targets.rules.ts';

const STARTS = 5;

export interface StartFigures {
  /** Of each start, from the start of the process to the first answer that it can serve. */
  readonly milliseconds: readonly number[];
  readonly median: number;
}

/** How long the gateway takes to serve on a database that is there and up to date: five starts beside the one that runs, one after another. */
export async function measureStarts({ startGateway, say }: Stage): Promise<StartFigures> {
  const milliseconds: number[] = [];
  for (let number = 1; number <= STARTS; number++) {
    const gateway = await startGateway();
    milliseconds.push(gateway.readyMs);
    await gateway.stop();
    say(`  start ${number} of ${STARTS}: ${Math.round(gateway.readyMs)} ms`);
  }
  return { milliseconds, median: median(milliseconds) };
}

export function startLine({ milliseconds, median: middle }: StartFigures): string {
  return `cold start to ready, database present: ${shown(middle / 1_000)} s (median of ${milliseconds.map((it) => shown(it / 1_000)).join(', ')})`;
}

export function judgeStarts({ median: middle }: StartFigures): Judged {
  return { what: 'cold start to ready, seconds', value: middle / 1_000, most: READY_SECONDS_MAX };
}
