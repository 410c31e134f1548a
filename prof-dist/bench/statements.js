/**
 * Counts the statements of one piece of work, by doing `pieces` of them one after the other. What runs less often than the work itself,
 * such as the renewal of something remembered, is not counted.
 */
export async function countStatements(session, pieces, once) {
    // Prepared statements and memories first: the first piece is not like the others.
    await once();
    await session.query('select pg_stat_statements_reset()');
    for (let piece = 0; piece < pieces; piece++)
        await once();
    const { rows } = await session.query(`select query as text, sum(calls)::integer as calls, sum(total_exec_time) as milliseconds
       from pg_stat_statements
      where dbid = (select oid from pg_database where datname = current_database())
      group by query`);
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
