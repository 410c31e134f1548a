import { randomUUID } from 'node:crypto';
import { exportJWK, generateKeyPair } from 'jose';
import { cdsIssuerOf } from '../../bench/signed-jwts.js';
import { usccCheckSign } from '../../institutions/uscc.rules.js';
import { textAt } from '../demo/answer.js';
import { certifyHospitals } from '../demo/certify-hospitals.js';
import { CallingSystem } from '../demo/http-client.js';
import { makeOperator } from '../operator.js';
const HOSPITAL_SCOPES = ['system/*.cruds', 'recognition.check', 'recognition.decide'];
/**
 * Registers so many hospitals that do not exist, each with quality certificates and a calling system, through the gateway's own doors. The first
 * one may read the access log of the whole region as well.
 */
export async function registerHospitals(url, databaseUrl, count) {
    const owner = { name: 'Bench', uscc: creditCode(0), district: '500000', another: false };
    const { clientId, privateJwk, scopes } = await makeOperator(databaseUrl, owner, new Date());
    const operator = new CallingSystem(url, { clientId, privateJwk, scopes });
    const numbers = Array.from({ length: count }, (_, index) => index + 1);
    const entry = numbers.map((it) => ({ resource: organization(it), request: { method: 'POST', url: 'Organization' } }));
    const answer = await operator.publish(JSON.stringify({ resourceType: 'Bundle', type: 'transaction', entry }));
    answer.expectOk('Registering the hospitals');
    await certifyHospitals(operator, numbers.map(creditCode));
    return Promise.all(numbers.map(async (it) => new CallingSystem(url, await registerClient(operator, it))));
}
async function registerClient(operator, hospital) {
    const { publicKey, privateKey } = await generateKeyPair('ES384', { extractable: true });
    const scopes = hospital === 1 ? [...HOSPITAL_SCOPES, 'audit.read'] : HOSPITAL_SCOPES;
    const name = { kid: randomUUID(), alg: 'ES384', use: 'sig' };
    const jwks = { keys: [{ ...(await exportJWK(publicKey)), ...name }] };
    const body = {
        institution: creditCode(hospital),
        name: `HIS ${hospital}`,
        jwks,
        scopes,
        cdsHooks: { issuer: cdsIssuerOf(name.kid) },
    };
    const answer = (await operator.send('POST', '/v1/clients', { body })).expectOk('Registering a client');
    return { clientId: textAt(answer.body, 'id'), privateJwk: { ...(await exportJWK(privateKey)), ...name }, scopes };
}
function organization(hospital) {
    const division = { system: 'http://fhir.cq.hc/CodeSystem/hc-mdm-administrativedivision', code: '500112' };
    return {
        resourceType: 'Organization',
        extension: [{ url: 'http://fhir.cq.hc/StructureDefinition/hc-mdm-administrativedivision', valueCoding: division }],
        identifier: [{ system: 'urn:oid:2.16.156.10011.1.5', value: creditCode(hospital) }],
        active: true,
        name: `Bench hospital ${hospital}`,
    };
}
/** A valid credit code of nobody. */
function creditCode(number) {
    const first17 = `12500112MB0BENC${String(number).padStart(2, '0')}`;
    return first17 + usccCheckSign(first17);
}
