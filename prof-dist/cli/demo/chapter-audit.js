import { find, listAt, numberAt, textAt } from './answer.js';
import { systemOf } from './build-region.js';
import { SYSTEMS } from './code-systems.js';
import { CENTRAL_HOSPITAL, COMMISSION } from './region.js';
import { table } from './terminal.js';
/** Outcomes of an AuditEvent, in words. */
const OUTCOMES = { 0: 'success', 4: 'refused', 8: 'failed', 12: 'broken down' };
/** The auditor pulls everything of this story as lines of JSON, and each person's own log; every step must be in it. */
export async function pullAccessLog(scene, cast) {
    const { print, findings } = scene;
    const startedAt = performance.now();
    const all = await pull(scene, { from: scene.now.toISOString() });
    const seconds = (performance.now() - startedAt) / 1_000;
    print(`   ${all.length} entries since the story began, pulled as NDJSON at ${Math.round(all.length / seconds)}/s`);
    const own = await pull(scene, { patient: `${SYSTEMS.idCard}|${cast.traveller.idCard}` });
    print(`   who looked at ${cast.traveller.name}'s data (${own.length} entries, the latest first):`);
    table(print, [['time (UTC)', 'institution', 'clinician', 'what', 'outcome'], ...own.slice(0, 14).map(rowOf)]);
    await expectTraces(scene, own, cast.traveller);
    await expectTraces(scene, await pull(scene, { patient: `${SYSTEMS.idCard}|${cast.neighbour.idCard}` }), cast.neighbour);
    const emergency = await pull(scene, { patient: `${SYSTEMS.idCard}|${cast.unconscious.idCard}` });
    await expectTraces(scene, emergency, cast.unconscious);
    const broken = emergency.find((it) => textAt(it, 'interaction') === 'priorResults' && textAt(it, 'purpose') === 'BTG' && numberAt(it, 'outcome') === 0);
    findings.verify('an emergency access is logged with its reason and marked for review', textAt(broken, 'reason') !== '' && find(broken, 'reviewDue') === true, broken);
    await reviewEmergency(scene, textAt(broken, 'id'));
    const token = all.some((it) => textAt(it, 'failure') === 'token-missing' && numberAt(it, 'outcome') === 4);
    findings.verify('a caller without a token is in the log', token);
    const reading = await pull(scene, { interaction: 'exportAccessLog', from: scene.now.toISOString() });
    findings.verify('reading the log is in the log', reading.some((it) => textAt(it, 'institution', 'uscc') === COMMISSION.uscc), reading.length);
    await expectReach(scene, cast);
    await expectAuditEvents(scene, cast, own.length);
}
/** Entries of the log that meet the filter, as lines of JSON. */
async function pull(scene, filter) {
    const answer = await scene.region.auditor.send('GET', `/v1/access-log?${String(new URLSearchParams(filter))}`, {
        acting: { clinician: COMMISSION.auditor },
        headers: { accept: 'application/x-ndjson' },
    });
    const lines = answer.expectOk('Pulling the access log').text.split('\n').filter(Boolean);
    return lines.map((line) => JSON.parse(line));
}
/** Somebody else than the doctor who looked says whether it was right; the patient's log shows it. */
async function reviewEmergency(scene, id) {
    const { auditor } = scene.region;
    const acting = { clinician: COMMISSION.auditor };
    const open = await auditor.send('GET', `/v1/emergency-accesses?${String(new URLSearchParams({ state: 'open', from: scene.now.toISOString() }))}`, { acting });
    scene.findings.verify('an emergency access waits on the list for its review', listAt(open.body, 'accesses').some((it) => textAt(it, 'id') === id), open.complaint);
    const body = { outcome: 'justified', text: '患者昏迷，急诊病历与理由相符' };
    const reviewed = await auditor.send('POST', `/v1/emergency-accesses/${id}/review`, { acting, body });
    scene.print(`   the emergency access is reviewed by ${COMMISSION.auditor.name}: ${textAt(reviewed.body, 'review', 'outcome')} – ${body.text}`);
    scene.findings.verify('its review has an outcome', textAt(reviewed.body, 'review', 'outcome') === 'justified', reviewed.complaint);
}
/** Every step of the story with this person has its entry. */
async function expectTraces(scene, entries, person) {
    const traces = scene.traces.filter((it) => it.person === person);
    const missing = traces.filter((trace) => !entries.some((entry) => isOf(entry, trace)));
    scene.findings.verify(`each of the ${traces.length} steps with ${person.name} is in the log, refusals included`, traces.length > 0 && missing.length === 0, missing.map((it) => it.what));
}
function isOf(entry, trace) {
    return (textAt(entry, 'interaction') === trace.interaction &&
        OUTCOMES[numberAt(entry, 'outcome')] === trace.outcome &&
        textAt(entry, 'institution', 'uscc') === trace.institution.uscc &&
        textAt(entry, 'practitioner', 'value') === (trace.clinician?.value ?? '') &&
        (trace.clinician === undefined || textAt(entry, 'practitioner', 'name') === trace.clinician.name) &&
        textAt(entry, 'purpose') === (trace.purpose ?? 'TREAT'));
}
/** A hospital sees what it did itself, and nothing of others. */
async function expectReach(scene, cast) {
    const patient = `${SYSTEMS.idCard}|${cast.traveller.idCard}`;
    const answer = await systemOf(scene.region, CENTRAL_HOSPITAL).send('GET', `/v1/access-log?${String(new URLSearchParams({ patient, limit: '100' }))}`, {
        acting: { clinician: CENTRAL_HOSPITAL.doctor },
    });
    const entries = listAt(answer.body, 'entries');
    const foreign = entries.filter((it) => textAt(it, 'institution', 'uscc') !== CENTRAL_HOSPITAL.uscc);
    scene.findings.verify('a hospital reads its own accesses and nobody else’s', entries.length > 0 && foreign.length === 0, answer.complaint || foreign[0]);
}
/** The same entries as FHIR AuditEvents (IHE BALP), searched as ITI-81 has it. */
async function expectAuditEvents(scene, cast, count) {
    const date = [`ge${scene.now.toISOString()}`, `le${new Date(Date.now() + 60_000).toISOString()}`];
    const searchParams = { date, 'patient.identifier': `${SYSTEMS.idCard}|${cast.traveller.idCard}`, _count: 200 };
    const answer = await scene.region.auditor.fhir((client, options) => client.search({ resourceType: 'AuditEvent', searchParams, options }), {
        clinician: COMMISSION.auditor,
    });
    const events = listAt(answer.body, 'entry').map((it) => find(it, 'resource'));
    const whole = events.every((it) => textAt(it, 'resourceType') === 'AuditEvent' && listAt(it, 'agent').length > 0);
    scene.findings.verify(`the same entries are FHIR AuditEvents (${events.length} found by ITI-81)`, whole && events.length >= count, answer.complaint || `${events.length} of ${count}`);
}
function rowOf(entry) {
    const outcome = OUTCOMES[numberAt(entry, 'outcome')] ?? '';
    const failure = textAt(entry, 'failure');
    return [
        textAt(entry, 'recordedAt').slice(11, 19),
        textAt(entry, 'institution', 'name'),
        textAt(entry, 'practitioner', 'name') || '-',
        textAt(entry, 'interaction') + (textAt(entry, 'purpose') === 'TREAT' ? '' : ` ${textAt(entry, 'purpose')}`),
        failure ? `${outcome}: ${failure}` : outcome,
    ];
}
