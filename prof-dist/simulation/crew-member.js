import { buildServer } from '../server.js';
import { periodOf } from './calendar.rules.js';
import { Doors, PUBLIC_URL } from './doors.js';
import { livePeople } from './live-people.js';
import { PRESETS } from './presets.js';
/*
 * The program of a process that lets people live, as `Crew` tells it to. It has a gateway of its own, and does none of the work beside the
 * requests. It ends when nobody tells it anything any more.
 */
const CONNECTIONS_SPARE = 2;
/** People nobody has taken yet, and those who wait for somebody: one of the two is empty. */
const waiting = [];
const takers = [];
process.on('message', (message) => {
    if ('orders' in message) {
        begin(message.orders).catch((error) => {
            say({ failed: error instanceof Error ? (error.stack ?? error.message) : String(error) });
        });
        return;
    }
    const taker = takers.shift();
    if (taker)
        taker(message.live);
    else
        waiting.push(message.live);
});
process.on('disconnect', () => process.exit(0));
// The terminal tells the whole group; who leads it decides.
process.on('SIGINT', () => undefined);
function say(message) {
    process.send?.(message);
}
async function begin({ databaseUrl, preset: name, seed, people, concurrency, institutions, items }) {
    const preset = PRESETS.get(name);
    if (!preset)
        throw new RangeError(`there is no preset ${name}`);
    const app = await buildServer({
        publicUrl: PUBLIC_URL,
        databasePoolMax: concurrency + CONNECTIONS_SPARE,
        logLevel: 'error',
        privateJwksUrls: false,
        databaseUrl,
    });
    await app.ready();
    const doors = new Doors(app);
    const region = { doors, preset, seed, period: periodOf(preset), institutions, items };
    say({ ready: true });
    await livePeople(region, people, concurrency, nextNumber, (lived) => {
        say({ lived, answered: doors.takeCounts(), rssMiB: Math.round(process.memoryUsage().rss / 2 ** 20) });
    });
}
/** Who lives next; there is always somebody, later if not now. */
async function nextNumber() {
    return waiting.shift() ?? (await new Promise((resolve) => takers.push(resolve)));
}
