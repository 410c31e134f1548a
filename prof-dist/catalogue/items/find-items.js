import { beijingDay } from '../../beijing-time.js';
/** The code system of our own item codes: a result or an order coded in it needs no mapping. */
export const ITEM_SYSTEM = 'https://tongjian.example/fhir/CodeSystem/item';
export const LOINC_SYSTEM = 'http://loinc.org';
/** The columns of an item `it`, by the names of `ItemRow`. */
export const ITEM_COLUMNS_SQL = `it.code, it.kind, it.name_zh as "nameZh", it.name_en as "nameEn", it.loinc, it.unit,
  it.specimen_or_body_part as "specimenOrBodyPart", it.modality, it.window_minutes as "windowMinutes", it.window_basis as "windowBasis",
  it.window_without_treatment as "windowWithoutTreatment", it.negative_zh as "negativeZh", it.negative_en as "negativeEn",
  it.originals_required as "originalsRequired", it.sensitivity, it.panels`;
/** `in_force`, the edition in force at the moment of a placeholder, for the `with` of a statement; of each edition its newest revision counts. */
export const inForceSql = (at) => `newest as (
             select distinct on (edition) edition, revision, effective_from from catalogue_editions order by edition, revision desc
           ), in_force as (
             select edition, revision from newest
             where effective_from <= (${at}::timestamptz at time zone 'Asia/Shanghai')::date
             order by effective_from desc limit 1
           )`;
/**
 * The wanted items (all of them for `null`) of the edition in force at that moment, with the members of those that are panels; a code the
 * edition does not have is missing in the answer. Editions begin at midnight in Beijing, and of each its newest revision counts. One
 * statement, whatever the number of items.
 */
export async function findItems(reader, codes, at) {
    const { rows } = await reader.$client.query({
        name: 'find-items',
        text: `with ${inForceSql('$2')}
           select in_force.edition, ${ITEM_COLUMNS_SQL}
           from in_force left join catalogue_items it on it.edition = in_force.edition and it.revision = in_force.revision
            and ($1::text[] is null or it.code = any ($1) or it.panels && $1)
           order by it.code collate "C"`,
        values: [codes, at],
    });
    const items = rows.flatMap((row) => (row.code === null ? [] : [itemOf(row)]));
    return { edition: rows[0]?.edition ?? null, items: new Map(items.map((it) => [it.code, it])), members: membersOf(items) };
}
/**
 * `findItems` by what is remembered: of each day in Beijing, with which editions begin, the whole edition in force. One
 * statement at most.
 */
export async function recallItems(references, reader, codes, at) {
    const edition = await recallEdition(references, reader, at);
    if (!codes)
        return edition;
    const wanted = new Set(codes);
    const items = [...wanted].flatMap((code) => [...(edition.items.has(code) ? [code] : []), ...(edition.members.get(code) ?? [])]);
    // In the order of the edition, as they would be found.
    const chosen = [...new Set(items)].map((code) => edition.items.get(code)).sort((a, b) => (a.code < b.code ? -1 : 1));
    return { edition: edition.edition, items: new Map(chosen.map((it) => [it.code, it])), members: membersOf(chosen) };
}
/** `findItemsOfLoinc` by what is remembered. One statement at most, none for no code. */
export async function recallItemsOfLoinc(references, reader, loincs, at) {
    if (loincs.length === 0)
        return new Map();
    const wanted = new Set(loincs);
    const found = new Map();
    for (const { code, loinc } of (await recallEdition(references, reader, at)).items.values()) {
        if (loinc !== null && wanted.has(loinc))
            found.set(loinc, [...(found.get(loinc) ?? []), code]);
    }
    return found;
}
async function recallEdition(references, reader, at) {
    const day = beijingDay(at);
    const load = async () => new Map([[day, await findItems(reader, null, at)]]);
    return (await references.each('edition', [day], load)).get(day);
}
/**
 * Which items of the edition in force these LOINC codes (without their system) stand for; one that stands for none is missing. One statement, none
 * for no code.
 */
export async function findItemsOfLoinc(reader, loincs, at) {
    if (loincs.length === 0)
        return new Map();
    const { rows } = await reader.$client.query({
        name: 'find-items-of-loinc',
        text: `with ${inForceSql('$2')}
           select it.loinc, array_agg(it.code order by it.code collate "C") as items
             from in_force join catalogue_items it on it.edition = in_force.edition and it.revision = in_force.revision
            where it.loinc = any ($1::text[]) group by it.loinc`,
        values: [loincs, at],
    });
    return new Map(rows.map((it) => [it.loinc, it.items]));
}
/** An item from the columns of its row. */
export function itemOf({ negativeZh, negativeEn, ...row }) {
    const { edition: _edition, ...item } = row;
    return { ...item, negative: negativeZh === null ? null : { zh: negativeZh, en: negativeEn ?? '' } };
}
/** Which of the items are members of each panel among them. */
function membersOf(items) {
    const members = new Map();
    for (const { code, panels } of items) {
        for (const panel of panels)
            members.set(panel, [...(members.get(panel) ?? []), code]);
    }
    return members;
}
/** The codes (`system|code`) by which a result says that it is a result of the item. */
export function codesOfItem(item) {
    return [`${ITEM_SYSTEM}|${item.code}`, ...(item.loinc === null ? [] : [`${LOINC_SYSTEM}|${item.loinc}`])];
}
