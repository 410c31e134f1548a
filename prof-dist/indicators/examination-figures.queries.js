import { isEqual, isOfPlace, keyOf, keySql, placeSql } from './place-sql.js';
/** Dimensions that an examination has: a report names neither the department that would have asked nor a reason. */
const OF_EXAMINATIONS = ['institution', 'month', 'day', 'district', 'item'];
/** Whether examinations can be told by these dimensions and this filter. */
export function areExaminationsTold(filter, by) {
    const isNarrowed = filter.department !== undefined || filter.doctor !== undefined || filter.reason !== undefined;
    return !isNarrowed && by.every((it) => OF_EXAMINATIONS.includes(it));
}
/**
 * Examinations, and repeats among them, in total and by the dimensions, in one statement. On the source side: those that a result of the source
 * could have stood in for.
 */
export async function sumExaminations(reader, filter, by, districts, groupsMax) {
    const values = [];
    const bind = (it) => `$${values.push(it)}`;
    const isByItem = by.includes('item') && filter.item === undefined;
    const isCounted = [
        isOfPlace(filter, bind),
        filter.side === 'source' ? 't.source <> 0' : 't.source = 0',
        ...isEqual('t.item', filter.item, bind),
        ...(isByItem || filter.item !== undefined ? [] : [`t.item = ''`]),
    ].join(' and ');
    // A patient with two items is one patient: the total is that of the days' own sums, not that of the items.
    const sum = (column) => isByItem
        ? `coalesce(case when grouping(key) = 1 then sum(${column}) filter (where item = '') else sum(${column}) end, 0)::float8`
        : `coalesce(sum(${column}), 0)::float8`;
    const { rows } = await reader.$client.query(`with it as (select ${keySql(filter, by)} as key, t.* from indicator_examinations t ${placeSql(filter, by, districts, bind)} where ${isCounted})
     select coalesce(key, '{}') as key, grouping(key) = 1 as "isTotal", ${sum('examinations')} as examinations, ${sum('repeats')} as repeats,
            ${sum('patients')} as patients, ${sum('repeated_patients')} as "repeatedPatients"
       from it group by grouping sets ((key), ()) ${isByItem ? `having grouping(key) = 1 or bool_and(item <> '')` : ''}
      order by grouping(key) desc, key collate "C" limit ${groupsMax + 2}`, values);
    const [total, ...groups] = rows;
    if (!total?.isTotal)
        throw new Error('the examinations have no total');
    return { total: figuresOf(total), groups: (by.length === 0 ? [] : groups).map((it) => ({ ...figuresOf(it), key: keyOf(by, it.key) })) };
}
function figuresOf({ examinations, repeats, patients, repeatedPatients }) {
    return { itemTimes: { examinations, repeats }, personTimes: { examinations: patients, repeats: repeatedPatients } };
}
