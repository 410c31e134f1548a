import { randomUUID } from 'node:crypto';
import { exportJWK, generateKeyPair } from 'jose';
import { recordAccess } from '../access-log/record-access.js';
import { setCertificates } from '../catalogue/certificates/set-certificates.js';
import { findItems } from '../catalogue/items/find-items.js';
import { loadEdition } from '../catalogue/items/load-edition.js';
import { setPrices } from '../catalogue/prices/set-prices.js';
import { setRuleAssignments } from '../catalogue/rules/set-rule-assignments.js';
import { seedCatalogue } from '../catalogue/seed-catalogue.js';
import { transact } from '../database/client.js';
import { Failure } from '../failure.js';
import { createOperator } from '../institutions/create-operator.js';
import { findInstitutionByUscc, findInstitutionsByUscc } from '../institutions/find-institution.js';
import { USCC_SYSTEM } from '../institutions/uscc.rules.js';
import { registerClient } from '../security/register-client.js';
import { AUDITOR_SCOPES, Auditor } from './auditor.js';
import { DAY_MS, periodOf } from './calendar.rules.js';
import { callerOf, Doors, PUBLIC_URL } from './doors.js';
import { creditCode, planCertificates, planInstitutions } from './region.rules.js';
export const HOSPITAL_SCOPES = ['system/*.cruds', 'recognition.check', 'recognition.decide', 'break-glass'];
const OPERATOR_SCOPES = ['operator', 'system/Organization.cruds'];
/** The region is made so long before its first day. */
const AHEAD_MS = 14 * DAY_MS;
/** The list that seeds bring along and that the region is simulated with, and a day on which it holds. */
const EDITION_DAY = new Date('2024-06-01T00:00:00+08:00');
const ORGANIZATIONS_AT_ONCE = 100;
const CERTIFICATES_AT_ONCE = 5_000;
/**
 * Makes the region through the verbs behind the operator's own doors: institutions, calling systems, archives, the list in force from the first
 * day on, rules, certificates and prices. Nothing is written past them.
 */
