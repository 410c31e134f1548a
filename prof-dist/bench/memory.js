import { shown } from './figures.rules.js';
import { residentMiB } from './processor-time.js';
import { preparePublish } from './publish.js';
import { forEach } from './publish-through.js';
import { aligned } from './show-figures.js';
import { MEMORY_MIB_MAX } from './targets.rules.js';
const QUARTERS = 4;
/** Publishes so many reports as fast as they are taken, and looks at the gateway's memory before the first and after every quarter of them. */
export async function measureMemory(stage, publications) {
    const { work, close } = await preparePublish(stage);
    const measured = [{ publications: 0, mebibytes: residentMiB(stage.gateway.pid), perSecond: undefined }];
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
export function memoryLines(measured) {
    const rows = measured.map((it) => [
        String(it.publications),
        shown(it.mebibytes),
        it.perSecond === undefined ? '-' : it.perSecond.toFixed(0),
    ]);
    return ['', ...aligned([['publications', 'gateway MiB', 'per s'], ...rows]), ''];
}
export function judgeMemory(measured) {
    const last = measured.at(-1);
    return {
        what: `gateway MiB after ${last?.publications} publications`,
        value: last?.mebibytes ?? Number.NaN,
        most: MEMORY_MIB_MAX,
    };
}
