import type { Reader } from '../../database/client.ts';
import { type References, rowsByKey } from '../../database/reference-memory.ts';

/** What an item costs, and whose price that is. */
export interface Price {
  /** Chinese fen. */
  readonly amountFen: number;
  /** Names the row for ever: `institution:7 v3`, `district:500112 v1`. */
  readonly version: string;
}

/** A price from its beginning on. */
interface PriceRow {
  readonly item: string;
  readonly amountFen: string;
  readonly holder: string;
  readonly version: number;
  readonly validFrom: Date;
}

/**
 * The prices in force at that moment for examinations at an institution: its own, else that of its district, from the county (six digits
 * of GB/T 2260) over the city (four) to the province (two). An item without any price is missing in the answer.
 * Remembered is every price of an item that anybody concerned has or had: one statement at most, whatever the number of items.
 */
export async function recallPrices(
  references: References,
  reader: Reader,
  at: { readonly institution: number; readonly district: string },
  items: readonly string[],
  now: Date,
): Promise<ReadonlyMap<string, Price>> {
  const holders = holdersAt(at);
  const found = await references.each(`prices for ${holders.join()}`, items, async (missing) => {
    const { rows } = await reader.$client.query<PriceRow>({
      name: 'find-all-prices',
      text: `select item, amount_fen as "amountFen", holder, version, valid_from as "validFrom"
               from prices where item = any ($1::text[]) and holder = any ($2::text[])
              order by item, array_position($2::text[], holder), valid_from desc, version desc`,
      values: [missing, holders],
    });
    return rowsByKey(rows, (it) => it.item);
  });
  const prices = new Map<string, Price>();
  for (const [item, rows] of found) {
    const row = rows.find((it) => it.validFrom <= now);
    if (row) prices.set(item, priceOf(row));
  }
  return prices;
}

function priceOf({ amountFen, holder, version }: Omit<PriceRow, 'validFrom'>): Price {
  return { amountFen: Number(amountFen), version: `${holder} v${version}` };
}

/** Whose prices hold there, the nearest first. */
function holdersAt({ institution, district }: { readonly institution: number; readonly district: string }): readonly string[] {
  return [institutionHolder(institution), ...[6, 4, 2].map((digits) => districtHolder(district.slice(0, digits)))];
}

export function institutionHolder(institution: number): string {
  return `institution:${institution}`;
}

export function districtHolder(division: string): string {
  return `district:${division}`;
}
