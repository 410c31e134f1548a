import { loadavg } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { machineTime } from './processor-time.js';
import { isQuiet } from './targets.rules.js';
const WATCHED_MS = 2_000;
/** Looks for two seconds what the machine does by itself; `undefined` where it cannot be told. */
export async function watchMachine() {
    const [load = 0] = loadavg();
    const from = machineTime();
    await sleep(WATCHED_MS);
    const to = machineTime();
    if (!from || !to)
        return undefined;
    return { load, ...sharesBetween(from, to) };
}
/** The share of its time that was taken from the machine since then; `undefined` where it cannot be told. */
export function stolenSince(from) {
    const to = machineTime();
    return from && to && sharesBetween(from, to).stolen;
}
function sharesBetween(from, to) {
    const all = Math.max(to.busy - from.busy + to.idle - from.idle, Number.EPSILON);
    return { busy: (to.busy - from.busy) / all, stolen: (to.stolen - from.stolen) / all };
}
/** What to think of the figures, in a line. */
export function quietLine(before, stolen) {
    if (!before)
        return 'whether the machine was quiet cannot be told here';
    const share = (value) => `${(value * 100).toFixed(1)} %`;
    const taken = stolen === undefined ? '' : `; taken by other machines during the run: ${share(stolen)}`;
    const words = isQuiet({ ...before, stolen: Math.max(before.stolen, stolen ?? 0) }) ? 'quiet' : 'NOT quiet: look at the ratios at most';
    return `machine before the run: load ${before.load.toFixed(2)}, ${share(1 - before.busy)} idle${taken} (${words})`;
}
