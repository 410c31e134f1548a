/** The merges in force whose subsumed Patient lives in one of the compartments. */
export async function findMerges(reader, persons) {
    const { rows } = await reader.$client.query({
        name: 'find-merges',
        text: `select m.person, m.id, m.version, m.survivor_person, m.survivor_id
             from person_merges m
            where m.person = any($1::bigint[])
              and not exists (select from person_merge_ends e where e.person = m.person and e.id = m.id and e.version = m.version)`,
        values: [persons],
    });
    return rows.map(mergeOf);
}
/**
 * All keys of the human being a key stands for, itself first, and the merges in force among them: as of one moment, so that a merge or its
 * end is seen whole or not at all.
 */
export async function findKeysAndMerges(reader, person) {
    const { rows } = await reader.$client.query({
        name: 'find-keys-and-merges',
        text: `select k.person as key, m.*
             from (select $1::bigint as person
                   union select other from person_links where person = $1
                   union select other from merged_persons where person = $1) as k
             left join lateral (
               select m.person, m.id, m.version, m.survivor_person, m.survivor_id
                 from person_merges m
                where m.person = k.person
                  and not exists (select from person_merge_ends e where e.person = m.person and e.id = m.id and e.version = m.version)) m on true`,
        values: [person],
    });
    const keys = new Set([person, ...rows.map((it) => BigInt(it.key))]);
    return { keys: [...keys], merges: rows.filter((it) => it.id !== null).map(mergeOf) };
}
/** pg answers bigint as text. */
function mergeOf(row) {
    return {
        subsumed: { person: BigInt(row.person), id: BigInt(row.id) },
        version: row.version,
        survivor: { person: BigInt(row.survivor_person), id: BigInt(row.survivor_id) },
    };
}
/** Writes down that Patients were replaced. */
export async function insertMerges(tx, institution, merges, now) {
    await tx.$client.query({
        name: 'insert-merges',
        text: `insert into person_merges (person, id, version, survivor_person, survivor_id, institution, merged_at)
           select p, i, v, sp, si, $2, $3 from json_to_recordset($1::json) as x(p bigint, i bigint, v integer, sp bigint, si bigint)`,
        values: [
            JSON.stringify(merges.map(({ subsumed, version, survivor }) => ({
                p: String(subsumed.person),
                i: String(subsumed.id),
                v: version,
                sp: String(survivor.person),
                si: String(survivor.id),
            }))),
            institution,
            now,
        ],
    });
}
/** Writes down that merges no longer hold, and by which version of the Patient. */
export async function insertMergeEnds(tx, ends, now) {
    await tx.$client.query({
        name: 'insert-merge-ends',
        text: `insert into person_merge_ends (person, id, version, ended_by, ended_at)
           select p, i, v, b, $2 from json_to_recordset($1::json) as x(p bigint, i bigint, v integer, b integer)`,
        values: [
            JSON.stringify(ends.map(({ merge, endedBy }) => ({
                p: String(merge.subsumed.person),
                i: String(merge.subsumed.id),
                v: merge.version,
                b: endedBy,
            }))),
            now,
        ],
    });
}
/** Lets the pairs given be all that these keys are joined by beyond documents. */
export async function replaceMergedPersons(tx, keys, pairs) {
    await tx.$client.query({
        name: 'replace-merged-persons',
        text: `with wanted as materialized (select * from unnest($2::bigint[], $3::bigint[]) as w(person, other)),
           parted as (
             delete from merged_persons p where person = any($1::bigint[])
                and not exists (select from wanted w where w.person = p.person and w.other = p.other))
           insert into merged_persons (person, other) select person, other from wanted on conflict do nothing`,
        values: [keys, pairs.map(([it]) => it), pairs.map(([, it]) => it)],
    });
}
