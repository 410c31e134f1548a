import { rowsByKey } from '../../database/reference-memory.js';
/**
 * The prices in force at that moment for examinations at an institution: its own, else that of its district, from the county (six digits
 * of GB/T 2260) over the city (four) to the province (two). An item without any price is missing in the answer.
 * One statement, whatever the number of items.
 */
export async function findPrices(reader, at, items, now) {
    const { rows } = await reader.$client.query({
        name: 'find-prices',
        text: `select distinct on (item) item, amount_fen as "amountFen", holder, version
           from prices
           where item = any ($1::text[]) and holder = any ($2::text[]) and valid_from <= $3
           order by item, array_position($2::text[], holder), valid_from desc, version desc`,
        values: [items, holdersAt(at), now],
    });
    return new Map(rows.map((row) => [row.item, priceOf(row)]));
}
/** `findPrices` by what is remembered: every price of an item that anybody concerned has or had. One statement at most. */
export async function recallPrices(references, reader, at, items, now) {
    const holders = holdersAt(at);
    const found = await references.each(`prices for ${holders.join()}`, items, async (missing) => {
        const { rows } = await reader.$client.query({
            name: 'find-all-prices',
            text: `select item, amount_fen as "amountFen", holder, version, valid_from as "validFrom"
               from prices where item = any ($1::text[]) and holder = any ($2::text[])
              order by item, array_position($2::text[], holder), valid_from desc, version desc`,
            values: [missing, holders],
        });
        return rowsByKey(rows, (it) => it.item);
    });
    const prices = new Map();
    for (const [item, rows] of found) {
        const row = rows.find((it) => it.validFrom <= now);
        if (row)
            prices.set(item, priceOf(row));
    }
    return prices;
}
function priceOf({ amountFen, holder, version }) {
    return { amountFen: Number(amountFen), version: `${holder} v${version}` };
}
/** Whose prices hold there, the nearest first. */
function holdersAt({ institution, district }) {
    return [institutionHolder(institution), ...[6, 4, 2].map((digits) => districtHolder(district.slice(0, digits)))];
}
export function institutionHolder(institution) {
    return `institution:${institution}`;
}
export function districtHolder(division) {
    return `district:${division}`;
}
