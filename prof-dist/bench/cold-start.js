import { median, shown } from './figures.rules.js';
import { READY_SECONDS_MAX } from './targets.rules.js';
const STARTS = 5;
/** How long the gateway takes to serve on a database that is there and up to date: five starts beside the one that runs, one after another. */
export async function measureStarts({ startGateway, say }) {
    const milliseconds = [];
    for (let number = 1; number <= STARTS; number++) {
        const gateway = await startGateway();
        milliseconds.push(gateway.readyMs);
        await gateway.stop();
        say(`  start ${number} of ${STARTS}: ${Math.round(gateway.readyMs)} ms`);
    }
    return { milliseconds, median: median(milliseconds) };
}
export function startLine({ milliseconds, median: middle }) {
    return `cold start to ready, database present: ${shown(middle / 1_000)} s (median of ${milliseconds.map((it) => shown(it / 1_000)).join(', ')})`;
}
export function judgeStarts({ median: middle }) {
    return { what: 'cold start to ready, seconds', value: middle / 1_000, most: READY_SECONDS_MAX };
}
