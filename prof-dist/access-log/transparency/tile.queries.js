/** Those of the tiles that are full and therefore kept. */
export async function findFullTiles(reader, names) {
    const { rows } = await reader.$client.query({
        name: 'find-full-tiles',
        text: `select level, index::text, hashes from audit_log_tiles join unnest($1::smallint[], $2::bigint[]) as asked (level, index) using (level, index)`,
        values: [names.map((it) => it.level), names.map((it) => it.index)],
    });
    return rows.map((it) => ({ ...it, index: Number(it.index) }));
}
/** The commitments of runs of leaves, each run in its order; a run that is not there is empty. */
export async function findCommitments(reader, ranges) {
    const { rows } = await reader.$client.query({
        name: 'find-commitments',
        text: `select run::int, commitment as hash
             from unnest($1::bigint[], $2::bigint[]) with ordinality as asked ("from", until, run)
             join audit_log_leaves on index >= asked.from and index < asked.until
            order by run, index`,
        values: [ranges.map((it) => it.from), ranges.map((it) => it.until)],
    });
    return runsOf(rows, ranges.length);
}
/** The roots of runs of full tiles of a level each, each run in its order. */
export async function findTileRoots(reader, ranges) {
    const { rows } = await reader.$client.query({
        name: 'find-tile-roots',
        text: `select run::int, root as hash
             from unnest($1::smallint[], $2::bigint[], $3::bigint[]) with ordinality as asked (level, "from", until, run)
             join audit_log_tiles as tile on tile.level = asked.level and index >= asked.from and index < asked.until
            order by run, index`,
        values: [ranges.map((it) => it.level), ranges.map((it) => it.from), ranges.map((it) => it.until)],
    });
    return runsOf(rows, ranges.length);
}
/** Keeps tiles that have become full, in one statement. */
export async function insertTiles(tx, tiles) {
    await tx.$client.query({
        name: 'insert-tiles',
        text: `insert into audit_log_tiles (level, index, hashes, root) select * from unnest($1::smallint[], $2::bigint[], $3::bytea[], $4::bytea[])`,
        values: [tiles.map((it) => it.level), tiles.map((it) => it.index), tiles.map((it) => it.hashes), tiles.map((it) => it.root)],
    });
}
function runsOf(rows, count) {
    const runs = Array.from({ length: count }, () => []);
    for (const { run, hash } of rows)
        runs[run - 1]?.push(hash);
    return runs;
}
