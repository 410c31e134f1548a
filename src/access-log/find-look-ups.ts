import type { Reader } from '../database/client.ts';
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

/** Look-ups that an institution was served in a period, in their order; in one statement, by `access_log_by_institution`. */
export async function findLookUps(reader: Reader, institution: number, from: Date, until: Date): Promise<readonly LookUp[]> {
  const { rows } = await reader.$client.query<Omit<LookUp, 'person'> & { person: string }>({
    name: 'find-look-ups',
    text: `select person::text, recorded_at as at, coalesce(query, '') as query, entities as reports,
                  jsonb_build_object('system', coalesce(practitioner_system, ''), 'value', coalesce(practitioner_value, ''),
                                     'name', coalesce(practitioner_name, '')) as practitioner
             from access_log
            where institution = $1 and recorded_at >= $2 and recorded_at < $3 and interaction = '${INTERACTION}' and outcome = 0
            order by recorded_at, id`,
    values: [institution, from, until],
  });
  return rows.map((it) => ({ ...it, person: BigInt(it.person) }));
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
