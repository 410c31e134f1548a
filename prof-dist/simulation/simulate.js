import { buildRegion } from './build-region.js';
import { DAY_MS } from './calendar.rules.js';
import { Crew } from './crew.js';
import { peopleOf } from './live-people.js';
/** People between two rounds of what is done beside the requests: the log's places, and whoever follows it. */
const PEOPLE_BETWEEN_ROUNDS = 250;
/**
 * Lets a region live through its period, on a server that does not listen and an empty database. People live at the same time, each through all
 * of it in order; what happens to one depends on nobody else. Between them the rounds are done, at the end of the period: what follows the log
 * comes after what it follows.
 */
export async function simulate(app, databaseUrl, preset, options, watcher) {
    const { scale, seed } = options;
    const workers = Math.min(options.workers, options.concurrency);
    const region = await buildRegion(app, preset, scale, seed);
    const people = peopleOf(preset, scale);
    const { institutions, items } = region;
    const concurrency = Math.floor(options.concurrency / workers);
    const orders = { databaseUrl, preset: preset.name, seed, people, concurrency, institutions, items };
    const crew = await Crew.start(workers, orders, (answered) => {
        region.doors.addCounts(answered);
        watcher.lived(requestsOf(region), crew.rssMiB);
    });
    try {
        watcher.begins(people.total);
        let following = Promise.resolve();
        for (let start = 0; start < people.total; start += PEOPLE_BETWEEN_ROUNDS) {
            const size = Math.min(PEOPLE_BETWEEN_ROUNDS, people.total - start);
            await Promise.all([following, crew.live(Array.from({ length: size }, (_, index) => start + index))]);
            await doRounds(region, (name) => name === PLACES);
            following = doRounds(region, (name) => name !== PLACES && name !== INDICATORS);
        }
        await following;
    }
    finally {
        await crew.close();
    }
    return region;
}
/** The round that gives entries their places, and the one that counts indicators, which is done once, at the end. */
const [PLACES, INDICATORS] = ['sequence', 'count indicators'];
/** What is done beside the requests, a day after the period. */
async function doRounds({ app, period }, isMeant) {
    await app.rounds.runAll(() => new Date(period.until + DAY_MS), isMeant);
}
/** Everything that is left to do beside the requests. */
export async function followUp(region) {
    await doRounds(region);
}
/** Requests that were answered, refusals among them. */
export function requestsOf({ doors }) {
    return [...doors.served.values(), ...doors.refused.values()].reduce((sum, it) => sum + it, 0);
}
