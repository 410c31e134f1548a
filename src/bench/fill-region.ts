import type pg from 'pg';
import { CLONED_TABLES, clonePeople } from './clone-people.ts';

/** People of one kind: those that were published one by one, and how many there are to be before and after. */
export interface Filling {
  readonly what: string;
  /** First halves of their ids. */
  readonly originals: readonly string[];
  readonly present: number;
  readonly wanted: number;
}

/**
 * Fills the region by copies, by the owner and on one connection. The indexes beside the primary keys are taken off and made again at the end,
 * so that they are as after a `reindex`, and so much denser than in a region that grew for years.
 */
export async function fillRegion(session: pg.Client, fillings: readonly Filling[], say: (line: string) => void): Promise<void> {
  const { rows: indexes } = await session.query<{ name: string; made: string }>(
    `select indexrelid::regclass::text as name, pg_get_indexdef(indexrelid) as made from pg_index
      where indrelid = any($1::regclass[]) and not indisunique and not indisprimary`,
    [CLONED_TABLES.map((it) => `public.${it}`)],
  );
  for (const { name } of indexes) await session.query(`drop index ${name}`);
  for (const { what, originals, present, wanted } of fillings) {
    let saidAt = performance.now();
    const [from, to] = [present - originals.length, wanted - originals.length];
    await clonePeople(session, originals, from, to, (people) => {
      if (performance.now() - saidAt < 2_000 && people < to - from) return;
      saidAt = performance.now();
      say(`  ${what}: ${people} of ${to - from}`);
    });
  }
  for (const { made } of indexes) await session.query(made);
  await session.query('vacuum analyze');
  await session.query('checkpoint');
}
