import { exportJWK, generateKeyPair } from 'jose';
import { find, listAt, textAt } from './answer.js';
import { certifyHospitals } from './certify-hospitals.js';
import { SYSTEMS } from './code-systems.js';
import { CallingSystem } from './http-client.js';
import { ALLIANCE, COMMISSION, HOSPITALS, NAMED_REGION, organizationText, priceLists } from './region.js';
import { table } from './terminal.js';
const HOSPITAL_SCOPES = ['system/*.cruds', 'recognition.check', 'recognition.decide'];
/** Registered for hospitals beside those of every day; a token has it only where a clinician is named in it. */
const BREAK_GLASS = 'break-glass';
const AUDITOR_SCOPES = ['system/AuditEvent.rs', 'audit.read', 'audit.review', 'savings.read'];
const OPERATOR_SCOPES = ['operator', 'system/Organization.cruds'];
/** Registers institutions, alliance, named region, prices, quality certificates, and one calling system each, over the gateway's own doors. */
export async function buildRegion(url, operator, print) {
    const system = new CallingSystem(url, { ...operator, scopes: OPERATOR_SCOPES });
    const isNew = await registerInstitutions(system);
    await registerAlliance(system);
    await setPrices(system);
    if (isNew) {
        await certifyHospitals(system, HOSPITALS.map((it) => it.uscc));
    }
    const clients = new Map();
    for (const institution of [...HOSPITALS, COMMISSION]) {
        const scopes = institution === COMMISSION ? AUDITOR_SCOPES : HOSPITAL_SCOPES;
        clients.set(institution.key, await registerClient(system, institution, scopes));
    }
    table(print, [
        ['institution', '', 'level', 'division', '统一社会信用代码', 'client'],
        ...[...HOSPITALS, COMMISSION].map((it) => [
            it.nameZh,
            it.nameEn,
            'level' in it ? String(it.level) : '-',
            `${it.division.code} ${it.division.name}`,
            it.uscc,
            clients.get(it.key)?.registration.clientId ?? '',
        ]),
    ]);
    const auditor = clients.get(COMMISSION.key);
    return { operator: system, auditor, hospitals: clients, isNew };
}
/** The system of an institution of the region. */
export function systemOf(region, institution) {
    const system = region.hospitals.get(institution.key);
    if (!system)
        throw new RangeError(`${institution.nameEn} has no calling system`);
    return system;
}
/** A new ES384 key and a client for it: the private half never leaves the calling system. */
async function registerClient(operator, institution, scopes) {
    const { publicKey, privateKey } = await generateKeyPair('ES384', { extractable: true });
    const kid = `${institution.key}-${Date.now().toString(36)}`;
    const jwk = { ...(await exportJWK(publicKey)), kid, alg: 'ES384', use: 'sig' };
    const body = {
        institution: institution.uscc,
        name: `HIS of ${institution.nameEn}`,
        jwks: { keys: [jwk] },
        scopes: 'doctor' in institution ? [...scopes, BREAK_GLASS] : scopes,
    };
    const answer = (await operator.send('POST', '/v1/clients', { body })).expectOk(`Registering a client of ${institution.nameEn}`);
    const privateJwk = { ...(await exportJWK(privateKey)), kid, alg: 'ES384' };
    return new CallingSystem(operator.url, { clientId: textAt(answer.body, 'id'), privateJwk, scopes });
}
/** One transaction for all four; those that are registered already stay as they are. Answers whether all of them are new. */
async function registerInstitutions(operator) {
    const entries = [...HOSPITALS, COMMISSION].map((institution) => {
        const request = { method: 'POST', url: 'Organization', ifNoneExist: `identifier=${SYSTEMS.organization}|${institution.uscc}` };
        return `{"resource":${organizationText(institution)},"request":${JSON.stringify(request)}}`;
    });
    const answer = await operator.publish(`{"resourceType":"Bundle","type":"transaction","entry":[${entries.join(',')}]}`);
    return listAt(answer.expectOk('Registering the institutions').body, 'entry').every((it) => textAt(find(it, 'response'), 'status').startsWith('201'));
}
async function registerAlliance(operator) {
    const { code, name, members } = ALLIANCE;
    (await operator.send('PUT', `/v1/alliances/${code}`, { body: { name, members } })).expectOk('Registering the alliance');
    const region = { name: NAMED_REGION.name, divisions: NAMED_REGION.divisions };
    (await operator.send('PUT', `/v1/regions/${NAMED_REGION.code}`, { body: region })).expectOk('Registering the named region');
}
async function setPrices(operator) {
    for (const list of priceLists()) {
        (await operator.send('PUT', '/v1/catalogue/prices', { body: list })).expectOk('Setting prices');
    }
}
