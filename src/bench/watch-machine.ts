import { loadavg } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { type MachineTime, machineTime } from './processor-time.ts';
import { isQuiet, type Quietness } from './targets.rules.ts';

/** What the machine was doing while nothing was measured. */
export interface Beforehand extends Quietness {
  /** Processes at work or waiting for it, of the last minute. */
  readonly load: number;
}

const WATCHED_MS = 2_000;

/** Looks for two seconds what the machine does by itself; `undefined` where it cannot be told. */
export async function watchMachine(): Promise<Beforehand | undefined> {
  const [load = 0] = loadavg();
  const from = machineTime();
  await sleep(WATCHED_MS);
  const to = machineTime();
  if (!from || !to) return undefined;
  return { load, ...sharesBetween(from, to) };
}

/** The share of its time that was taken from the machine since then; `undefined` where it cannot be told. */
export function stolenSince(from: MachineTime | undefined): number | undefined {
  const to = machineTime();
  return from && to && sharesBetween(from, to).stolen;
}

function sharesBetween(from: MachineTime, to: MachineTime): Quietness {
  const all = Math.max(to.busy - from.busy + to.idle - from.idle, Number.EPSILON);
  return { busy: (to.busy - from.busy) / all, stolen: (to.stolen - from.stolen) / all };
}

/** What to think of the figures, in a line. */
export function quietLine(before: Beforehand | undefined, stolen: number | undefined): string {
  if (!before) return 'whether the machine was quiet cannot be told here';
  const share = (value: number) => `${(value * 100).toFixed(1)} %`;
  const taken = stolen === undefined ? '' : `; taken by other machines during the run: ${share(stolen)}`;
  const words = isQuiet({ ...before, stolen: Math.max(before.stolen, stolen ?? 0) }) ? 'quiet' : 'NOT quiet: look at the ratios at most';
  return `machine before the run: load ${before.load.toFixed(2)}, ${share(1 - before.busy)} idle${taken} (${words})`;
}
