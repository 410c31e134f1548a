import type { Transaction } from '../database/client.ts';
import type { Json } from '../fhir/exact-json.ts';
import { freshNumber } from '../resources/resource-id.ts';
import type { NamedClinician } from './examination.rules.ts';
import { findDoctor } from './find-doctor.ts';
import type { FindingRow } from './finding.queries.ts';
import type { Judgement } from './finding.rules.ts';
import { findLeadsOfReport, insertLeadEvents, type LeadEventRow, type LeadRow, putLeads } from './lead.queries.ts';
import { type Settlement, settle } from './lead.rules.ts';

/** An item of an examination, judged. */
export interface JudgedItem {
  readonly item: string;
  readonly judgement: Judgement;
  readonly row: FindingRow;
}

/** What says who was behind an examination. */
interface Behind {
  readonly report: Json;
  readonly orders: readonly Json[];
}

/**
 * Opens, closes and reopens the leads of a report after its items were judged anew, with an event for each. The leads of the person must be held.
 * Five statements at most.
 */
export async function settleLeads(tx: Transaction, judged: readonly JudgedItem[], behind: Behind | undefined, now: Date): Promise<void> {
  const [first] = judged;
  if (!first) return;
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
  await insertLeadEvents(
    tx,
    steps.map(({ settlement }, index) => eventOf(rows[index] as LeadRow, settlement, now)),
  );
}

/** A new lead, before its first event. Who was shown the prior result is behind the examination; else who is named by its order or report. */
function opened({ row, judgement }: JudgedItem, named: NamedClinician | undefined, now: Date): LeadRow {
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

function after(settlement: Settlement, lead: LeadRow, now: Date): LeadRow {
  const outcome = settlement.kind === 'closed' ? settlement.outcome : null;
  const state = settlement.kind === 'closed' ? 'closed' : 'open';
  return { ...lead, state, outcome, reviewer: null, events: lead.events + 1, changedAt: now };
}

function eventOf({ person, id, events, outcome }: LeadRow, { kind }: Settlement, now: Date): LeadEventRow {
  return { person, lead: id, number: events, kind, outcome, text: null, institution: null, client: null, practitioner: null, at: now };
}
