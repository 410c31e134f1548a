import { byPeriod } from '../institutions/institution-periods-sql.js';
import { DAYS_SQL, dayValues } from './day.queries.js';
const COLUMNS = `visit, item, source, is_main as "isMain", department, doctor, doctor_name as "doctorName", is_reminded as "isReminded",
  is_eligible as "isEligible", outcome, reason, decided_ms::float8 as "decidedMs"`;
/** The rows of these days as they are kept, in the order of the days, and of `gatherDays` within each; three statements. */
export async function findCountedDays(reader, days) {
    const values = dayValues(days);
    const { rows: kept } = await reader.$client.query({
        name: 'find-indicator-days',
        text: `select d.period::integer, kept.asked from ${DAYS_SQL} cross join lateral (
             select asked from indicator_days where institution = d.institution and day = d.day offset 0) kept`,
        values,
    });
    const { rows: itemTimes } = await reader.$client.query({
        name: 'find-indicator-item-times',
        text: `select d.period::integer, ${COLUMNS} from ${DAYS_SQL} cross join lateral (
             select * from indicator_item_times where institution = d.institution and day = d.day offset 0) kept
            order by d.period, visit, item collate "C", source`,
        values,
    });
    const { rows: examinations } = await reader.$client.query({
        name: 'find-indicator-examinations',
        text: `select d.period::integer, item, source, examinations, repeats, patients, repeated_patients as "repeatedPatients"
             from ${DAYS_SQL} cross join lateral (
             select * from indicator_examinations where institution = d.institution and day = d.day offset 0) kept
            order by d.period, item collate "C", source`,
        values,
    });
    const [ofDays, timesOf, examinedOf] = [
        byPeriod(days.length, kept),
        byPeriod(days.length, itemTimes),
        byPeriod(days.length, examinations),
    ];
    return days.map((_, index) => ({
        asked: ofDays[index]?.[0]?.asked ?? 0,
        itemTimes: timesOf[index] ?? [],
        examinations: examinedOf[index] ?? [],
    }));
}
/** Puts what was counted, day by day, in the place of what is kept of the days, which are not due any more; four statements, whatever their number. */
export async function replaceDays(tx, days, counted, now) {
    const values = dayValues(days);
    const rows = days.map(({ institution, day }, index) => ({ of: { institution, day }, ...counted[index] }));
    // Neither this one nor the last is kept prepared: a plan made while the tables were small would go through the whole of them ever after.
    await tx.$client.query(`with of as (select institution, day from ${DAYS_SQL}),
          examined as (delete from indicator_examinations kept using of where kept.institution = of.institution and kept.day = of.day)
     delete from indicator_item_times kept using of where kept.institution = of.institution and kept.day = of.day`, values);
    await tx.$client.query({
        name: 'fill-indicator-days',
        text: `insert into indicator_item_times (institution, day, visit, item, source, is_main, department, doctor, doctor_name, is_reminded,
                                             is_eligible, outcome, reason, decided_ms)
           select institution, day, visit, item, source, "isMain", department, doctor, "doctorName", "isReminded", "isEligible", outcome, reason,
                  "decidedMs"
             from json_to_recordset($1::json) as it (
               institution integer, day date, visit integer, item text, source integer, "isMain" boolean, department text, doctor text,
               "doctorName" text, "isReminded" boolean, "isEligible" boolean, outcome text, reason text, "decidedMs" bigint)`,
        values: [JSON.stringify(rows.flatMap(({ of, itemTimes = [] }) => itemTimes.map((it) => ({ ...it, ...of }))))],
    });
    await tx.$client.query({
        name: 'fill-indicator-examinations',
        text: `insert into indicator_examinations (institution, day, item, source, examinations, repeats, patients, repeated_patients)
           select institution, day, item, source, examinations, repeats, patients, "repeatedPatients"
             from json_to_recordset($1::json) as it (
               institution integer, day date, item text, source integer, examinations integer, repeats integer, patients integer,
               "repeatedPatients" integer)`,
        values: [JSON.stringify(rows.flatMap(({ of, examinations = [] }) => examinations.map((it) => ({ ...it, ...of }))))],
    });
    await tx.$client.query(`update indicator_days kept set due_since = null, counted_at = $3, asked = of.asked
       from unnest($1::integer[], $2::date[], $4::integer[]) as of (institution, day, asked)
      where kept.institution = of.institution and kept.day = of.day`, [...values, now, rows.map((it) => it.asked ?? 0)]);
}
