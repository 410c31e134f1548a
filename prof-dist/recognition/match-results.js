import { codesOfItem } from '../catalogue/items/find-items.js';
import { codingsOf, textOf } from '../fhir/element.js';
export function itemsByCode(items, mapped) {
    return [...items.flatMap((it) => codesOfItem(it).map((code) => ({ code, institution: undefined, item: it.code }))), ...mapped];
}
/** The results of each item. A local code means what its own institution says; that of another one may mean something else. */
export function matchItems(results, codes) {
    const meanings = meaningsOf(codes);
    const found = new Map();
    for (const result of results) {
        const said = codingsOf(result.content['code']).map((it) => `${textOf(it['system'])}|${textOf(it['code'])}`);
        const items = said.flatMap((code) => itemsMeant(meanings, code, result.institution));
        for (const item of new Set(items))
            add(found, item, result);
    }
    return new Map([...found].map(([item, list]) => [item, withoutPanels(list)]));
}
/** The newest results of each item, by the code that each was found by. */
export function matchNewest(newest, codes) {
    const meanings = meaningsOf(codes);
    const found = new Map();
    for (const it of newest)
        for (const item of itemsMeant(meanings, it.code, it.result.institution))
            add(found, item, it);
    return found;
}
function meaningsOf(codes) {
    const meanings = new Map();
    for (const it of codes)
        add(meanings, it.code, it);
    return meanings;
}
function itemsMeant(meanings, code, institution) {
    const meant = meanings.get(code) ?? [];
    return meant.filter((it) => it.institution === undefined || it.institution === institution).map((it) => it.item);
}
/** A report coded like its own measurement is that measurement, not a second result. */
function withoutPanels(results) {
    const isReport = ({ reference, report }) => reference === report.reference;
    const measured = new Set(results.filter((it) => !isReport(it)).map((it) => it.report.reference));
    return results.filter((it) => !isReport(it) || !measured.has(it.reference));
}
function add(lists, key, value) {
    const list = lists.get(key);
    if (list)
        list.push(value);
    else
        lists.set(key, [value]);
}
