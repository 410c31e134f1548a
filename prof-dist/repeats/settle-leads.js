import { freshNumber } from '../resources/resource-id.js';
import { findDoctor } from './find-doctor.js';
import { findLeadsOfReport, insertLeadEvents, putLeads } from './lead.queries.js';
import { settle } from './lead.rules.js';
/**
 * Opens, closes and reopens the leads of a report after its items were judged anew, with an event for each. The leads of the person must be held.
 * Five statements at most.
 */
export async function settleLeads(tx, judged, behind, now) {
    const [first] = judged;
    if (!first)
        return;
    const leads = await findLeadsOfReport(tx, { person: first.row.person, id: first.row.report });
    const steps = judged.flatMap((it) => {
        const lead = leads.get(it.item);
        const settlement = settle(it.judgement.outcome, lead);
        return settlement ? { ...it, lead, settlement } : [];
    });
    const isNamed = steps.every((it) => it.lead || it.judgement.check);
    const doctor = isNamed || !behind ? undefined : await findDoctor(tx, behind.report, behind.orders);
    const rows = steps.map((it) => after(it.settlement, it.lead ?? opened(it, doctor, now), now));
    await putLeads(tx, rows);
    await insertLeadEvents(tx, steps.map(({ settlement }, index) => eventOf(rows[index], settlement, now)));
}
/** A new lead, before its first event. Who was shown the prior result is behind the examination; else who is named by its order or report. */
function opened({ row, judgement }, named, now) {
    const doctor = judgement.check?.practitioner ?? named;
    return {
        person: row.person,
        id: freshNumber(),
        report: row.report,
        item: row.item,
        institution: row.institution,
        performedAt: row.performedAt,
        doctorSystem: doctor?.system ?? null,
        doctorValue: doctor?.value ?? null,
        doctorName: doctor?.name ?? null,
        openedAt: now,
        state: 'open',
        outcome: null,
        reviewer: null,
        events: 0,
        changedAt: now,
    };
}
function after(settlement, lead, now) {
    const outcome = settlement.kind === 'closed' ? settlement.outcome : null;
    const state = settlement.kind === 'closed' ? 'closed' : 'open';
    return { ...lead, state, outcome, reviewer: null, events: lead.events + 1, changedAt: now };
}
function eventOf({ person, id, events, outcome }, { kind }, now) {
    return { person, lead: id, number: events, kind, outcome, text: null, institution: null, client: null, practitioner: null, at: now };
}
