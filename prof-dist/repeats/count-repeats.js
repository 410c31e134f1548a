import { byPeriod, PERIODS_SQL, periodValues } from '../institutions/institution-periods-sql.js';
/**
 * The examinations that were made in each period, as they are judged now: of each item and all together, and of each of these by whose result
 * was recognisable then; the periods in their order. One statement; served by `repeat_findings_by_institution`. Withdrawn ones are none; a
 * repeat is one that was made although a result was recognisable and nobody said why (`unexplained`), or although it had been recognised
 * (`repeated`).
 */
export async function countRepeats(reader, periods) {
    const { rows } = await reader.$client.query({
        name: 'count-repeats',
        text: `with standing as (
             select p.period, f.person, f.item, f.outcome in ('unexplained', 'repeated') as is_repeat,
                    (f.evidence #>> '{recognisable,institution}')::integer as source
               from ${PERIODS_SQL}
              cross join lateral (
                select person, item, outcome, evidence from repeat_findings f
                 where institution = p.institution and performed_at >= p."from" and performed_at < p.until and outcome <> 'withdrawn'
                   and not exists (select from repeat_findings later where later.person = f.person and later.report = f.report
                                      and later.item = f.item and later.round > f.round offset 0) offset 0) f)
           select period::integer, coalesce(item, '') as item, coalesce(source, 0) as source, count(*)::integer as examinations,
                  (count(*) filter (where is_repeat))::integer as repeats, count(distinct person)::integer as patients,
                  (count(distinct person) filter (where is_repeat))::integer as "repeatedPatients"
             from standing group by period, grouping sets ((item, source), (item), (source), ())
           -- What had no result to stand in for it is in the sums alone.
           having grouping(source) = 1 or source is not null
            order by period, coalesce(item, '') collate "C", coalesce(source, 0)`,
        values: periodValues(periods),
    });
    return byPeriod(periods.length, rows);
}
/** The days of Beijing, by institution, of which examinations were judged; it goes through all of them. */
export async function findDaysOfExaminations(reader, from, until) {
    const { rows } = await reader.$client.query(`select distinct institution, (performed_at at time zone 'Asia/Shanghai')::date::text as day
       from repeat_findings where performed_at >= $1 and performed_at < $2`, [from, until]);
    return rows;
}
