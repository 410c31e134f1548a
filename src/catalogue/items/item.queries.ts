import { and, asc, count, desc, eq, gt, ilike, or, sql } from 'drizzle-orm';
import type { Reader } from '../../database/client.ts';
import type { Category } from '../../resources/category.ts';
import { type CatalogueItem, itemOf } from './find-items.ts';
import { catalogueEditions, catalogueItems } from './item.tables.ts';

export interface Edition {
  readonly edition: string;
  readonly title: string;
  /** The day in Beijing from which on it holds. */
  readonly effectiveFrom: string;
  readonly items: number;
}

/** Every edition with the number of its items, the latest first. Editions are few. */
export async function listEditions(reader: Reader): Promise<readonly Edition[]> {
  const { edition, title, effectiveFrom } = catalogueEditions;
  return await reader
    .select({ edition, title, effectiveFrom, items: count(catalogueItems.code) })
    .from(catalogueEditions)
    .leftJoin(catalogueItems, eq(catalogueItems.edition, catalogueEditions.edition))
    .groupBy(edition, title, effectiveFrom)
    .orderBy(desc(effectiveFrom));
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

export interface ItemFilter {
  readonly edition: string;
  readonly kind?: Category | undefined;
  /** Part of the code or of one of the names. */
  readonly q?: string | undefined;
  readonly after?: string | undefined;
  readonly limit: number;
}

/** Items of an edition in the order of their codes. */
export async function listItems(reader: Reader, filter: ItemFilter): Promise<readonly CatalogueItem[]> {
  const it = catalogueItems;
  const pattern = filter.q === undefined ? undefined : `%${filter.q.replace(/[\\%_]/g, '\\$&')}%`;
  const { code, nameZh, nameEn } = it;
  const rows = await reader
    .select(ITEM_COLUMNS)
    .from(it)
    .where(
      and(
        eq(it.edition, filter.edition),
        filter.kind === undefined ? undefined : eq(it.kind, filter.kind),
        pattern === undefined ? undefined : or(ilike(code, pattern), ilike(nameZh, pattern), ilike(nameEn, pattern)),
        filter.after === undefined ? undefined : gt(sql`${code} collate "C"`, filter.after),
      ),
    )
    .orderBy(asc(sql`${code} collate "C"`))
    .limit(filter.limit);
  return rows.map(itemOf);
}