export async function buildRegion(app, preset, scale, seed) {
    const period = periodOf(preset);
    const now = new Date(period.from - AHEAD_MS);
    const doors = new Doors(app);
    await seedCatalogue(app.db, now);
    const key = await freshKey();
    const operator = await makeOperator(app, preset, now);
    const items = await loadList(app, operator, preset, now);
    const planned = planInstitutions(preset, scale, seed);
    const numbers = await registerInstitutions(app, doors, operator, planned, now);
    const institutions = [];
    for (const it of planned) {
        const number = numbers.get(it.uscc);
        const client = await registerSystem(app, operator, number, { name: `HIS ${it.name}`, key, scopes: HOSPITAL_SCOPES }, now);
        const archive = await publishArchive(doors, { number, client, uscc: it.uscc }, now);
        institutions.push({ ...it, number, client, archive });
    }
    await transact(app.db, (tx) => setRuleAssignments(tx, operator, [{ division: preset.division, ruleSet: preset.ruleSet, validFrom: preset.from }], now));
    const first = new Date(period.from);
    for (const it of planned)
        await priceItems(app, operator, it, preset, first);
    await certify(app, operator, planned, { preset, seed }, first);
    const audit = await registerSystem(app, operator, operator.institution, { name: '审计', key, scopes: AUDITOR_SCOPES }, now);
    const auditor = new Auditor(app, PUBLIC_URL, { client: audit, institution: operator.institution });
    return { app, doors, preset, seed, period, institutions, items, auditor };
}
async function freshKey() {
    const { publicKey } = await generateKeyPair('ES384', { extractable: true });
    return { ...(await exportJWK(publicKey)), kid: 'simulation', alg: 'ES384', use: 'sig' };
}
async function makeOperator(app, preset, now) {
    const uscc = creditCode('500000', 0);
    return await transact(app.db, async (tx) => {
        const { clientId } = await createOperator(tx, { name: `${preset.title}（模拟）运营方`, uscc, another: true }, now);
        const institution = await findInstitutionByUscc(tx, uscc);
        if (!institution)
            throw new Error('the operator that was just made is not there');
        return callerOf({ number: institution.institution, client: clientId }, null, OPERATOR_SCOPES);
    });
}
/** The list of items in force from the first day on: that of the first seed edition, which is published for a later day. */
async function loadList(app, operator, preset, now) {
    const { items } = await findItems(app.db, null, EDITION_DAY);
    const head = { edition: `simulation-${preset.name}`, title: `${preset.title}（模拟）`, effectiveFrom: preset.from };
    await transact(app.db, async (tx) => {
        const { edition } = await loadEdition(tx, head, [...items.values()], now);
        const entities = [`CatalogueEdition/${edition.edition}/_history/${edition.revision}`];
        await recordAccess(tx, operator, [{ person: 0n, action: 'C', interaction: 'loadEdition', entities }], now);
    });
    return items;
}
async function registerInstitutions(app, doors, operator, planned, now) {
    for (let start = 0; start < planned.length; start += ORGANIZATIONS_AT_ONCE) {
        const entry = planned
            .slice(start, start + ORGANIZATIONS_AT_ONCE)
            .map((it) => ({ resource: organization(it), request: { method: 'POST', url: 'Organization' } }));
        const answer = await doors.publish({ ...operator, requestId: randomUUID() }, { resourceType: 'Bundle', type: 'transaction', entry }, now);
        if (answer instanceof Failure)
            throw answer;
    }
    const found = await findInstitutionsByUscc(app.db, planned.map((it) => it.uscc));
    return new Map([...found].map(([uscc, it]) => [uscc, it.institution]));
}
const GRADES = { 1: '8', 2: '5', 3: '2' };
function organization({ name, uscc, level, district }) {
    const coded = (what, system, code) => ({
        url: `http://fhir.cq.hc/StructureDefinition/${what}`,
        valueCoding: { system: `http://fhir.cq.hc/CodeSystem/${system}`, code },
    });
    return {
        resourceType: 'Organization',
        extension: [
            coded('hc-mdm-administrativedivision', 'cq-administrativedivision-code-system', district),
            coded('hc-mdm-hospitallevel', 'cn-hospitalleve-code-system', GRADES[level]),
        ],
        identifier: [{ system: USCC_SYSTEM, value: uscc }],
        active: true,
        name,
    };
}
async function registerSystem(app, operator, institution, { name, key, scopes }, now) {
    return await transact(app.db, async (tx) => {
        const client = await registerClient(tx, institution, { name, jwks: { keys: [key] }, scopes }, { privateJwksUrls: false }, now);
        await recordAccess(tx, operator, [{ person: 0n, action: 'C', interaction: 'registerClient', entities: [`Client/${client.id}`] }], now);
        return client.id;
    });
}
async function publishArchive(doors, who, now) {
    const resource = {
        resourceType: 'Endpoint',
        status: 'active',
        connectionType: { system: 'http://terminology.hl7.org/CodeSystem/endpoint-connection-type', code: 'dicom-wado-rs' },
        payloadType: [{ text: 'DICOM' }],
        address: `https://${who.uscc.toLowerCase()}.example/dicomweb`,
    };
    const entry = [{ resource, request: { method: 'POST', url: 'Endpoint' } }];
    const answer = await doors.publish(callerOf(who, null, HOSPITAL_SCOPES), { resourceType: 'Bundle', type: 'transaction', entry }, now);
    if (answer instanceof Failure)
        throw answer;
    return answer[0];
}
/** What is ordered costs what the level of the receiving institution says, from the first day on: prices are checked against the list then in force. */
async function priceItems(app, operator, { uscc, level }, { orderSets }, first) {
    const prices = Object.values(orderSets).flatMap(({ items, priceFen }) => items.map((item) => ({ item, amountFen: priceFen[level - 1] })));
    await transact(app.db, (tx) => setPrices(tx, operator, { holder: { uscc }, prices }, first));
}
/** What is ordered is certified by the quality assessment of the whole division, but for what the plan leaves out. */
async function certify(app, operator, planned, { preset, seed }, first) {
    const items = [...new Set(Object.values(preset.orderSets).flatMap((it) => it.items))];
    const rows = planned.flatMap(({ uscc }) => planCertificates(preset, seed, uscc, items).map(({ item, validFrom, validUntil }) => ({
        uscc,
        item,
        scheme: `${preset.title}室间质评`,
        scope: `province:${preset.division}`,
        score: '92',
        valid_from: validFrom,
        valid_until: validUntil,
        mark: '',
    })));
    for (let start = 0; start < rows.length; start += CERTIFICATES_AT_ONCE) {
        const drafts = rows.slice(start, start + CERTIFICATES_AT_ONCE).map((cells) => ({ cells, placeOf: (column) => column }));
        await transact(app.db, (tx) => setCertificates(tx, operator, drafts, first));
    }
}
