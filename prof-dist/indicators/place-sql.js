/** The condition on the columns that all tables of figures have, of such a table as `t`. */
export function isOfPlace(filter, bind) {
    const days = `t.day >= ${bind(filter.from)}::date and t.day < ${bind(filter.until)}::date`;
    return filter.institutions === undefined ? days : `${days} and ${institutionOf(filter)} = any(${bind(filter.institutions)}::integer[])`;
}
/** That a column has this value, where one is asked for. */
export function isEqual(column, value, bind) {
    return value === undefined ? [] : [`${column} = ${bind(value)}`];
}
/** The institution of the side that is asked for. */
function institutionOf({ side }) {
    return side === 'source' ? 't.source' : 't.institution';
}
/** What a row is counted under: one array of texts, in the order of the dimensions; of `t`, and of `place` for districts. */
export function keySql(filter, by) {
    const columns = {
        institution: `${institutionOf(filter)}::text`,
        month: `to_char(t.day, 'YYYY-MM')`,
        day: `to_char(t.day, 'YYYY-MM-DD')`,
        district: `coalesce(place.district, '')`,
        department: 't.department',
        doctor: 't.doctor',
        item: 't.item',
        reason: `coalesce(t.reason, '')`,
    };
    return `array[${by.map((name) => columns[name]).join(', ')}]::text[]`;
}
/** A join with where institutions lie, for the dimension that needs it. */
export function placeSql(filter, by, districts, bind) {
    if (!by.includes('district'))
        return '';
    const [numbers, divisions] = [bind([...districts.keys()]), bind([...districts.values()])];
    return `left join unnest(${numbers}::integer[], ${divisions}::text[]) as place (institution, district) on place.institution = ${institutionOf(filter)}`;
}
/** The array of `keySql` by its dimensions. */
export function keyOf(by, key) {
    return Object.fromEntries(by.map((name, index) => [name, key[index] ?? '']));
}
