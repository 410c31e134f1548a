import { isEqual, isOfPlace, keyOf, keySql, placeSql } from './place-sql.js';
/** The rows of the side that is asked for, of `indicator_item_times` as `t`. */
function isMeant(filter, bind) {
    return [
        isOfPlace(filter, bind),
        ...(filter.side === 'receiving' ? ['t.is_main'] : []),
        ...isEqual('t.department', filter.department, bind),
        ...isEqual('t.doctor', filter.doctor, bind),
        ...isEqual('t.item', filter.item, bind),
        ...isEqual('t.reason', filter.reason, bind),
    ].join(' and ');
}
/** Each count as a condition on an item-time. */
const COUNTED = {
    lookUps: 'true',
    reminders: 'is_reminded',
    eligible: 'is_eligible',
    recognised: `outcome = 'recognised'`,
    eligibleRecognised: `is_eligible and outcome = 'recognised'`,
    refused: `outcome = 'refused'`,
    excepted: `outcome = 'excepted'`,
    unanswered: 'is_reminded and outcome is null',
};
const NAMES = Object.keys(COUNTED);
/**
 * The figures meant, in total and by the dimensions: one statement, one calculation. `districts` says where institutions lie, and is needed
 * for that dimension alone. At most `groupsMax + 1` groups, in the order of the dimensions.
 */
export async function sumItemTimes(reader, filter, by, districts, quickMs, groupsMax) {
    const values = [];
    const bind = (it) => `$${values.push(it)}`;
    const quick = `decided_ms < ${bind(quickMs)}`;
    const { rows } = await reader.$client.query(`with it as materialized (
       select ${keySql(filter, by)} as key, t.*
         from indicator_item_times t ${placeSql(filter, by, districts, bind)} where ${isMeant(filter, bind)}),
     items as (
       select coalesce(key, '{}') as key, grouping(key) as total, ${NAMES.map((name) => `count(*) filter (where ${COUNTED[name]}) as "${name}"`).join(', ')},
              count(outcome) as decisions, percentile_disc(0.5) within group (order by decided_ms) as median,
              percentile_disc(0.9) within group (order by decided_ms) as p90, count(*) filter (where ${quick}) as quick,
              count(*) filter (where ${quick} and outcome = 'refused') as quick_refused, max(doctor_name) as doctor_name
         from it group by grouping sets ((key), ())),
     visit as (
       select coalesce(key, '{}') as key, grouping(key) as total, ${NAMES.map((name) => `coalesce(bool_or(${COUNTED[name]}), false) as "${name}"`).join(', ')}
         from it group by grouping sets ((key, institution, day, visit), (institution, day, visit))),
     visits as (
       select key, total, ${NAMES.map((name) => `count(*) filter (where "${name}") as "${name}"`).join(', ')} from visit group by key, total),
     reasons as (
       select key, total, json_object_agg(reason, refused) as refused
         from (select coalesce(key, '{}') as key, grouping(key) as total, reason, count(*) as refused from it
                where outcome = 'refused' and reason is not null group by grouping sets ((key, reason), (reason))) each
        group by key, total)
     select key, total = 1 as "isTotal", json_build_array(${NAMES.map((name) => `items."${name}"`).join(', ')}) as "itemTimes",
            json_build_array(${NAMES.map((name) => `coalesce(visits."${name}", 0)`).join(', ')}) as "personTimes",
            coalesce(reasons.refused, '{}') as reasons, decisions::integer, median::float8 as "medianMs", p90::float8 as "p90Ms", quick::integer,
            quick_refused::integer as "quickRefused", doctor_name as "doctorName"
       from items left join visits using (key, total) left join reasons using (key, total)
      order by total desc, key collate "C" limit ${groupsMax + 2}`, values);
    const [total, ...groups] = rows.map((row) => ({ ...figuresOf(row), isTotal: row.isTotal, row }));
    if (!total?.isTotal)
        throw new Error('the figures have no total');
    return {
        total,
        groups: by.length === 0 ? [] : groups.map(({ row, ...figures }) => ({ ...figures, key: keyOf(by, row.key), doctorName: row.doctorName })),
    };
}
function figuresOf({ itemTimes, personTimes, reasons, decisions, medianMs, p90Ms, quick, quickRefused }) {
    return { itemTimes: countsOf(itemTimes), personTimes: countsOf(personTimes), reasons, decisions, medianMs, p90Ms, quick, quickRefused };
}
function countsOf(counts) {
    return Object.fromEntries(NAMES.map((name, index) => [name, counts[index] ?? 0]));
}
/** The item-times meant by where the patients were, and again by whose results they were; the very rows and conditions of `sumItemTimes`. One statement. */
export async function sumBySides(reader, filter) {
    const values = [];
    const bind = (it) => `$${values.push(it)}`;
    const { rows } = await reader.$client.query(`select t.institution, t.source, json_build_array(${NAMES.map((name) => `count(*) filter (where ${COUNTED[name]})`).join(', ')}) as counts
       from indicator_item_times t where ${isMeant(filter, bind)}
      group by grouping sets ((t.institution), (t.source)) order by t.institution, t.source`, values);
    return rows.map((row) => ({ ...row, counts: countsOf(row.counts) }));
}
/** The rows that figures are the sums of, by day, institution, visit, item and source. */
export async function listItemTimes(reader, filter, after, limit) {
    const values = [];
    const bind = (it) => `$${values.push(it)}`;
    const place = after && [after.day, after.institution, after.visit, after.item, after.source].map(bind);
    const { rows } = await reader.$client.query(`select t.institution, t.day::text, t.visit, t.item, t.source, t.is_main as "isMain", t.department, t.doctor, t.doctor_name as "doctorName",
            t.is_reminded as "isReminded", t.is_eligible as "isEligible", t.outcome, t.reason, t.decided_ms::float8 as "decidedMs"
       from indicator_item_times t
      where ${isMeant(filter, bind)}
        ${place ? `and (t.day, t.institution, t.visit, t.item collate "C", t.source) > (${place[0]}::date, ${place[1]}, ${place[2]}, ${place[3]}, ${place[4]})` : ''}
      order by t.day, t.institution, t.visit, t.item collate "C", t.source limit ${bind(limit)}`, values);
    return rows;
}
