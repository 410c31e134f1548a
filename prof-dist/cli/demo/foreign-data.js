import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Answer, DemoError, find, listAt, textAt } from './answer.js';
import { systemOf } from './build-region.js';
import { SYSTEMS } from './code-systems.js';
import { Findings } from './findings.js';
import { BLOOD_COUNT_ITEMS, CENTRAL_HOSPITAL, CHEMISTRY_ITEMS, DISTRICT_HOSPITAL } from './region.js';
import { heading, Progress, table } from './terminal.js';
/**
 * Publishes somebody else's FHIR Bundles as one hospital and accounts for every entry of them; then another hospital asks for consent,
 * checks and looks up on what was published. True when every entry is accounted for and every promise held.
 */
export async function publishForeignData(region, folder, print) {
    const findings = new Findings(print);
    const publisher = systemOf(region, DISTRICT_HOSPITAL);
    const bundles = await readBundles(folder, print);
    const total = bundles.reduce((sum, it) => sum + it.entries.length, 0);
    heading(print, 2, `${DISTRICT_HOSPITAL.nameEn} publishes ${bundles.length} files with ${total} entries`);
    const progress = new Progress(print, 'entries', total);
    const accounts = [];
    for (const bundle of bundles) {
        accounts.push(accountFor(bundle, await publisher.publish(bundle.text)));
        progress.add(bundle.entries.length);
    }
    printAccounts(accounts, print);
    for (const it of accounts) {
        const refused = [...it.refused.values()].reduce((sum, count) => sum + count, 0);
        findings.expect(`every entry of ${it.file} is accounted for`, it.stored + it.matched + refused === it.entries, it);
    }
    findings.expect('something was published', accounts.some((it) => it.stored + it.matched > 0), accounts);
    heading(print, 3, `${CENTRAL_HOSPITAL.nameEn} asks about these patients`);
    const patients = bundles.flatMap((it) => it.entries.filter((entry) => textAt(entry, 'resource', 'resourceType') === 'Patient'));
    const rows = [['patient', 'document', 'without consent', 'verdicts with consent', 'look-up with consent']];
    for (const entry of patients)
        rows.push(await askAbout(region, find(entry, 'resource'), findings));
    table(print, rows);
    return findings.conclude();
}
/** Bundles of the folder: information on hospitals and practitioners first, since the others refer to it; then by name. */
async function readBundles(folder, print) {
    const names = (await readdir(folder).catch(() => [])).filter((it) => it.endsWith('.json')).toSorted();
    const bundles = [];
    for (const file of names) {
        const text = await readFile(join(folder, file), 'utf8');
        const content = parsed(text);
        const type = textAt(content, 'type');
        if (textAt(content, 'resourceType') === 'Bundle' && ['batch', 'transaction'].includes(type)) {
            bundles.push({ file, text, type, entries: listAt(content, 'entry') });
        }
        else
            print(`   ${file} is no batch or transaction Bundle and is left out`);
    }
    if (bundles.length === 0)
        throw new DemoError(`There is no FHIR batch or transaction (*.json) in ${folder}`);
    const rank = (it) => (/hospitalinformation/i.test(it.file) ? 0 : /practitionerinformation/i.test(it.file) ? 1 : 2);
    return bundles.toSorted((left, right) => rank(left) - rank(right));
}
function parsed(text) {
    try {
        return JSON.parse(text);
    }
    catch {
        return undefined;
    }
}
/** A batch has an answer an entry; a transaction is taken or refused as a whole. */
function accountFor(bundle, answer) {
    const { file, entries } = bundle;
    if (!answer.ok) {
        return { file, entries: entries.length, stored: 0, matched: 0, refused: new Map([[answer.complaint, entries.length]]) };
    }
    const answers = listAt(answer.body, 'entry');
    const statusOf = (it) => textAt(it, 'response', 'status').slice(0, 3);
    const refused = new Map();
    for (const it of answers.filter((one) => !statusOf(one).startsWith('2'))) {
        const why = `${statusOf(it)} ${new Answer(Number(statusOf(it)), '', find(it, 'response', 'outcome')).complaint}`;
        refused.set(why, (refused.get(why) ?? 0) + 1);
    }
    return {
        file,
        entries: entries.length,
        stored: answers.filter((it) => statusOf(it) === '201').length,
        matched: answers.filter((it) => statusOf(it) === '200').length,
        refused,
    };
}
function printAccounts(accounts, print) {
    const sum = (of) => accounts.reduce((total, it) => total + of(it), 0);
    const refusedOf = (it) => [...it.refused.values()].reduce((total, count) => total + count, 0);
    table(print, [
        ['file', 'entries', 'stored', 'matched', 'refused'],
        ...accounts.map((it) => [it.file, ...[it.entries, it.stored, it.matched, refusedOf(it)].map(String)]),
        ['all', ...[sum((it) => it.entries), sum((it) => it.stored), sum((it) => it.matched), sum(refusedOf)].map(String)],
    ]);
    for (const { file, refused } of accounts)
        for (const [why, count] of refused)
            print(`   ${file}: ${count} refused, ${why}`);
}
/** The second hospital registers the patient by the same documents, asks without and with consent, and looks up. */
async function askAbout(region, resource, findings) {
    const system = systemOf(region, CENTRAL_HOSPITAL);
    const acting = { clinician: CENTRAL_HOSPITAL.doctor };
    const name = nameOf(resource);
    const document = documentOf(resource);
    const id = await registerPatient(system, resource);
    const lookUp = () => system.fhir((client, options) => client.operation({ name: '$prior-results', resourceType: 'Patient', id, method: 'GET', input: { _count: 100 }, options }), acting);
    const closed = await lookUp();
    findings.expect(`without consent nothing of ${name} is shown`, closed.status === 403, closed.status);
    const body = { patient: { id }, decision: 'permit', grantee: { uscc: CENTRAL_HOSPITAL.uscc }, method: 'signed-paper' };
    const consent = (await system.send('POST', '/v1/consents', { acting, body })).expectOk('Recording the consent');
    const question = { patient: { id }, setting: 'outpatient', trigger: 'order-entry', items: ASKED };
    const check = (await system.send('POST', '/v1/recognition-checks', { acting, body: question })).expectOk('The check');
    const opened = (await lookUp()).expectOk('The look-up');
    const reports = listAt(opened.body, 'entry').filter((it) => textAt(it, 'search', 'mode') === 'match').length;
    findings.expect(document ? `with consent reports of ${name} are shown` : `without a document in common ${name} is linked to nobody`, document ? reports > 0 : reports === 0, `${reports} reports`);
    const withdrawn = await system.send('POST', `/v1/consents/${textAt(consent.body, 'id')}/withdrawal`, { acting, body: {} });
    const after = await lookUp();
    findings.expect(`after the withdrawal nothing of ${name} is shown`, withdrawn.ok && after.status === 403, after.status);
    const more = listAt(opened.body, 'link').some((it) => textAt(it, 'relation') === 'next') ? ' and more' : '';
    return [name, document || 'none: not linked', closed.code, countVerdicts(check), `${reports}${more} reports`];
}
/** Items that are asked about: a blood count, a chemistry panel and what else primary care measures. */
const ASKED = [...BLOOD_COUNT_ITEMS, ...CHEMISTRY_ITEMS, 'HBA1C', 'CT-CHEST-PLAIN'];
function countVerdicts(check) {
    const counts = new Map();
    for (const it of listAt(check.body, 'items'))
        counts.set(textAt(it, 'verdict'), (counts.get(textAt(it, 'verdict')) ?? 0) + 1);
    return [...counts].map(([verdict, count]) => `${count} ${verdict}`).join(', ');
}
function nameOf(resource) {
    const parts = [textAt(resource, 'name', 0, 'given', 0), textAt(resource, 'name', 0, 'family')].filter(Boolean);
    return parts.join(' ') || textAt(resource, 'name', 0, 'text');
}
/** Kinds of identity document (HL7 v2-0203) by which two hospitals can mean the same person; their own numbers cannot. */
const DOCUMENTS = new Map([
    ['NNCHN', 'ID card'],
    ['PPN', 'passport'],
    ['DL', 'driving licence'],
    ['NI', 'national number'],
    ['MI', 'military number'],
]);
/** The first identity document of a patient; empty where there is none. */
function documentOf(resource) {
    const documents = listAt(resource, 'identifier').map((it) => textAt(it, 'system') === SYSTEMS.idCard ? 'ID card' : (DOCUMENTS.get(textAt(it, 'type', 'coding', 0, 'code')) ?? ''));
    return documents.find(Boolean) ?? '';
}
/** The patient as the second hospital would write it down from the same documents: identifiers, name, sex, birth date. */
async function registerPatient(system, resource) {
    const copied = Object.fromEntries(['identifier', 'name', 'gender', 'birthDate'].map((it) => [it, find(resource, it)]));
    const number = createHash('sha256').update(JSON.stringify(copied)).digest('hex').slice(0, 12).toUpperCase();
    const own = { system: `https://${CENTRAL_HOSPITAL.key}.demo.example/patient`, value: number };
    const body = { resourceType: 'Patient', ...copied, identifier: [...listAt(copied, 'identifier'), own] };
    const answer = await system.fhir((client, options) => client.create({
        resourceType: 'Patient',
        body,
        options: { ...options, headers: { ...options.headers, 'if-none-exist': `identifier=${own.system}|${own.value}` } },
    }));
    return answer.expectOk(`Registering ${nameOf(resource)}`).locatedId;
}
