import { arrival, DAY_MS, laterArrival, MINUTE_MS } from './calendar.rules.js';
const DOCTORS = 6;
const HOPS_MAX = 2;
/** A further hop is so much less likely than the first. */
const FURTHER_HOP = 0.4;
/**
 * What a person goes through in the period: courses of illness, each beginning somewhere near home, going on to another institution more often
 * than not, with the follow-ups of each stop; in the order of time. What lies beyond the period is left out.
 */
export function planVisits(random, preset, person, sites, period) {
    const { habits } = preset;
    const courses = Math.max(1, Math.round(random.wait(habits.courses - 1)) + 1);
    const visits = Array.from({ length: courses }, () => planCourse(random, preset, person, sites, period)).flat();
    return visits.filter((it) => it.at < period.until).sort((a, b) => a.at - b.at);
}
function planCourse(random, preset, person, sites, period) {
    const { habits } = preset;
    const department = random.draw(preset.departments);
    const orders = ordersOf(random, preset, department);
    let level = (random.place(habits.firstLevel) + 1);
    let institution = pickSite(random, preset, sites, level, person.district, []);
    let at = arrival(random, preset, department, period);
    const visits = stopAt(random, preset, { at, institution, department, orders, isSentTo: false });
    const been = [institution];
    for (let hop = 0; hop < HOPS_MAX && random.chance(hop === 0 ? habits.goesOn : habits.goesOn * FURTHER_HOP); hop++) {
        if (level < 3 && random.chance(habits.goesUp))
            level = (level + 1);
        institution = pickSite(random, preset, sites, level, person.district, been);
        been.push(institution);
        at = laterArrival(random, preset, at, random.wait(habits.goesOnDays));
        const again = orders.filter(() => random.chance(habits.sameOrder));
        visits.push(...stopAt(random, preset, { at, institution, department, orders: again, isSentTo: true }));
    }
    return visits;
}
/** The visit itself and its follow-ups at the same institution. */
function stopAt(random, preset, stop) {
    const { habits } = preset;
    const doctor = random.integer(1, DOCTORS);
    const isEmergency = random.chance(stop.department.emergency);
    const lookUps = () => Math.round(random.wait(habits.lookUps));
    const first = {
        ...stop,
        doctor,
        setting: isEmergency ? 'emergency' : stop.isSentTo && random.chance(0.25) ? 'inpatient' : 'outpatient',
        lookUps: Math.max(stop.isSentTo ? 1 : 0, lookUps()),
    };
    const visits = [first];
    for (let left = Math.round(random.wait(habits.followUps)), at = stop.at; left > 0; left--) {
        at =
            first.setting === 'inpatient' ? at + DAY_MS + random.integer(0, 90) * MINUTE_MS : laterArrival(random, preset, at, random.wait(12));
        visits.push({ ...first, at, orders: [], lookUps: Math.max(1, lookUps()) });
    }
    return visits;
}
function ordersOf(random, { habits }, { orders }) {
    const first = random.draw(orders).set;
    const second = random.chance(habits.secondOrder) ? random.draw(orders).set : first;
    return second === first ? [first] : [first, second];
}
/**
 * One of the level, near home where there is one, that the patient has not come from; any other where the level has none. The district whose
 * uploads are counted (the first) serves its own: who has no hospital at home goes elsewhere, as long as there is an elsewhere.
 */
function pickSite(random, { districts }, sites, level, district, been) {
    const free = sites.flatMap((site, index) => (been.includes(index) ? [] : [{ site, index }]));
    const ofLevel = free.filter(({ site }) => site.level === level);
    const near = ofLevel.filter(({ site }) => site.district === district);
    const elsewhere = ofLevel.filter(({ site }) => site.district !== districts[0]?.code);
    return random.pick([near, elsewhere, ofLevel].find((it) => it.length > 0) ?? free).index;
}
