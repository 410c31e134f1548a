import { and, asc, eq, gt, ilike, or, sql } from 'drizzle-orm';
import { nameChange } from '../../database/reference-memory.js';
import { takeTurns } from '../../database/take-turns.js';
import { ITEM_COLUMNS_SQL, itemOf } from './find-items.js';
import { catalogueItems } from './item.tables.js';
/** Those who load editions take turns, so that revisions are counted without gaps and each sees the days of all others. */
export async function lockEditions(tx) {
    await takeTurns(tx, 'catalogue_editions');
}
/** Every edition in its newest revision with the number of its items, the latest first. Editions are few. */
export async function listEditions(reader) {
    const { rows } = await reader.$client.query(`with newest as (select distinct on (edition) * from catalogue_editions order by edition, revision desc)
     select edition, revision, title, effective_from::text as "effectiveFrom", loaded_at as "loadedAt", (
       select count(*)::integer from catalogue_items it where it.edition = newest.edition and it.revision = newest.revision
     ) as items
     from newest order by newest.effective_from desc, edition`);
    return rows;
}
/** An edition in its newest revision, with its items in the order of their codes; `undefined` where there is none of that name. */
export async function findEdition(reader, edition) {
    const { rows } = await reader.$client.query({
        name: 'find-edition',
        text: `with newest as (select * from catalogue_editions where edition = $1 order by revision desc limit 1)
           select newest.edition, newest.revision, newest.title, newest.effective_from::text as "effectiveFrom",
             newest.loaded_at as "loadedAt", ${ITEM_COLUMNS_SQL}
           from newest left join catalogue_items it on it.edition = newest.edition and it.revision = newest.revision
           order by it.code collate "C"`,
        values: [edition],
    });
    const [first] = rows;
    if (!first)
        return undefined;
    const { revision, title, effectiveFrom, loadedAt } = first;
    const items = rows.flatMap(({ edition: _edition, revision: _revision, title: _title, effectiveFrom: _from, loadedAt: _at, ...row }) => row.code === null ? [] : [itemOf(row)]);
    return { head: { edition, revision, title, effectiveFrom, loadedAt }, items };
}
/** Adds a revision with all its items, in two statements and one that names the change. */
export async function insertEdition(tx, { edition, title, effectiveFrom }, revision, items, now) {
    await tx.$client.query('insert into catalogue_editions (edition, revision, title, effective_from, loaded_at) values ($1, $2, $3, $4, $5)', [edition, revision, title, effectiveFrom, now]);
    await tx.$client.query(`insert into catalogue_items (edition, revision, code, kind, name_zh, name_en, loinc, unit, specimen_or_body_part, modality,
       window_minutes, window_basis, window_without_treatment, negative_zh, negative_en, originals_required, sensitivity, panels)
     select $1, $2, code, kind, "nameZh", "nameEn", loinc, unit, "specimenOrBodyPart", modality, "windowMinutes", "windowBasis",
       "windowWithoutTreatment", negative->>'zh', negative->>'en', "originalsRequired", sensitivity, panels
     from jsonb_to_recordset($3::jsonb) as it (code text, kind text, "nameZh" text, "nameEn" text, loinc text, unit text,
       "specimenOrBodyPart" text, modality text, "windowMinutes" integer, "windowBasis" text, "windowWithoutTreatment" boolean,
       negative jsonb, "originalsRequired" boolean, sensitivity text, panels text[])`, [edition, revision, JSON.stringify(items)]);
    await nameChange(tx);
}
const ITEM_COLUMNS = {
    code: catalogueItems.code,
    kind: catalogueItems.kind,
    nameZh: catalogueItems.nameZh,
    nameEn: catalogueItems.nameEn,
    loinc: catalogueItems.loinc,
    unit: catalogueItems.unit,
    specimenOrBodyPart: catalogueItems.specimenOrBodyPart,
    modality: catalogueItems.modality,
    windowMinutes: catalogueItems.windowMinutes,
    windowBasis: catalogueItems.windowBasis,
    windowWithoutTreatment: catalogueItems.windowWithoutTreatment,
    negativeZh: catalogueItems.negativeZh,
    negativeEn: catalogueItems.negativeEn,
    originalsRequired: catalogueItems.originalsRequired,
    sensitivity: catalogueItems.sensitivity,
    panels: catalogueItems.panels,
};
/** Items of an edition in its newest revision, in the order of their codes. */
export async function listItems(reader, filter) {
    const it = catalogueItems;
    const pattern = filter.q === undefined ? undefined : `%${filter.q.replace(/[\\%_]/g, '\\$&')}%`;
    const { code, nameZh, nameEn } = it;
    const rows = await reader
        .select(ITEM_COLUMNS)
        .from(it)
        .where(and(eq(it.edition, filter.edition), eq(it.revision, sql `(select max(revision) from catalogue_editions where edition = ${filter.edition})`), filter.kind === undefined ? undefined : eq(it.kind, filter.kind), pattern === undefined ? undefined : or(ilike(code, pattern), ilike(nameZh, pattern), ilike(nameEn, pattern)), filter.after === undefined ? undefined : gt(sql `${code} collate "C"`, filter.after)))
        .orderBy(asc(sql `${code} collate "C"`))
        .limit(filter.limit);
    return rows.map(itemOf);
}
