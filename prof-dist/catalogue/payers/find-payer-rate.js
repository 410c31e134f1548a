/**
 * The rate in force at that moment for patients of a scheme at an institution of a level: that of the smallest division with one, from the
 * county (six digits of GB/T 2260) over the city (four) to the province (two). `undefined` where no rate holds. One statement.
 */
export async function findPayerRate(reader, at, now) {
    const divisions = [6, 4, 2].map((digits) => at.district.slice(0, digits));
    const { rows } = await reader.$client.query({
        name: 'find-payer-rate',
        text: `select fund_percent as "fundPercent", division, version
             from payer_rates
            where division = any ($1::text[]) and scheme = $2 and level = $3 and valid_from <= $4
            order by array_position($1::text[], division), valid_from desc, version desc
            limit 1`,
        values: [divisions, at.scheme, at.level, now],
    });
    const [row] = rows;
    return row && { fundPercent: Number(row.fundPercent), version: `${row.division} v${row.version}` };
}
