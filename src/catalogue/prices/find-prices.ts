import type { Reader } from '../../database/client.ts';

/** What an item costs, and whose price that is. */
export interface Price {
  /** Chinese fen. */
  readonly amountFen: number;
  /** Names the row for ever: `institution:7 v3`, `district:500112 v1`. */
  readonly version: string;
}

/**
 * The prices in force at that moment for examinations at an institution: its own, else that of its district, from the county (six digits
 * of GB/T 2260) over the city (four) to the province (two). An item without any price is missing in the answer.
 * One statement, whatever the number of items.
 */
export async function findPrices(
  reader: Reader,
  at: { readonly institution: number; readonly district: string },
  items: readonly string[],
  now: Date,
): Promise<ReadonlyMap<string, Price>> {
  const holders = [institutionHolder(at.institution), ...[6, 4, 2].map((digits) => districtHolder(at.district.slice(0, digits)))];
  const { rows } = await reader.$client.query<{ item: string; amountFen: string; holder: string; version: number }>({
    name: 'find-prices',
    text: `select distinct on (item) item, amount_fen as "amountFen", holder, version
           from prices
           where item = any ($1::text[]) and holder = any ($2::text[]) and valid_from <= $3
           order by item, array_position($2::text[], holder), valid_from desc, version desc`,
    values: [items, holders, now],
  });
  return new Map(rows.map((row) => [row.item, { amountFen: Number(row.amountFen), version: `${row.holder} v${row.version}` }]));
}

export function institutionHolder(institution: number): string {
  return `institution:${institution}`;
}

export function districtHolder(division: string): string {
  return `district:${division}`;
}
