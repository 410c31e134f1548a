import { planVisits } from './course.rules.js';
import { nextMoment } from './life.js';
import { inventPerson } from './person.rules.js';
import { publishExaminations } from './publish-examinations.js';
import { Random } from './random.js';
import { makeVisit } from './visit.js';
/** Everything that befalls the person of a number within the period, one after another in the order of time. */
export async function livePerson(region, number) {
    const random = new Random(region.seed, 'life', number);
    const person = inventPerson(region.preset, region.seed, number);
    await live(region, person, random, (life) => {
        for (const visit of planVisits(random, region.preset, person, region.institutions, region.period)) {
            life.later(visit.at, () => makeVisit(life, visit));
        }
    });
}
/** Somebody who is only examined, at a township of the district whose images are uploaded. */
export async function uploadPerson(region, number, until) {
    const { district } = region.preset.uploads;
    const random = new Random(region.seed, 'upload', number);
    const person = inventPerson(region.preset, region.seed, number, district);
    const townships = region.institutions.filter((it) => it.district === district);
    const department = random.draw(region.preset.departments.filter((it) => imagingOf(region, it.orders).length > 0));
    const order = random.draw(imagingOf(region, department.orders)).set;
    await live(region, person, random, (life) => {
        const at = region.period.from + random.fraction() * (until - region.period.from);
        life.later(at, () => publishExaminations(life, random.pick(townships), [order]));
    });
}
function imagingOf({ preset }, orders) {
    return orders.filter((it) => preset.orderSets[it.set]?.kind === 'imaging');
}
async function live(region, person, random, begin) {
    const acts = [];
    const life = {
        region,
        person,
        random,
        known: new Map(),
        standing: false,
        now: region.period.from,
        visits: 0,
        reports: 0,
        later(at, act) {
            if (at >= region.period.until)
                return;
            const place = acts.findIndex((it) => it.at > at);
            acts.splice(place < 0 ? acts.length : place, 0, { at, act });
        },
    };
    begin(life);
    for (let next = acts.shift(); next; next = acts.shift()) {
        nextMoment(life, next.at);
        if (life.now < region.period.until)
            await next.act();
    }
}
