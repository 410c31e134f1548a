import { takeTurns } from '../database/take-turns.js';
const COLUMNS = `l.person, l.id, l.report, l.item, l.institution, l.performed_at as "performedAt", l.doctor_system as "doctorSystem",
  l.doctor_value as "doctorValue", l.doctor_name as "doctorName", l.opened_at as "openedAt", l.state, l.outcome, l.reviewer, l.events,
  l.changed_at as "changedAt"`;
/** pg answers bigint as text. */
function withKeys(row) {
    return { ...row, person: BigInt(row.person), id: BigInt(row.id), report: BigInt(row.report) };
}
/** Lets those who judge the reports of a person, or step on with the leads of it, take turns until the end of the transaction. */
export async function holdLeads(tx, person) {
    await takeTurns(tx, `leads ${person}`);
}
/** The leads of a report, by item. Served by `leads_once`. */
export async function findLeadsOfReport(reader, report) {
    const { rows } = await reader.$client.query({
        name: 'find-leads-of-report',
        text: `select ${COLUMNS} from leads l where l.person = $1 and l.report = $2`,
        values: [report.person, report.id],
    });
    return new Map(rows.map((it) => [it.item, withKeys(it)]));
}
/** A lead within reach; one of another institution is as unknown as one that never was. By primary key. */
export async function findLead(reader, key, institution) {
    const { rows } = await reader.$client.query({
        name: 'find-lead',
        text: `select ${COLUMNS} from leads l where l.person = $1 and l.id = $2 and ($3::integer is null or l.institution = $3)`,
        values: [key.person, key.id, institution ?? null],
    });
    return rows.map(withKeys)[0];
}
/** What happened to a lead, in its order. By primary key. */
export async function findLeadEvents(reader, key) {
    const { rows } = await reader.$client.query({
        name: 'find-lead-events',
        text: `select person, lead, number, kind, outcome, text, institution, client, practitioner, at
             from lead_events where person = $1 and lead = $2 order by number`,
        values: [key.person, key.id],
    });
    return rows.map((it) => ({ ...it, person: BigInt(it.person), lead: BigInt(it.lead) }));
}
const asJson = (rows) => JSON.stringify(rows, (_key, value) => (typeof value === 'bigint' ? String(value) : value));
/** Puts the leads where they stand now, new ones among them, in one statement. */
export async function putLeads(tx, rows) {
    if (rows.length === 0)
        return;
    await tx.$client.query({
        name: 'put-leads',
        text: `insert into leads (person, id, report, item, institution, performed_at, doctor_system, doctor_value, doctor_name, opened_at, state,
             outcome, reviewer, events, changed_at)
           select person, id, report, item, institution, "performedAt", "doctorSystem", "doctorValue", "doctorName", "openedAt", state, outcome,
             nullif(reviewer, 'null'::jsonb), events, "changedAt"
             from jsonb_to_recordset($1::jsonb) as it (person bigint, id bigint, report bigint, item text, institution integer,
               "performedAt" timestamptz, "doctorSystem" text, "doctorValue" text, "doctorName" text, "openedAt" timestamptz, state text,
               outcome text, reviewer jsonb, events smallint, "changedAt" timestamptz)
           on conflict (person, id) do update set state = excluded.state, outcome = excluded.outcome, reviewer = excluded.reviewer,
             events = excluded.events, changed_at = excluded.changed_at`,
        values: [asJson(rows)],
    });
}
/** Adds what happened to leads, in one statement. */
export async function insertLeadEvents(tx, rows) {
    if (rows.length === 0)
        return;
    await tx.$client.query({
        name: 'insert-lead-events',
        text: `insert into lead_events (person, lead, number, kind, outcome, text, institution, client, practitioner, at)
           select person, lead, number, kind, outcome, text, institution, client, nullif(practitioner, 'null'::jsonb), at
             from jsonb_to_recordset($1::jsonb) as it (person bigint, lead bigint, number smallint, kind text, outcome text, text text,
               institution integer, client text, practitioner jsonb, at timestamptz)`,
        values: [asJson(rows)],
    });
}
/** Leads that fit, the latest examination first. Served by `leads_by_institution` or `leads_by_time`. */
export async function listLeadRows(reader, filter, page) {
    const values = [];
    const bind = (it) => `$${values.push(it)}`;
    const { institutions, state, item, doctor, from, to } = filter;
    const conditions = [
        ...institutions.map((it) => `l.institution = ${bind(it)}`),
        ...(state === undefined ? [] : [`l.state = ${bind(state)}`]),
        ...(item === undefined ? [] : [`l.item = ${bind(item)}`]),
        ...(doctor === undefined ? [] : [`l.doctor_value = ${bind(doctor.value)}`]),
        ...(doctor?.system === undefined ? [] : [`l.doctor_system = ${bind(doctor.system)}`]),
        ...(from === undefined ? [] : [`l.performed_at >= ${bind(from)}::timestamptz`]),
        ...(to === undefined ? [] : [`l.performed_at < ${bind(to)}::timestamptz`]),
        ...(page.after ? [`(l.performed_at, l.id) < (${bind(page.after.at)}::timestamptz, ${bind(page.after.id)}::bigint)`] : []),
    ];
    const { rows } = await reader.$client.query(`select ${COLUMNS} from leads l ${conditions.length > 0 ? `where ${conditions.join(' and ')}` : ''}
      order by l.performed_at desc, l.id desc limit ${bind(page.limit)}`, values);
    return rows.map(withKeys);
}
