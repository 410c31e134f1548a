import { listAt, textAt } from './answer.js';
import { patientOf } from './bundles.js';
import { ENCOUNTER, ORDERED, potassiumOf } from './chapter-consent.js';
import { SYSTEMS } from './code-systems.js';
import { CENTRAL_HOSPITAL } from './region.js';
import { Desk, verdictsOf } from './scene.js';
/** The patient withdraws: the very next request sees nothing any more, on every face. */
export async function withdrawConsent(scene, cast, consent) {
    const { print, findings } = scene;
    const desk = new Desk(scene, CENTRAL_HOSPITAL);
    const withdrawn = await desk.system.send('POST', `/v1/consents/${consent}/withdrawal`, { acting: desk.acting, body: {} });
    desk.trace('withdrawal of the consent', 'withdrawConsent', cast.traveller, 'success');
    findings.expect('a consent is withdrawn', withdrawn.ok, withdrawn.complaint);
    const check = await desk.check(cast.traveller, ENCOUNTER, ORDERED);
    const lookUp = await desk.lookUp(cast.travellerAtCentral, cast.traveller, 'refused');
    const read = await desk.read(potassiumOf(cast)[0]);
    print(`   ${cast.traveller.name} withdraws; the next check: ${verdictsOf(check)[0]} …, look-up: ${lookUp.status} ${lookUp.code}, read: ${read.status}`);
    findings.expect('after a withdrawal every item is consent-required', verdictsOf(check).every((it) => it.endsWith(' consent-required')), verdictsOf(check));
    findings.expect('after a withdrawal a look-up is refused', lookUp.status === 403, lookUp.status);
    findings.expect('after a withdrawal a result is not found', read.status === 404, read.status);
}
/** Nobody can be asked: emergency access with a written reason, marked for review. */
export async function breakGlass(scene, cast) {
    const { print, findings } = scene;
    const desk = new Desk(scene, CENTRAL_HOSPITAL);
    const { unconscious } = cast;
    const registered = await desk.system.fhir((client, options) => client.create({
        resourceType: 'Patient',
        body: patientOf(unconscious, desk.hospital),
        options: { ...options, headers: { ...options.headers, 'if-none-exist': `identifier=${SYSTEMS.idCard}|${unconscious.idCard}` } },
    }));
    const patient = registered.expectOk('Registering the patient').locatedId;
    const closed = await desk.lookUp(patient, unconscious, 'refused');
    const reason = '患者昏迷，无法取得同意，需紧急了解既往检验结果';
    const lookUp = () => desk.system.fhir((client, options) => client.operation({ name: '$prior-results', resourceType: 'Patient', id: patient, method: 'GET', options }), { ...desk.acting, purpose: 'BTG', reason });
    const opened = await lookUp();
    scene.traces.push({
        what: `emergency look-up of ${unconscious.name}`,
        interaction: 'priorResults',
        institution: desk.hospital,
        clinician: desk.hospital.doctor,
        person: unconscious,
        outcome: 'success',
        purpose: 'BTG',
    });
    const reports = listAt(opened.body, 'entry').filter((it) => textAt(it, 'search', 'mode') === 'match').length;
    print(`   ${unconscious.name} arrives unconscious: look-up ${closed.status} ${closed.code}; with purpose BTG and a written reason: ${opened.status}, ${reports} report(s)`);
    print(`   ${reason}`);
    findings.expect('without consent and without emergency nothing is shown', closed.status === 403, closed.status);
    findings.expect('an emergency with a written reason opens the results', opened.ok && reports > 0, opened.complaint);
    const silent = await desk.system.fhir((client, options) => client.operation({ name: '$prior-results', resourceType: 'Patient', id: patient, method: 'GET', options }), { ...desk.acting, purpose: 'BTG' });
    findings.expect('an emergency without a written reason opens nothing', silent.status === 400, silent.status);
}
