import { Failure } from '../failure.js';
import { HOSPITAL_SCOPES } from './build-region.js';
import { DAY_MS, MINUTE_MS } from './calendar.rules.js';
import { callerOf } from './doors.js';
import { nextMoment } from './life.js';
import { issueOf, visitBundle } from './published-report.rules.js';
import { institutionsOf } from './region.js';
/**
 * Examines the patient and publishes the reports of the visit together. What a township examines a hospital of the district reads
 * (基层检查、上级诊断). Some reports are corrected later, a few are withdrawn.
 */
export async function publishExaminations(life, at, orders) {
    if (orders.length === 0)
        return;
    const reports = orders.map((it) => examine(life, at, it));
    await publish(life, at, reports);
    for (const report of reports)
        planChange(life, at, report);
}
function examine(life, at, order) {
    const { region, random, person } = life;
    const set = region.preset.orderSets[order];
    if (!set)
        throw new RangeError(`${region.preset.name} has no order set ${order}`);
    const takenAt = nextMoment(life).getTime();
    const reader = set.kind === 'imaging' && at.level === 1 ? random.pick(institutionsOf(region, 2, at.district)) : at;
    return {
        number: `${at.uscc.slice(-6)}-${person.number}-${(life.reports += 1)}`,
        kind: set.kind,
        items: set.items.map((it) => region.items.get(it)),
        status: 'final',
        takenAt,
        issuedAt: issueOf(set.kind, takenAt),
        places: set.items.map(() => random.fraction()),
        archive: random.chance(region.preset.habits.originalsMissing) ? undefined : at.archive,
        performer: at,
        interpreter: reader,
    };
}
/** Published when the last of the reports has been issued. */
async function publish(life, at, reports) {
    const known = life.known.get(at.number);
    const now = nextMoment(life, Math.max(...reports.map((it) => it.issuedAt)) + MINUTE_MS);
    const bundle = visitBundle(life.person, known?.patient, reports);
    const answer = await life.region.doors.publish(callerOf(at, null, HOSPITAL_SCOPES), bundle, now);
    if (answer instanceof Failure)
        throw answer;
    if (known?.patient === undefined) {
        life.known.set(at.number, { asked: false, permits: false, ...known, patient: answer[0].slice('Patient/'.length) });
    }
}
function planChange(life, at, report) {
    const { region, random } = life;
    const { corrects, withdrawsReport } = region.preset.habits;
    const isCorrected = random.chance(corrects);
    if (!isCorrected && !random.chance(withdrawsReport))
        return;
    const changed = report.issuedAt + random.integer(1, 20) * DAY_MS;
    const version = {
        ...report,
        status: isCorrected ? 'corrected' : 'entered-in-error',
        issuedAt: changed,
        places: isCorrected ? report.places.map(() => random.fraction()) : report.places,
    };
    life.later(changed, () => publish(life, at, [version]));
}
