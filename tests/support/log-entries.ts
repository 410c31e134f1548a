import type { Database } from '../../src/database/client.ts';

/** Writes so many entries into the access log, as requests that concerned nobody would: one a millisecond, up to now. */
export async function fillLog(db: Database, count: number): Promise<void> {
  await db.$client.query(
    `with written as (
       insert into access_log (person, recorded_at, id, action, interaction, outcome, purpose, entities, request_id)
       select 0, now() - it * interval '1 ms', (random() * 1e18)::bigint, 'E', 'test', 0, 'TREAT', '{}', 'request ' || it
         from generate_series(1, $1::int) as it
       returning person, recorded_at, id)
     insert into access_log_pending (person, recorded_at, id) select * from written`,
    [count],
  );
}

/** What the tree commits to, leaf by leaf. */
export async function commitmentsOf(db: Database): Promise<readonly Buffer[]> {
  const { rows } = await db.$client.query<{ commitment: Buffer }>('select commitment from audit_log_leaves order by index');
  return rows.map((it) => it.commitment);
}
