import { asc, eq, like, or } from 'drizzle-orm';
import { catalogueReasons } from './reason.tables.js';
/** The reasons of a region's list, by their codes; empty where there is no such list. */
export async function findReasons(reader, list) {
    const { rows } = await reader.$client.query({
        name: 'find-reasons',
        text: `select code, text_zh as "textZh", text_en as "textEn", counts_as_denial as "countsAsDenial", note_required as "noteRequired"
             from catalogue_reasons where list = $1 order by code`,
        values: [list],
    });
    return rows;
}
/** The regions' lists that exist, by their names. */
export async function listReasonLists(reader) {
    const rows = await reader.selectDistinct({ list: catalogueReasons.list }).from(catalogueReasons).orderBy(asc(catalogueReasons.list));
    return rows.map((row) => row.list);
}
/**
 * The reasons of every list that stand for whatever the others do not say, as `list:code`: those that say nothing without a text, and those
 * that begin with 其他.
 */
export async function findOtherReasons(reader) {
    const { list, code, textZh, noteRequired } = catalogueReasons;
    const rows = await reader
        .select({ list, code })
        .from(catalogueReasons)
        .where(or(eq(noteRequired, true), like(textZh, '其他%')));
    return new Set(rows.map((row) => `${row.list}:${row.code}`));
}
