import { find, listAt, textAt } from './answer.js';
import { POTASSIUM_FIRST } from './cast.js';
import { cameBackExactly } from './exact-text.js';
import { unversioned } from './publish-reports.js';
import { CENTRAL_HOSPITAL } from './region.js';
import { Desk, identityOf, itemsOf, verdictsOf } from './scene.js';
import { table, yuan } from './terminal.js';
/** What the doctor in the central hospital is about to order. */
export const ORDERED = 'WBC HGB PLT K NA CL CREA GLU CT-CHEST-PLAIN CT-HEAD-PLAIN MR-HEAD-PLAIN MR-LSPINE-PLAIN'.split(' ');
export const ENCOUNTER = 'OP-0042';
/** Before the patient has been asked: no door says whether there is anything. */
export async function askWithoutConsent(scene, cast) {
    const { print, findings } = scene;
    const desk = new Desk(scene, CENTRAL_HOSPITAL);
    print(`   ${cast.traveller.name} sits before ${desk.hospital.doctor.name} of ${desk.hospital.nameZh}, who is about to order ${ORDERED.length} items.`);
    const known = await desk.check(cast.traveller, ENCOUNTER, ORDERED);
    const unknown = await desk.check(cast.stranger, ENCOUNTER, ORDERED);
    print(`   check: ${verdictsOf(known).slice(0, 4).join(', ')} … (${textAt(known.body, 'items', 0, 'reasons', 0, 'textZh')})`);
    findings.expect('without consent every item is consent-required', verdictsOf(known).every((it) => it.endsWith(' consent-required')), verdictsOf(known));
    findings.expect('without consent the answer is the same for a person nobody has examined', shapeOf(known) === shapeOf(unknown), shapeOf(unknown));
    const lookUp = await desk.lookUp(cast.travellerAtCentral, cast.traveller, 'refused');
    print(`   look-up: ${lookUp.status} ${lookUp.code} – ${lookUp.complaint}`);
    findings.expect('without consent a look-up is refused', lookUp.status === 403 && lookUp.code === 'consent-required', lookUp.status);
    const [potassium] = potassiumOf(cast);
    const there = await desk.read(potassium);
    const nowhere = await desk.read(`Observation/${'0'.repeat(32)}`);
    desk.trace('reading of a result by its id', 'readResource', cast.traveller, 'refused');
    findings.expect('without consent a result read by its id is not found, as one that never was', there.status === 404 && nowhere.status === 404, there.status);
}
/** The patient holds up a QR code; the next request sees what it permits. Answers the consent's id and the check. */
export async function askWithConsent(scene, cast) {
    const { print, findings } = scene;
    const desk = new Desk(scene, CENTRAL_HOSPITAL);
    const body = {
        patient: identityOf(cast.traveller),
        decision: 'permit',
        grantee: { uscc: desk.hospital.uscc },
        categories: ['laboratory', 'imaging'],
        validUntil: new Date(scene.now.getTime() + 86_400_000).toISOString(),
        method: 'on-site-qr',
    };
    const recorded = (await desk.system.send('POST', '/v1/consents', { acting: desk.acting, body })).expectOk('Recording the consent');
    desk.trace('consent of the traveller', 'recordConsent', cast.traveller, 'success');
    const consent = textAt(recorded.body, 'id');
    print(`   ${cast.traveller.name} permits ${desk.hospital.nameZh} to see laboratory and imaging results until tomorrow (on site, QR code): Consent/${consent}`);
    const check = await desk.check(cast.traveller, ENCOUNTER, ORDERED);
    printCheck(scene, check);
    const items = itemsOf(check);
    findings.expect('with consent the results of other hospitals are recognisable', isVerdict(items, 'recognisable', ['WBC', 'K', 'CL', 'CT-CHEST-PLAIN', 'MR-LSPINE-PLAIN']), verdictsOf(check));
    findings.expect('a result past its window is for reference only', isVerdict(items, 'reference-only', ['CT-HEAD-PLAIN']), verdictsOf(check));
    findings.expect('a hospital is not offered its own results', isVerdict(items, 'none', ['MR-HEAD-PLAIN']), verdictsOf(check));
    findings.expect('a value keeps the digits of the laboratory', textAt(items.get('K'), 'candidate', 'value') === POTASSIUM_FIRST, items.get('K'));
    await lookAtOriginals(scene, cast, desk);
    return { consent, check };
}
/** The look-up, and one result to the letter. */
async function lookAtOriginals(scene, cast, desk) {
    const { print, findings } = scene;
    const lookUp = (await desk.lookUp(cast.travellerAtCentral, cast.traveller, 'success')).expectOk('The look-up');
    const reports = listAt(lookUp.body, 'entry').filter((it) => textAt(it, 'search', 'mode') === 'match');
    const included = listAt(lookUp.body, 'entry').length - reports.length;
    print(`   look-up: ${reports.length} reports, newest first, with ${included} results and studies`);
    for (const report of reports) {
        print(`     ${textAt(report, 'resource', 'effectiveDateTime').slice(0, 16)}  ${textAt(report, 'resource', 'code', 'text')}  ${textAt(report, 'resource', 'status')}`);
    }
    const times = reports.map((it) => Date.parse(textAt(it, 'resource', 'effectiveDateTime')));
    findings.expect('a look-up shows the reports of every hospital, newest first', times.length === 6 && isDescending(times), times);
    const [potassium, fullUrl] = potassiumOf(cast);
    const original = (await desk.read(potassium)).expectOk('Reading the original');
    desk.trace('reading of the original', 'readResource', cast.traveller, 'success');
    findings.expect('an original is read as it was published, byte for byte', cameBackExactly(cast.chemistry.published, fullUrl, original.text), original.text);
}
/** The verdicts as a doctor sees them. */
function printCheck({ print }, check) {
    const rows = listAt(check.body, 'items').map((it) => {
        const candidate = find(it, 'candidate');
        const value = [textAt(candidate, 'value'), textAt(candidate, 'unit'), textAt(candidate, 'interpretation')].filter(Boolean).join(' ');
        const price = find(it, 'price', 'priced') === true ? yuan(Number(find(it, 'price', 'amountFen'))) : '';
        return [
            textAt(it, 'item'),
            textAt(it, 'nameZh'),
            textAt(it, 'verdict'),
            value || (candidate ? 'images' : ''),
            candidate ? `${textAt(candidate, 'source', 'name')} v${String(find(candidate, 'reportVersion'))}` : '',
            price || (textAt(it, 'verdict') === 'recognisable' ? 'unpriced' : textAt(it, 'reasons', 0, 'code')),
        ];
    });
    table(print, [['item', '', 'verdict', 'value', 'source', 'saves / why not'], ...rows]);
}
/** The potassium of the traveller: its reference, and the name it was sent under. */
export function potassiumOf(cast) {
    const { publication, references } = cast.chemistry.published;
    const sent = publication.entries.find((it) => it.type === 'Observation' && it.text.includes('"2823-3"'));
    return [unversioned(references.get(sent?.fullUrl ?? '') ?? ''), sent?.fullUrl ?? ''];
}
/** Everything but what must differ between two checks: their ids and times. */
function shapeOf(check) {
    const { id: _id, checkedAt: _checkedAt, ...rest } = check.body;
    return JSON.stringify(rest);
}
function isVerdict(items, verdict, codes) {
    return codes.every((code) => textAt(items.get(code), 'verdict') === verdict);
}
function isDescending(times) {
    return times.every((time, index) => index === 0 || time <= (times[index - 1] ?? 0));
}
