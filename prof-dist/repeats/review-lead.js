import { recordAccess } from '../access-log/record-access.js';
import { Failure } from '../failure.js';
import { findLeadEvents, holdLeads, insertLeadEvents, putLeads } from './lead.queries.js';
import { closes, isOwn, takes } from './lead.rules.js';
import { requireKey, requireLead } from './lead-reach.js';
import { entitiesOf, leadWithEvidence } from './show-lead.js';
/**
 * Takes a lead into review. Of two at once one gets it; the same reviewer again changes nothing. Throws `not-found`, `conflict` where somebody else
 * has it or it is closed, `rule-violated` for the clinician whom it is about.
 */
export async function takeLead(tx, caller, who, wanted, now) {
    const lead = await holdLead(tx, who, wanted);
    const step = takes(lead, who);
    if (step === 'refused')
        throw heldOrClosed(lead);
    const taken = step === 'done' ? stepped(lead, 'in-review', null, who, 1, now) : lead;
    if (step === 'done')
        await keep(tx, taken, [eventOf(taken, caller, who, 'taken', taken.events, null, now)]);
    return await answer(tx, caller, 'reviewLead', step === 'done', taken, wanted, now);
}
/**
 * Closes a lead with what the review came to. One that nobody has taken yet is taken with it. The same outcome and words by the same reviewer again
 * change nothing. Throws `not-found`, `conflict` where somebody else has it or it is closed otherwise, `rule-violated` for the clinician whom it is about
 * and for a text of blanks.
 */
export async function closeLead(tx, caller, who, wanted, request, now) {
    const text = request.text.trim();
    if (text === '')
        throw textMissing();
    const lead = await holdLead(tx, who, wanted);
    const last = (await findLeadEvents(tx, lead)).at(-1);
    const step = closes({ ...lead, text: last?.text ?? null }, who, { outcome: request.outcome, text });
    if (step === 'refused')
        throw heldOrClosed(lead);
    const isUntaken = lead.state === 'open';
    const closed = step === 'done' ? stepped(lead, 'closed', request.outcome, who, isUntaken ? 2 : 1, now) : lead;
    if (step === 'done') {
        const taken = isUntaken ? [eventOf({ ...closed, outcome: null }, caller, who, 'taken', closed.events - 1, null, now)] : [];
        await keep(tx, closed, [...taken, eventOf(closed, caller, who, 'closed', closed.events, text, now)]);
    }
    return await answer(tx, caller, 'closeLead', step === 'done', closed, wanted, now);
}
/** The lead, which nobody else steps on with until the transaction ends. */
async function holdLead(tx, who, { id, reach }) {
    await holdLeads(tx, requireKey(id).person);
    const lead = await requireLead(tx, reach, id);
    if (!isOwn({ system: lead.doctorSystem, value: lead.doctorValue }, who))
        return lead;
    throw new Failure('rule-violated', {
        path: 'X-Acting-Practitioner',
        en: 'is the clinician whom the lead is about; it is followed up by somebody else',
        zh: '即该线索所涉的医务人员；线索须由他人核查',
    }, { person: lead.person });
}
function stepped(lead, state, outcome, reviewer, events, now) {
    return { ...lead, state, outcome, reviewer, events: lead.events + events, changedAt: now };
}
function eventOf({ person, id, outcome }, { institution, client }, practitioner, kind, number, text, at) {
    return { person, lead: id, number, kind, outcome, text, institution, client, practitioner, at };
}
async function keep(tx, lead, events) {
    await putLeads(tx, [lead]);
    await insertLeadEvents(tx, events);
}
async function answer(tx, caller, interaction, isNew, lead, { reach }, now) {
    const query = lead.outcome === null ? undefined : `outcome=${lead.outcome}`;
    const access = { person: lead.person, action: isNew ? 'U' : 'R', interaction, entities: entitiesOf(lead) };
    await recordAccess(tx, caller, [{ ...access, ...(query === undefined ? {} : { query }) }], now);
    return { isNew, lead: await leadWithEvidence(tx, caller, lead, reach, now) };
}
function heldOrClosed({ state, person }) {
    const issue = state === 'closed'
        ? {
            path: 'id',
            en: 'the lead is closed, with another outcome, in other words or by somebody else',
            zh: '该线索已办结，其结论、说明或办理人与本次不同',
        }
        : { path: 'id', en: 'somebody else has the lead in review', zh: '该线索正由他人核查' };
    return new Failure('conflict', issue, { person });
}
function textMissing() {
    return new Failure('rule-violated', {
        path: 'text',
        en: 'say how it was found out, and what follows from it',
        zh: '请说明核查情况及处理结果',
    });
}
