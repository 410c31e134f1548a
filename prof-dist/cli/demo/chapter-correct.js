import { correctValue } from './analytes.js';
import { find, listAt, numberAt, textAt } from './answer.js';
import { systemOf } from './build-region.js';
import { POTASSIUM_CORRECTED, POTASSIUM_FIRST } from './cast.js';
import { potassiumOf } from './chapter-consent.js';
import { imagingPublication } from './imaging-report.js';
import { laboratoryPublication } from './laboratory-report.js';
import { publishReport, referenceOf } from './publish-reports.js';
import { CENTRAL_HOSPITAL, DISTRICT_HOSPITAL, HEALTH_CENTRE } from './region.js';
import { Desk, identityOf, itemsOf } from './scene.js';
/** The laboratory corrects a value that was recognised already: the new version is shown, the old one stays the evidence. */
export async function correct(scene, cast, check, decided) {
    const { print, findings } = scene;
    const { report, published } = cast.chemistry;
    const corrected = laboratoryPublication(scene.random, {
        ...report,
        status: 'corrected',
        issuedAt: scene.now,
        measurements: correctValue(report.measurements, 'K', POTASSIUM_CORRECTED),
    });
    const second = await publishReport(systemOf(scene.region, DISTRICT_HOSPITAL), corrected);
    const reference = referenceOf(published, 'DiagnosticReport');
    print(`   ${DISTRICT_HOSPITAL.nameZh} corrects report ${report.number}: potassium ${POTASSIUM_FIRST} → ${POTASSIUM_CORRECTED} mmol/L`);
    findings.expect('a correction is a new version of the same report', referenceOf(second, 'DiagnosticReport') === reference, [
        ...second.references.values(),
    ]);
    const desk = new Desk(scene, CENTRAL_HOSPITAL);
    const [potassium] = potassiumOf(cast);
    const now = await desk.read(potassium);
    const before = await desk.read(`${potassium}/_history/1`);
    findings.expect('the corrected value is read', now.text.includes(`"value":${POTASSIUM_CORRECTED}`), now.text.slice(0, 300));
    findings.expect('the version before stays readable', before.text.includes(`"value":${POTASSIUM_FIRST}`), before.text.slice(0, 300));
    const again = await desk.check(cast.traveller, 'OP-0043', ['K']);
    const candidate = find(itemsOf(again).get('K'), 'candidate');
    print(`   the next check offers ${textAt(candidate, 'value')} mmol/L, report version ${numberAt(candidate, 'reportVersion')}, ${textAt(candidate, 'reportStatus')}`);
    findings.expect('the next check offers the corrected version', textAt(candidate, 'value') === POTASSIUM_CORRECTED && numberAt(candidate, 'reportVersion') === 2, candidate);
    await takeBack(scene, cast, desk, decided);
    await evidenceStays(scene, cast, desk, check);
}
/** The doctor takes the recognition back, since the value has changed; the saving is reversed. */
async function takeBack(scene, cast, desk, decided) {
    const address = `/v1/recognition-decisions/${decided.get('K')?.id}/revocation`;
    const reason = '原报告已更正，血钾结果需复查';
    const revoked = await desk.system.send('POST', address, { acting: desk.acting, body: { reason } });
    desk.trace('revocation of the potassium', 'revokeDecision', cast.traveller, 'success');
    scene.print(`   ${desk.hospital.doctor.name} takes the recognition of K back: ${reason}`);
    scene.findings.expect('a recognition is taken back with its reason', revoked.ok, revoked.complaint);
}
/** What the doctor saw when deciding stays as it was. */
async function evidenceStays(scene, cast, desk, check) {
    const kept = await desk.system.send('GET', `/v1/recognition-checks/${textAt(check.body, 'id')}`, { acting: desk.acting });
    desk.trace('the check as it was', 'showCheck', cast.traveller, 'success');
    const candidate = find(itemsOf(kept).get('K'), 'candidate');
    scene.print(`   the check of then still shows ${textAt(candidate, 'value')} mmol/L, report version ${numberAt(candidate, 'reportVersion')}`);
    scene.findings.expect('the evidence of a decision is the version it was made on', JSON.stringify(kept.body) === JSON.stringify(check.body), kept.body);
}
/** A narrower consent, and a report that is withdrawn: the neighbour permits images alone. Answers the recognition of the CT. */
export async function withdrawReport(scene, cast) {
    const { print, findings } = scene;
    const desk = new Desk(scene, DISTRICT_HOSPITAL);
    const { neighbour } = cast;
    const consent = {
        patient: { ...identityOf(neighbour), name: neighbour.name, birthDate: neighbour.birthDate },
        decision: 'permit',
        grantee: { uscc: desk.hospital.uscc },
        categories: ['imaging'],
        method: 'signed-paper',
    };
    (await desk.system.send('POST', '/v1/consents', { acting: desk.acting, body: consent })).expectOk('Recording the consent');
    desk.trace('consent of the neighbour', 'recordConsent', neighbour, 'success');
    const check = await desk.check(neighbour, 'IP-0007', ['CT-HEAD-PLAIN', 'ALB']);
    const verdict = (answer, item) => textAt(itemsOf(answer).get(item), 'verdict');
    print(`   ${neighbour.name} permits ${desk.hospital.nameZh} to see images alone (signed paper): CT ${verdict(check, 'CT-HEAD-PLAIN')}, albumin ${verdict(check, 'ALB')}`);
    findings.expect('a consent to images opens images', verdict(check, 'CT-HEAD-PLAIN') === 'recognisable', check.body);
    findings.expect('a consent to images opens nothing else', verdict(check, 'ALB') === 'consent-required', check.body);
    const body = { check: textAt(check.body, 'id'), decisions: [{ item: 'CT-HEAD-PLAIN', decision: 'recognised' }] };
    const decision = (await desk.system.send('POST', '/v1/recognition-decisions', { acting: desk.acting, body })).expectOk('Deciding');
    desk.trace('decision on the CT of the neighbour', 'decide', neighbour, 'success');
    const { report } = cast.neighbourCt;
    const withdrawn = imagingPublication(scene.random, { ...report, status: 'entered-in-error', issuedAt: scene.now });
    await publishReport(systemOf(scene.region, HEALTH_CENTRE), withdrawn);
    const after = await desk.check(neighbour, 'IP-0007', ['CT-HEAD-PLAIN']);
    const why = listAt(itemsOf(after).get('CT-HEAD-PLAIN'), 'reasons').map((it) => textAt(it, 'code'));
    print(`   ${HEALTH_CENTRE.nameZh} withdraws that CT report; the next check says ${verdict(after, 'CT-HEAD-PLAIN')} (${why.join(', ')})`);
    findings.expect('a withdrawn report is offered no longer', verdict(after, 'CT-HEAD-PLAIN') === 'none', after.body);
    const made = find(decision.body, 'decisions', 0);
    return {
        id: textAt(made, 'id'),
        item: 'CT-HEAD-PLAIN',
        amountFen: numberAt(made, 'saving', 'amountFen'),
        priced: find(made, 'saving', 'priced') === true,
    };
}
