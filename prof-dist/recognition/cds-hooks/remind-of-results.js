import { beijingDay, readMoment } from '../../beijing-time.js';
import { findReasons } from '../../catalogue/reasons/find-reasons.js';
import { keysOfPerson } from '../../persons/find-persons.js';
import { decodeId, freshNumber } from '../../resources/resource-id.js';
import { checkRecognition } from '../check-recognition.js';
import { hintCard, isRecognisable, orderCard, rankReminders } from './card.rules.js';
import { cardNumberFrom } from './card-id.rules.js';
import { findAnswered, findReminders, insertReminders } from './cds-card.queries.js';
import { leaveUncoveredOut, planReminders, reportOf, standingReminders } from './reminder.rules.js';
/** Cards of one answer; what is left over comes with the next call, once these are answered. */
const CARDS_MAX = 10;
/**
 * When a patient is opened: one card with everything that may be recognised and was not decided in this visit, or none.
 *
 * It is the check of `/v1/recognition-checks`, with the same consent, log and evidence; without consent there is no card, whoever the patient
 * is, so that its absence says nothing either. Two statements more than a check.
 */
export async function hintAtResults(tx, caller, occasion, now) {
    const { answer, recognisable, key } = await check(tx, caller, occasion, undefined, now);
    if (recognisable.length === 0)
        return [];
    const visit = await visitOf(tx, caller, occasion, key, now);
    const answered = await findAnswered(tx, visit, answer.items.map((it) => it.item));
    const card = hintCard(recognisable.filter((it) => !answered.get(it.item)?.stands), occasion.manner);
    return card ? [card] : [];
}
/**
 * When orders are selected or signed: one card for each draft order that prior results may stand in for, ranked, at most ten. An order of
 * which anything has to be examined, or was decided to be, gets none: it is carried out anyway.
 *
 * The same result of an item is brought to the mind of a clinician once a visit: where it was shown before and not answered it is the same
 * card again, where the item was decided, by whomever, there is none. Another clinician gets a card of their own, to decide in their own
 * name. Statements beside those of a check, whatever the number of orders: the person's keys, decisions, reminders (read, insert, read), the
 * reasons of the region's list, as the check names it.
 */
export async function remindOfResults(tx, caller, occasion, orders, now) {
    const items = [...new Set(orders.flatMap((it) => it.items))];
    const { answer, recognisable, key } = await check(tx, caller, occasion, items, now);
    if (recognisable.length === 0)
        return [];
    const visit = await visitOf(tx, caller, occasion, key, now);
    const answered = await findAnswered(tx, visit, items);
    const open = recognisable.filter((it) => !answered.get(it.item)?.stands);
    const recognised = new Set(items.filter((it) => answered.get(it)?.isRecognised));
    const offer = leaveUncoveredOut({ open, recognised, orders });
    if (offer.orders.length === 0)
        return [];
    const roundOf = (item) => answered.get(item)?.revoked ?? 0;
    const planned = rankReminders(planReminders(offer, key.person, () => cardNumberFrom(freshNumber()))).slice(0, CARDS_MAX);
    const rows = planned.flatMap(({ key: { number }, items: own, orders: [first] }) => own.map((it) => ({
        person: key.person,
        institution: caller.institution,
        visit: visitName(occasion, now),
        item: it.item,
        round: roundOf(it.item),
        report: reportOf(it),
        clinician: `${occasion.practitioner.system}|${occasion.practitioner.value}`,
        number,
        check: key.id,
        client: caller.client,
        practitioner: occasion.practitioner,
        hook: occasion.call.hook,
        hookInstance: occasion.call.hookInstance,
        encounter: occasion.call.encounterId ?? null,
        order: first?.reference ?? null,
        shownAt: now,
    })));
    const standing = await keepReminders(tx, visit.persons, rows);
    const { reasonList } = answer;
    const manner = { ...occasion.manner, reasonList, reasons: await findReasons(tx, reasonList) };
    return rankReminders(standingReminders(offer, standing))
        .slice(0, CARDS_MAX)
        .map((it) => orderCard(it, occasion.call.hook, manner));
}
async function check(tx, caller, occasion, items, now) {
    const { call, patient, practitioner, setting } = occasion;
    const question = {
        patient,
        ...(call.encounterId === undefined ? {} : { encounter: call.encounterId }),
        setting,
        trigger: items ? 'order-entry' : 'patient-opened',
        ...(items ? { items: [...items] } : {}),
    };
    const answer = await checkRecognition(tx, caller, practitioner, question, now);
    return { answer, recognisable: answer.items.filter(isRecognisable), key: decodeId(answer.id) };
}
async function visitOf(tx, caller, { call }, { person }, now) {
    return {
        persons: await keysOfPerson(tx, person),
        institution: caller.institution,
        encounter: call.encounterId,
        dayBegan: readMoment(beijingDay(now)),
    };
}
function visitName({ call: { encounterId } }, now) {
    return encounterId === undefined ? `day:${beijingDay(now)}` : `encounter:${encounterId}`;
}
/** Writes down what is new of these reminders; answers with all of them as they stand. */
async function keepReminders(tx, persons, rows) {
    const [first] = rows;
    if (!first)
        return [];
    const items = rows.map((it) => it.item);
    const find = () => findReminders(tx, persons, first, items);
    const isSame = (a, b) => a.item === b.item && a.round === b.round && a.report === b.report;
    const before = await find();
    const fresh = rows.filter((row) => !before.some((it) => isSame(it, row)));
    if (fresh.length > 0)
        await insertReminders(tx, fresh);
    const standing = fresh.length > 0 ? await find() : before;
    return standing.filter((it) => rows.some((row) => isSame(it, row)));
}
