import type { Reader } from '../database/client.ts';
import { byPeriod, type InstitutionPeriod, PERIODS_SQL, periodValues } from '../institutions/institution-periods-sql.ts';

/** How many examinations, and how many of them were repeats without an accepted reason: by themselves, and by patients. */
export interface RepeatCount {
  /** Empty: of all items together. */
  readonly item: string;
  /** The institution whose result could have stood in for each of them; 0: all examinations, whether or not there was one. */
  readonly source: number;
  readonly examinations: number;
  readonly repeats: number;
  readonly patients: number;
  readonly repeatedPatients: number;
}

/**
 * The examinations that were made in each period, as they are judged now: of each item and all together, and of each of these by whose result
 * was recognisable then; the periods in their order. One statement; served by `repeat_findings_by_institution`. Withdrawn ones are none; a
 * repeat is one that was made although a result was recognisable and nobody said why (`unexplained`), or although it had been recognised
 * (`repeated`).
 */
export async function countRepeats(reader: Reader, periods: readonly InstitutionPeriod[]): Promise<readonly (readonly RepeatCount[])[]> {
  const { rows } = await reader.$client.query<RepeatCount & { period: number }>({
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
export async function findDaysOfExaminations(
  reader: Reader,
  from: Date,
  until: Date,
): Promise<readonly { readonly institution: number; readonly day: string }[]> {
  const { rows } = await reader.$client.query<{ institution: number; day: string }>(
    `select distinct institution, (performed_at at time zone 'Asia/Shanghai')::date::text as day
       from repeat_findings where performed_at >= $1 and performed_at < $2`,
    [from, until],
  );
  return rows;
}
