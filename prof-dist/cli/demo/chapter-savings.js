import { find, listAt, numberAt, textAt } from './answer.js';
import { COMMISSION } from './region.js';
import { table, yuan } from './terminal.js';
/** Every way in which the statement can be grouped alone, and one in which it is grouped twice. */
const GROUPINGS = ['institution', 'item', 'month', 'district', 'source', 'institution,item'];
/**
 * The savings statement of the region: what was recognised in the story is in it, what was taken back is taken off, and whatever it is
 * grouped by, its figures are the sums of the entries they open to, to the fen.
 */
export async function stateSavings(scene, decided, takenBack) {
    const { print, findings } = scene;
    const entries = await entriesAt(scene, '/v1/savings/entries');
    const summary = await summaryBy(scene, 'institution');
    const total = numberAt(summary, 'total', 'amountFen');
    table(print, [
        ['receiving institution', 'recognised', 'taken back', 'unpriced', 'saved'],
        ...listAt(summary, 'groups').map((it) => rowOf(textAt(it, 'institution', 'name'), it)),
        rowOf('the region', find(summary, 'total')),
    ]);
    for (const { id, item, amountFen, priced } of decided) {
        const own = entries.filter((it) => textAt(it, 'decision') === id);
        const isTakenBack = takenBack.includes(item);
        const kinds = own.map((it) => textAt(it, 'kind')).toSorted();
        const posted = own.find((it) => textAt(it, 'kind') === 'saving');
        findings.expect(`${item} is in the account once${isTakenBack ? ', and taken off again' : ''}`, kinds.join() === (isTakenBack ? 'reversal,saving' : 'saving') &&
            numberAt(posted, 'amountFen') === amountFen &&
            find(posted, 'priced') === priced &&
            sum(own) === (isTakenBack ? 0 : amountFen), own);
    }
    const story = sum(entries.filter((it) => decided.some(({ id }) => textAt(it, 'decision') === id)));
    const expected = decided.filter((it) => !takenBack.includes(it.item)).reduce((fen, it) => fen + it.amountFen, 0);
    findings.verify(`the story saved ${yuan(expected)}, as its checks showed`, story === expected, yuan(story));
    findings.verify(`the summary is the sum of its ${entries.length} entries, to the fen: ${yuan(total)}`, total === sum(entries), yuan(sum(entries)));
    for (const by of GROUPINGS)
        await expectSameTotal(scene, by, total);
}
/** Grouped in any way the total is the same, and every group is the sum of the entries at its address. */
async function expectSameTotal(scene, by, total) {
    const summary = await summaryBy(scene, by);
    const groups = listAt(summary, 'groups');
    const wrong = [];
    for (const group of groups) {
        const fen = sum(await entriesAt(scene, textAt(group, 'entries')));
        if (fen !== numberAt(group, 'amountFen'))
            wrong.push(`${textAt(group, 'entries')}: ${yuan(numberAt(group, 'amountFen'))} but ${yuan(fen)}`);
    }
    const same = numberAt(summary, 'total', 'amountFen') === total && sum(groups) === total;
    scene.findings.verify(`by ${by}: ${groups.length} groups, each the sum of its entries, together the same total`, same && wrong.length === 0, wrong[0] ?? summary);
}
async function summaryBy(scene, by) {
    return (await ask(scene, `/v1/savings/summary?by=${by}`)).body;
}
/** All entries at an address, page by page. */
async function entriesAt(scene, address) {
    // The address may be absolute, as links between pages are.
    const url = new URL(address, scene.region.auditor.url);
    const entries = [];
    for (let cursor = '';;) {
        if (cursor)
            url.searchParams.set('cursor', cursor);
        const { body } = await ask(scene, url.pathname + url.search);
        entries.push(...listAt(body, 'entries'));
        cursor = textAt(body, 'next');
        if (!cursor)
            return entries;
    }
}
async function ask(scene, path) {
    const answer = await scene.region.auditor.send('GET', path, { acting: { clinician: COMMISSION.auditor } });
    return answer.expectOk('The savings statement');
}
function sum(rows) {
    return rows.reduce((fen, it) => fen + numberAt(it, 'amountFen'), 0);
}
function rowOf(name, figures) {
    const count = (member) => String(numberAt(figures, member));
    return [name, count('savings'), count('reversals'), count('unpriced'), yuan(numberAt(figures, 'amountFen'))];
}
