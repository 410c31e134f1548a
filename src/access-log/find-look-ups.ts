import type { Reader } from '../database/client.ts';
import { byPeriod, type InstitutionPeriod, PERIODS_SQL, periodValues } from '../institutions/institution-periods-sql.ts';
import type { Practitioner } from '../security/caller.ts';

/** A look-up across institutions (`$prior-results`) that was served: who read what of whom. */
export interface LookUp {
  readonly person: bigint;
  readonly at: Date;
  readonly practitioner: Practitioner;
  /** The request as it was asked. */
  readonly query: string;
  /** The reports that were shown, `DiagnosticReport/…/_history/1`. */
  readonly reports: readonly string[];
}

const INTERACTION = 'priorResults';

/** Look-ups that were served in each period, in their order; the periods in theirs. In one statement, by `access_log_look_ups`. */
export async function findLookUps(reader: Reader, periods: readonly InstitutionPeriod[]): Promise<readonly (readonly LookUp[])[]> {
  const { rows } = await reader.$client.query<Omit<LookUp, 'person'> & { person: string; period: number }>({
    name: 'find-look-ups',
    text: `select p.period::integer, l.person::text, l.recorded_at as at, coalesce(l.query, '') as query, l.entities as reports,
                  jsonb_build_object('system', coalesce(l.practitioner_system, ''), 'value', coalesce(l.practitioner_value, ''),
                                     'name', coalesce(l.practitioner_name, '')) as practitioner
             from ${PERIODS_SQL}
            cross join lateral (
              select id, person, recorded_at, query, entities, practitioner_system, practitioner_value, practitioner_name from access_log
               where interaction = '${INTERACTION}' and outcome = 0
                 and institution = p.institution and recorded_at >= p."from" and recorded_at < p.until offset 0) l
            order by p.period, l.recorded_at, l.id`,
    values: periodValues(periods),
  });
  return byPeriod(periods.length, rows).map((it) => it.map((row) => ({ ...row, person: BigInt(row.person) })));
}

/** The days of Beijing, by institution, on which look-ups were served at or after `from` and before `until`; it goes through the log. */
export async function findDaysOfLookUps(
  reader: Reader,
  from: Date,
  until: Date,
): Promise<readonly { readonly institution: number; readonly day: string }[]> {
  const { rows } = await reader.$client.query<{ institution: number; day: string }>(
    `select distinct institution, (recorded_at at time zone 'Asia/Shanghai')::date::text as day from access_log
      where recorded_at >= $1 and recorded_at < $2 and interaction = '${INTERACTION}' and outcome = 0 and institution is not null`,
    [from, until],
  );
  return rows;
}
