import { find, listAt, numberAt, textAt } from './answer.js';
import { ENCOUNTER } from './chapter-consent.js';
import { CENTRAL_HOSPITAL, UNPRICED_ITEM } from './region.js';
import { Desk, itemsOf } from './scene.js';
import { yuan } from './terminal.js';
/** What the doctor recognises of what the check offered. */
const RECOGNISED = ['K', 'NA', UNPRICED_ITEM, 'CREA', 'GLU', 'CT-CHEST-PLAIN', 'MR-LSPINE-PLAIN'];
/** Recognise or not, item by item; the text for the record; the citation. Answers the recognitions by item. */
export async function decide(scene, cast, check) {
    const { print, findings } = scene;
    const desk = new Desk(scene, CENTRAL_HOSPITAL);
    const body = {
        check: textAt(check.body, 'id'),
        decisions: [
            ...RECOGNISED.map((item) => ({ item, decision: 'recognised' })),
            { item: 'WBC', decision: 'not-recognised', reason: '2' },
            { item: 'PLT', decision: 'not-recognised', reason: '6', reasonText: '拟行有创操作，需确认当日血小板' },
        ],
    };
    const decide = (content) => desk.system.send('POST', '/v1/recognition-decisions', { acting: desk.acting, body: content });
    const answer = (await decide(body)).expectOk('Deciding');
    desk.trace('decisions on the check', 'decide', cast.traveller, 'success');
    const list = await desk.system.send('GET', '/v1/catalogue/reasons?list=national-2022');
    const reasons = new Map(listAt(list.body, 'reasons').map((it) => [textAt(it, 'code'), textAt(it, 'textZh')]));
    const offered = itemsOf(check);
    const decided = new Map();
    for (const it of listAt(answer.body, 'decisions')) {
        const item = textAt(it, 'item');
        if (textAt(it, 'decision') === 'not-recognised') {
            const text = textAt(it, 'reasonText');
            print(`   ✗ ${item}: not recognised – ${reasons.get(textAt(it, 'reason'))}${text && `：${text}`}`);
            continue;
        }
        const amountFen = numberAt(it, 'saving', 'amountFen');
        const priced = find(it, 'saving', 'priced') === true;
        decided.set(item, { id: textAt(it, 'id'), item, amountFen, priced });
        print(`   ✓ ${item}: recognised, saves ${priced ? yuan(amountFen) : 'nothing that is priced'}`);
        print(`     ${textAt(offered.get(item), 'recordText', 'zh')}`);
        findings.expect(`the saving of ${item} is what the check showed`, amountFen === numberAt(offered.get(item), 'price', 'amountFen'), it);
    }
    print('   HGB: left unanswered, which is no refusal');
    findings.expect('every recognised item has its decision', decided.size === RECOGNISED.length, [...decided.keys()]);
    findings.expect('an item nobody has priced saves nothing, and says so', decided.get(UNPRICED_ITEM)?.priced === false, decided.get(UNPRICED_ITEM));
    print(`     ${textAt(offered.get('CT-CHEST-PLAIN'), 'recordText', 'en')}`);
    await answerAgain(scene, decide, body, decided);
    await cite(scene, cast, desk, decided);
    return decided;
}
/** The same answer again is the same decision; another answer is a conflict. */
async function answerAgain({ findings }, decide, body, decided) {
    const same = await decide({ ...body, decisions: [{ item: 'K', decision: 'recognised' }] });
    const again = textAt(same.body, 'decisions', 0, 'id');
    findings.expect('the same decision sent again is the same decision', same.status === 200 && again === decided.get('K')?.id, same.body);
    const other = await decide({ ...body, decisions: [{ item: 'K', decision: 'not-recognised', reason: '1' }] });
    findings.expect('another decision on the same item is a conflict', other.status === 409 && other.code === 'conflict', other.status);
}
/** The recognised CT is written into the medical record (引用). */
async function cite(scene, cast, desk, decided) {
    const address = `/v1/recognition-decisions/${decided.get('CT-CHEST-PLAIN')?.id}/citation`;
    const cited = await desk.system.send('POST', address, { acting: desk.acting, body: {} });
    desk.trace('citation of the CT', 'citeDecision', cast.traveller, 'success');
    scene.print(`   ${ENCOUNTER}: the CT is cited in the medical record (${cited.status})`);
    scene.findings.expect('a recognition is cited', cited.ok, cited.complaint);
}
