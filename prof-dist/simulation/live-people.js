import { periodOf } from './calendar.rules.js';
import { livePerson, uploadPerson } from './live-person.js';
export function peopleOf({ persons, uploads }, scale) {
    const [all, examined] = [persons, uploads.persons].map((it) => Math.max(1, Math.round(it * scale)));
    return { persons: all, total: all + examined };
}
/**
 * Lets people live, so many at the same time, each through the whole period in order; what happens to one depends on nobody else. `next` says
 * who comes next; `lived` is told of each.
 */
export async function livePeople(region, { persons }, concurrency, next, lived) {
    const { uploads, from } = region.preset;
    const { until } = periodOf({ from, until: uploads.until });
    const work = async () => {
        for (;;) {
            const number = await next();
            await (number < persons ? livePerson(region, number) : uploadPerson(region, number, until));
            lived(number);
        }
    };
    return await Promise.race(Array.from({ length: concurrency }, work));
}
