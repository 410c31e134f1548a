import type { Reader } from '../../database/client.ts';
import type { Category } from '../../resources/category.ts';

/** The code system of our own item codes: a result or an order coded in it needs no mapping. */
export const ITEM_SYSTEM = 'https://tongjian.example/fhir/CodeSystem/item';

export const LOINC_SYSTEM = 'http://loinc.org';

/** An item of the list of recognisable examinations, as one edition has it. */
export interface CatalogueItem {
  readonly code: string;
  readonly kind: Category;
  readonly nameZh: string;
  readonly nameEn: string;
  readonly loinc: string | null;
  /** UCUM. */
  readonly unit: string | null;
  readonly specimenOrBodyPart: string | null;
  readonly modality: string | null;
  /** How long a result may be recognised; `null`: the edition names no limit. */
  readonly windowMinutes: number | null;
  /** What the window is counted from. */
  readonly windowBasis: 'sampled' | 'examined' | 'reported';
}

/** The edition in force and those of the wanted items that are in it. */
export interface ItemsInForce {
  /** `null` while no edition is in force. */
  readonly edition: string | null;
  readonly items: ReadonlyMap<string, CatalogueItem>;
}

/**
 * The wanted items (all of them for `null`) of the edition in force at that moment; a code the edition does not have is missing in the
 * answer. Editions begin at midnight in Beijing. One statement, whatever the number of items.
 */
export async function findItems(reader: Reader, codes: readonly string[] | null, at: Date): Promise<ItemsInForce> {
  const { rows } = await reader.$client.query<Omit<CatalogueItem, 'code'> & { edition: string; code: string | null }>({
    name: 'find-items',
    text: `with in_force as (
             select edition from catalogue_editions
             where effective_from <= ($2::timestamptz at time zone 'Asia/Shanghai')::date
             order by effective_from desc limit 1
           )
           select in_force.edition, it.code, it.kind, it.name_zh as "nameZh", it.name_en as "nameEn", it.loinc, it.unit,
             it.specimen_or_body_part as "specimenOrBodyPart", it.modality, it.window_minutes as "windowMinutes",
             it.window_basis as "windowBasis"
           from in_force left join catalogue_items it on it.edition = in_force.edition and ($1::text[] is null or it.code = any ($1))`,
    values: [codes, at],
  });
  return {
    edition: rows[0]?.edition ?? null,
    items: new Map(rows.flatMap((row) => (row.code === null ? [] : [[row.code, itemOf(row.code, row)]]))),
  };
}

function itemOf(code: string, row: Omit<CatalogueItem, 'code'>): CatalogueItem {
  const { kind, nameZh, nameEn, loinc, unit, specimenOrBodyPart, modality, windowMinutes, windowBasis } = row;
  return { code, kind, nameZh, nameEn, loinc, unit, specimenOrBodyPart, modality, windowMinutes, windowBasis };
}

/** The codes (`system|code`) by which a result says that it is a result of the item. */
export function codesOfItem(item: Pick<CatalogueItem, 'code' | 'loinc'>): readonly string[] {
  return [`${ITEM_SYSTEM}|${item.code}`, ...(item.loinc === null ? [] : [`${LOINC_SYSTEM}|${item.loinc}`])];
}
