/** The division (GB/T 2260) in which each institution lies now, of all that are in `within` or of a part of it (`50` is all of Chongqing). */
export async function findDistricts(reader, within = '') {
    const { rows } = await reader.$client.query({
        name: 'find-districts',
        text: 'select institution, district from institutions where starts_with(district, $1)',
        values: [within],
    });
    return new Map(rows.map((it) => [it.institution, it.district]));
}
