import type pg from 'pg';
import { holdSequence, letSequence, untilFollowed } from './until-followed.ts';

/** A statement that is put together is prepared at its third use. */
const PIECES_BEFORE = 3;

/** What a piece of work asks of the database. */
export interface StatementCount {
  /** Statements for one piece, `begin` and `commit` among them. */
  readonly perPiece: number;
  /** Each of them with its time in the server, the costliest first. */
  readonly list: readonly { readonly text: string; readonly perPiece: number; readonly milliseconds: number }[];
}

/**
 * Counts the statements of one piece of work, by doing `pieces` of them one after the other. What runs less often than the work itself,
 * such as the renewal of something remembered, is not counted.
 */
export async function countStatements(session: pg.Client, pieces: number, once: () => Promise<unknown>): Promise<StatementCount> {
  // Prepared statements and memories first: the first pieces are not like the others.
  for (let piece = 0; piece < PIECES_BEFORE; piece++) await once();
  await untilFollowed(session);
  // What the gateway does by itself about a piece would be counted to it: nothing gets a place in the tree meanwhile, so that nobody has one to follow.
  await holdSequence(session);
  await session.query('select pg_stat_statements_reset()');
  try {
    for (let piece = 0; piece < pieces; piece++) await once();
  } finally {
    await letSequence(session);
  }
  const { rows } = await session.query<{ text: string; calls: number; milliseconds: number }>(
    `select query as text, sum(calls)::integer as calls, sum(total_exec_time) as milliseconds
       from pg_stat_statements
      where dbid = (select oid from pg_database where datname = current_database())
      group by query`,
  );
  const list = rows
    .map((it) => ({
      text: it.text.replace(/\s+/g, ' ').trim(),
      perPiece: Math.floor(it.calls / pieces),
      milliseconds: it.milliseconds / pieces,
    }))
    .filter((it) => it.perPiece > 0)
    .toSorted((a, b) => b.milliseconds - a.milliseconds);
  return { perPiece: list.reduce((sum, it) => sum + it.perPiece, 0), list };
}
