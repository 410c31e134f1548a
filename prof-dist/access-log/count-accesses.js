import { PERIODS_SQL, periodValues } from '../institutions/institution-periods-sql.js';
/**
 * How many accesses each institution made in its period, in the order of the periods; of more than `accessesMax` no more are counted, and that
 * is the answer. In one statement, by `access_log_by_institution` alone.
 */
export async function countAccesses(reader, periods, accessesMax) {
    const { rows } = await reader.$client.query({
        name: 'count-accesses',
        text: `select counted.accesses
             from ${PERIODS_SQL}
            cross join lateral (
              select count(*)::integer as accesses from (
                select from access_log where institution = p.institution and recorded_at >= p."from" and recorded_at < p.until limit $4) as made) counted
            order by p.period`,
        values: [...periodValues(periods), accessesMax],
    });
    return rows.map((it) => it.accesses);
}
