import { byPeriod, PERIODS_SQL, periodValues } from '../institutions/institution-periods-sql.js';
const INTERACTION = 'priorResults';
/**
 * Look-ups that were served in each period, in their order; the periods in theirs. In one statement, by `access_log_by_institution`, of which the
 * look-ups are picked afterwards: the index of the interaction would go through those of the whole region.
 */
export async function findLookUps(reader, periods) {
    const { rows } = await reader.$client.query({
        name: 'find-look-ups',
        text: `select p.period::integer, l.person::text, l.recorded_at as at, coalesce(l.query, '') as query, l.entities as reports,
                  jsonb_build_object('system', coalesce(l.practitioner_system, ''), 'value', coalesce(l.practitioner_value, ''),
                                     'name', coalesce(l.practitioner_name, '')) as practitioner
             from ${PERIODS_SQL}
            cross join lateral (
              select id, person, recorded_at, interaction, outcome, query, entities, practitioner_system, practitioner_value, practitioner_name
                from access_log where institution = p.institution and recorded_at >= p."from" and recorded_at < p.until offset 0) l
            where l.interaction = '${INTERACTION}' and l.outcome = 0
            order by p.period, l.recorded_at, l.id`,
        values: periodValues(periods),
    });
    return byPeriod(periods.length, rows).map((it) => it.map((row) => ({ ...row, person: BigInt(row.person) })));
}
/** The days of Beijing, by institution, on which look-ups were served at or after `from` and before `until`; it goes through the log. */
export async function findDaysOfLookUps(reader, from, until) {
    const { rows } = await reader.$client.query(`select distinct institution, (recorded_at at time zone 'Asia/Shanghai')::date::text as day from access_log
      where recorded_at >= $1 and recorded_at < $2 and interaction = '${INTERACTION}' and outcome = 0 and institution is not null`, [from, until]);
    return rows;
}
