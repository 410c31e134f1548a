import type { Reader } from '../../database/client.ts';
import type { Sensitivity } from '../../resources/sensitivity.ts';
import { codesOfItem } from '../items/find-items.ts';

/**
 * The codes (`system|code`) by which results of an institution say that they are sensitive: those of the items that the edition in force then
 * marks as such. One statement.
 */
export async function findSensitiveCodes(reader: Reader, _institution: number, at: Date): Promise<ReadonlyMap<string, Sensitivity>> {
  const { rows } = await reader.$client.query<{ code: string; loinc: string | null; sensitivity: Sensitivity }>({
    name: 'find-sensitive-codes',
    text: `select code, loinc, sensitivity from catalogue_items
            where sensitivity is not null and edition = (
              select edition from catalogue_editions
               where effective_from <= ($1::timestamptz at time zone 'Asia/Shanghai')::date
               order by effective_from desc limit 1)`,
    values: [at],
  });
  return new Map(rows.flatMap((item) => codesOfItem(item).map((it) => [it, item.sensitivity] as const)));
}
