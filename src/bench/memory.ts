import { shown } from './figures.rules.ts';
import { residentMiB } from './processor-time.ts';
import { preparePublish } from './publish.ts';
import { forEach } from './publish-through.ts';
import { aligned } from './show-figures.ts';
import type { Stage } from './stage.ts';
import { type Judged, MEMORY_MIB_MAX } from './targets.rules.ts';

/** Memory of the gateway's process after so many publications. */
interface MemoryAt {
  readonly publications: number;
  readonly mebibytes: number | undefined;
  /** Since the quarter before. */
  readonly perSecond: number | undefined;
}

const QUARTERS = 4;

/** Publishes so many reports as fast as they are taken, and looks at the gateway's memory before the first and after every quarter of them. */
export async function measureMemory(stage: Stage, publications: number): Promise<readonly MemoryAt[]> {
  const { work, close } = await preparePublish(stage);
  const measured: MemoryAt[] = [{ publications: 0, mebibytes: residentMiB(stage.gateway.pid), perSecond: undefined }];
  for (let quarter = 1, done = 0; quarter <= QUARTERS; quarter++) {
    const until = Math.floor((publications * quarter) / QUARTERS);
    const startedAt = performance.now();
    const pieces = Array.from({ length: until - done }, (_, index) => index);
    await forEach(stage, `publications, quarter ${quarter}`, pieces, async () => void (await work.ours.once()));
    const perSecond = ((until - done) * 1_000) / (performance.now() - startedAt);
    measured.push({ publications: until, mebibytes: residentMiB(stage.gateway.pid), perSecond });
    done = until;
  }
  await close();
  return measured;
}

export function memoryLines(measured: readonly MemoryAt[]): readonly string[] {
  const rows = measured.map((it) => [
    String(it.publications),
    shown(it.mebibytes),
    it.perSecond === undefined ? '-' : it.perSecond.toFixed(0),
  ]);
  return ['', ...aligned([['publications', 'gateway MiB', 'per s'], ...rows]), ''];
}

export function judgeMemory(measured: readonly MemoryAt[]): Judged {
  const last = measured.at(-1);
  return {
    what: `gateway MiB after ${last?.publications} publications`,
    value: last?.mebibytes ?? Number.NaN,
    most: MEMORY_MIB_MAX,
  };
}
