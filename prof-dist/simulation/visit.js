import { Failure } from '../failure.js';
import { ID_CARD_SYSTEM } from '../persons/id-card.rules.js';
import { HOSPITAL_SCOPES } from './build-region.js';
import { DAY_MS, MINUTE_MS } from './calendar.rules.js';
import { answerFor, isMechanical } from './decision-habits.rules.js';
import { callerOf } from './doors.js';
import { nextMoment } from './life.js';
import { publishExaminations } from './publish-examinations.js';
import { registrationBundle } from './published-report.rules.js';
import { doctorOf } from './region.js';
/**
 * One visit: consent, look-ups, a check for each order, what the doctor makes of the answer, and the examinations that are made all the same.
 * Every step has its own moment, a few minutes after the one before.
 */
export async function makeVisit(life, visit) {
    const { region, person, random } = life;
    const { habits } = region.preset;
    const at = region.institutions[visit.institution];
    const encounter = `${visit.setting === 'inpatient' ? 'IP' : 'OP'}-${person.number}-${(life.visits += 1)}`;
    const mechanical = isMechanical(region.seed, region.preset, at.uscc, visit.department.nameZh, visit.doctor);
    const stop = { visit, at, encounter, isMechanical: mechanical };
    nextMoment(life, visit.at);
    const known = life.known.get(at.number);
    if (!known?.asked && random.chance(visit.isSentTo ? habits.asksSentTo : habits.asksFirst))
        await askConsent(life, stop);
    const mayLook = life.standing || (life.known.get(at.number)?.permits ?? false);
    if (!mayLook && visit.setting === 'emergency' && random.chance(habits.breaksGlass))
        await breakGlass(life, stop);
    for (let left = visit.lookUps; left > 0; left--)
        await lookUp(life, stop);
    const examined = [];
    for (const order of visit.orders) {
        const skips = random.chance(habits.skipsCheck);
        if (skips || !(await spares(life, stop, order)))
            examined.push(order);
    }
    await publishExaminations(life, at, examined);
}
function clinicianOf({ at, visit }, emergencyReason = null) {
    return callerOf(at, doctorOf(at, visit.department.nameZh, visit.doctor), HOSPITAL_SCOPES, emergencyReason);
}
/** Registers the patient where the institution does not know them yet; answers the id of its Patient. */
async function register(life, { at }) {
    const known = life.known.get(at.number);
    if (known?.patient !== undefined)
        return known.patient;
    const answer = await life.region.doors.publish(callerOf(at, null, HOSPITAL_SCOPES), registrationBundle(life.person), nextMoment(life));
    if (answer instanceof Failure)
        throw answer;
    const patient = answer[0].slice('Patient/'.length);
    life.known.set(at.number, { asked: false, permits: false, ...known, patient });
    return patient;
}
async function askConsent(life, stop) {
    const { region, random } = life;
    const { habits } = region.preset;
    const patient = await register(life, stop);
    const denies = random.chance(habits.denies);
    const isStanding = !denies && random.chance(habits.standing);
    const isOfVisit = !denies && !isStanding && random.chance(0.3);
    const now = nextMoment(life);
    const request = {
        patient: { id: patient },
        decision: denies ? 'deny' : 'permit',
        ...(isStanding ? {} : { grantee: { uscc: stop.at.uscc } }),
        ...(isOfVisit ? { validUntil: new Date(now.getTime() + 30 * DAY_MS).toISOString() } : {}),
        method: isStanding ? 'standing-authorisation' : random.pick(['on-site-id-card', 'on-site-qr', 'sms-code', 'signed-paper']),
    };
    const consent = await region.doors.consent(callerOf(stop.at, null, HOSPITAL_SCOPES), request, now);
    if (consent instanceof Failure)
        throw consent;
    life.known.set(stop.at.number, { patient, asked: true, permits: !denies });
    if (isStanding)
        life.standing = true;
    if (denies || !random.chance(habits.withdraws))
        return;
    life.later(now.getTime() + random.integer(1, 40) * DAY_MS, async () => {
        life.known.set(stop.at.number, { patient, asked: true, permits: false });
        if (isStanding)
            life.standing = false;
        await region.doors.withdrawConsent(callerOf(stop.at, null, HOSPITAL_SCOPES), consent, nextMoment(life));
    });
}
/** Without a Patient of its own an institution has nobody to look up; where nothing permits the look, it is refused, and that is a query too. */
async function lookUp(life, stop) {
    const patient = life.known.get(stop.at.number)?.patient ?? (life.standing ? await register(life, stop) : undefined);
    if (patient !== undefined)
        await life.region.doors.lookUp(clinicianOf(stop), patient, nextMoment(life));
}
async function breakGlass(life, stop) {
    const patient = await register(life, stop);
    await life.region.doors.lookUp(clinicianOf(stop, '患者意识不清，急需了解既往影像'), patient, nextMoment(life));
}
/** Whether the exchange and the doctor spare the patient the examination. */
async function spares(life, stop, order) {
    const { region, person, random } = life;
    const set = region.preset.orderSets[order];
    if (!set)
        throw new RangeError(`${region.preset.name} has no order set ${order}`);
    const question = {
        patient: { identifier: { system: ID_CARD_SYSTEM, value: person.idCard } },
        encounter: stop.encounter,
        setting: stop.visit.setting,
        trigger: 'order-entry',
        items: [...set.items],
        department: stop.visit.department.nameZh,
        insurance: person.insurance,
    };
    const check = await region.doors.check(clinicianOf(stop), question, nextMoment(life));
    if (check instanceof Failure)
        throw check;
    await openOriginals(life, stop, check);
    const decisions = answerFor(random, region.preset, check.items, stop.isMechanical);
    if (decisions.length === 0)
        return false;
    const answer = await region.doors.decide(clinicianOf(stop), { check: check.id, decisions }, nextMoment(life));
    if (answer instanceof Failure)
        throw answer;
    const recognised = answer.decisions.filter((it) => it.decision === 'recognised');
    if (recognised.length > 0) {
        await followUp(life, stop, order, recognised.map((it) => it.id));
    }
    return recognised.length === set.items.length;
}
/** Who is shown images may open them. */
async function openOriginals(life, stop, { items }) {
    const study = items.flatMap((it) => it.candidate?.studies ?? [])[0];
    if (study !== undefined && life.random.chance(life.region.preset.habits.opensOriginal)) {
        await life.region.doors.open(clinicianOf(stop), study, nextMoment(life));
    }
}
/** What becomes of a recognition: it is written into the record, taken back, or the examination is made after all. */
async function followUp(life, stop, order, decisions) {
    const { region, random } = life;
    const { habits } = region.preset;
    if (random.chance(habits.cites))
        for (const id of decisions)
            await region.doors.cite(clinicianOf(stop), id, nextMoment(life));
    if (random.chance(habits.revokes)) {
        life.later(life.now + random.integer(60, 3 * 24 * 60) * MINUTE_MS, async () => {
            for (const id of decisions)
                await region.doors.revoke(clinicianOf(stop), id, '操作有误，撤销互认', nextMoment(life));
        });
    }
    else if (random.chance(habits.repeats)) {
        life.later(life.now + random.integer(1, 10) * DAY_MS, () => publishExaminations(life, stop.at, [order]));
    }
}
