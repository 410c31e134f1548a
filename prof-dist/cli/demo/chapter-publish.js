import { systemOf } from './build-region.js';
import { patientOf } from './bundles.js';
import { gatherCast } from './cast.js';
import { inventPublications } from './invent-reports.js';
import { jsonText } from './json-text.js';
import { inventPeople } from './people.js';
import { publishedAs, publishReports, referenceOf } from './publish-reports.js';
import { CENTRAL_HOSPITAL, DISTRICT_HOSPITAL, HEALTH_CENTRE } from './region.js';
const CONNECTIONS = 8;
const SENDERS = 20;
/** Three hospitals publish what they have examined lately; then two things that go wrong every day. */
export async function publish(scene, count) {
    const { print, random, findings } = scene;
    const people = inventPeople(random, Math.max(4, Math.ceil(count / 4)), scene.now);
    print(`   ${people.length} people, among them ${people
        .slice(0, 6)
        .map((it) => it.name)
        .join('、')}`);
    const publications = inventPublications(random, people, count, scene.numbers, scene.now);
    const entries = publications.reduce((sum, it) => sum + it.entries.length, 0);
    print(`   ${count} reports of the last 40 days, ${entries} resources, over ${CONNECTIONS} connections`);
    const published = await publishReports((it) => systemOf(scene.region, it.hospital), publications, CONNECTIONS, print);
    const cast = await gatherCast(scene);
    scene.traces.push({
        what: `publication of ${cast.traveller.name}'s chemistry`,
        interaction: 'processBundle',
        institution: DISTRICT_HOSPITAL,
        person: cast.traveller,
        outcome: 'success',
    });
    await sendAtOnce(scene, cast.bloodCount.published);
    await mistakeIdentity(scene, cast);
    const anonymous = await fetch(`${scene.region.operator.url}/v1/recognition-checks`, { method: 'POST', body: '{}' });
    findings.expect('a caller without a token is told so', anonymous.status === 401, anonymous.status);
    return { cast, published };
}
/** The same publication from twenty connections at the same moment, as after a network break: one report, twenty times the same answer. */
async function sendAtOnce(scene, first) {
    const system = systemOf(scene.region, HEALTH_CENTRE);
    const answers = await Promise.all(Array.from({ length: SENDERS }, () => system.publish(first.publication.text)));
    const reports = answers.map((it) => (it.ok ? referenceOf(publishedAs(first.publication, it), 'DiagnosticReport') : it.complaint));
    const one = referenceOf(first, 'DiagnosticReport');
    scene.print(`   ${HEALTH_CENTRE.nameEn} repeats a publication ${SENDERS} times at once: ${new Set(reports).size} report`);
    scene.findings.expect('the same publication sent again, twenty times at once, is one report', reports.every((it) => it === one), reports);
}
/** An ID card number typed into the record of somebody else: refused with the element that disagrees, and nothing is stored. */
async function mistakeIdentity(scene, { traveller, stranger }) {
    const patient = patientOf({ ...stranger, idCard: traveller.idCard, birthDate: traveller.birthDate, gender: traveller.gender }, CENTRAL_HOSPITAL);
    const bundle = {
        resourceType: 'Bundle',
        type: 'transaction',
        entry: [{ resource: patient, request: { method: 'POST', url: 'Patient' } }],
    };
    const answer = await systemOf(scene.region, CENTRAL_HOSPITAL).publish(jsonText(bundle));
    scene.print(`   ${CENTRAL_HOSPITAL.nameEn} files ${stranger.name} under another's ID card: ${answer.status} ${answer.complaint}`);
    scene.findings.expect('one ID card with two names is refused', answer.status === 422 && answer.code === 'identity-mismatch', answer.complaint);
    scene.traces.push({
        what: `the mistaken identity`,
        interaction: 'processBundle',
        institution: CENTRAL_HOSPITAL,
        person: traveller,
        outcome: 'refused',
    });
}
