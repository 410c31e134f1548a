import type { Reader } from '../database/client.ts';

/** Recalls that nobody has acknowledged. */
export interface OpenRecalls {
  readonly count: number;
  /** Since the oldest of them was told, 0 where there is none; by the clock of the database, at least 0. */
  readonly oldestSeconds: number;
}

/** What the institutions of the region have still to acknowledge. One statement over all recalls, which are as rare as corrections. */
export async function measureRecalls(reader: Reader): Promise<OpenRecalls> {
  const { rows } = await reader.$client.query<OpenRecalls>({
    name: 'measure-recalls',
    text: `
      select count(*)::int as count, greatest(coalesce(extract(epoch from now() - min(r.told_at)), 0), 0)::float8 as "oldestSeconds"
        from recalls as r
       where not exists (select from recall_acknowledgements as a where a.person = r.person and a.recall = r.id)`,
  });
  const [row] = rows;
  if (!row) throw new Error('The figures of the recalls are not there.');
  return row;
}
