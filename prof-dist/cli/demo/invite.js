import { systemOf } from './build-region.js';
import { CENTRAL_HOSPITAL } from './region.js';
import { identityOf } from './scene.js';
import { heading } from './terminal.js';
/**
 * What a visitor needs to go on alone: addresses, a token, a command that shows something. The traveller of the story, where there is one,
 * consents once more for it, for a day.
 */
export async function invite(region, traveller, print) {
    const system = systemOf(region, CENTRAL_HOSPITAL);
    const { doctor, uscc, nameEn } = CENTRAL_HOSPITAL;
    const { clientId, privateJwk, scopes } = system.registration;
    heading(print, 13, 'It is yours now');
    print(`   capabilities ${system.url}/fhir/metadata · description ${system.url}/docs · health ${system.url}/health/ready`);
    if (traveller) {
        const validUntil = new Date(Date.now() + 86_400_000).toISOString();
        const body = { patient: identityOf(traveller), decision: 'permit', grantee: { uscc }, method: 'standing-authorisation', validUntil };
        (await system.send('POST', '/v1/consents', { acting: { clinician: doctor }, body })).expectOk('Recording the consent');
        print(`   ${traveller.name} (${traveller.idCard}) consents once more, until this time tomorrow.`);
    }
    const patient = traveller ? identityOf(traveller) : { identifier: { system: 'urn:test', value: 'nobody' } };
    const question = { patient, setting: 'outpatient', trigger: 'order-entry', items: ['WBC', 'K', 'CT-CHEST-PLAIN'] };
    print(`   A token of ${nameEn}, good for five minutes at most, and a check with it:`);
    print('');
    print(`TOKEN=${await system.token()}`);
    print(`curl -s ${system.url}/v1/recognition-checks -H "authorization: Bearer $TOKEN" -H 'content-type: application/json' \\`);
    print(`  -H 'x-acting-practitioner: ${doctor.system}|${doctor.value}, ${encodeURIComponent(doctor.name)}' \\`);
    print(`  -d '${JSON.stringify(question)}'`);
    print('');
    print('   Further tokens, with the key that was made for this demo:');
    print('');
    print(`echo '${JSON.stringify(privateJwk)}' > demo-key.json`);
    print(`npx tongjian token --url ${system.url} --client ${clientId} --key demo-key.json --scope '${scopes.join(' ')}'`);
}
