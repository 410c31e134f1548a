import type { Reader } from '../database/client.ts';

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
 * The examinations that an institution made in a period, as they are judged now: of each item and all together, and of each of these by whose
 * result was recognisable then. One statement; served by `repeat_findings_by_institution`. Withdrawn ones are none; a repeat is one that was
 * made although a result was recognisable and nobody said why (`unexplained`), or although it had been recognised (`repeated`).
 */
export async function countRepeats(reader: Reader, institution: number, from: Date, until: Date): Promise<readonly RepeatCount[]> {
  const { rows } = await reader.$client.query<RepeatCount>({
    name: 'count-repeats',
    text: `with standing as (
             select f.person, f.item, f.outcome in ('unexplained', 'repeated') as is_repeat,
                    (f.evidence #>> '{recognisable,institution}')::integer as source
               from repeat_findings f
              where f.institution = $1 and f.performed_at >= $2 and f.performed_at < $3 and f.outcome <> 'withdrawn'
                and not exists (select from repeat_findings later where later.person = f.person and later.report = f.report
                                   and later.item = f.item and later.round > f.round))
           select coalesce(item, '') as item, coalesce(source, 0) as source, count(*)::integer as examinations,
                  (count(*) filter (where is_repeat))::integer as repeats, count(distinct person)::integer as patients,
                  (count(distinct person) filter (where is_repeat))::integer as "repeatedPatients"
             from standing group by grouping sets ((item, source), (item), (source), ())
           -- What had no result to stand in for it is in the sums alone.
           having count(*) > 0 and (grouping(source) = 1 or source is not null)
            order by item collate "C", source`,
    values: [institution, from, until],
  });
  return rows;
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
