/** Beyond this many what waits is told to be so many: counting them all would cost what they wait for. */
const WAITING_MAX = 100_000;
/** Figures of the log, in one statement. Ages by the clock of the database are at least 0, whatever the clocks of the gateways say. */
export async function measureLog(reader) {
    const { rows } = await reader.$client.query({
        name: 'measure-log',
        text: `
      with newest as (select size, signed_at from audit_log_checkpoints order by size desc limit 1),
           waiting as (select count(*)::int as count, min(recorded_at) as oldest from (select recorded_at from access_log_pending limit $1) as it),
           grown as (select coalesce((select size from newest), 0) as size)
      select grown.size::text, waiting.count as waiting,
             greatest(coalesce(extract(epoch from now() - waiting.oldest), 0), 0)::float8 as seconds,
             (select greatest(extract(epoch from now() - signed_at), 0)::float8 from newest) as age,
             coalesce((select jsonb_object_agg(follower, grown.size - next) from log_followers), '{}') as lags,
             coalesce((select jsonb_object_agg(follower, count)
                         from (select follower, count(*) filter (where attempts >= 3 and settled_at is null)
                                 from follower_failures group by follower) as f), '{}') as failures
        from waiting, grown`,
        values: [WAITING_MAX],
    });
    const [row] = rows;
    if (!row)
        throw new Error('The figures of the log are not there.');
    return {
        size: Number(row.size),
        waiting: row.waiting,
        waitingSeconds: row.seconds,
        checkpointSeconds: row.age ?? undefined,
        lags: new Map(Object.entries(row.lags)),
        failures: new Map(Object.entries(row.failures)),
    };
}
