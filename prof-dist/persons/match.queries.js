/** Patients that share one trait with many others say little by it. */
const OF_ONE_KEY_MAX = 100;
const CANDIDATES_MAX = 400;
/**
 * Patients worth a closer look: of the institution those found by one of the keys (`findingKeys`), and, of the persons given, the institution's
 * and with a permission those of all others. The keys that lead to the fewest stand first. By primary keys, and bounded.
 */
export async function findCandidates(reader, institution, keys, persons, permitted) {
    const { rows } = await reader.$client.query({
        name: 'find-candidates',
        text: `with candidate as materialized (
             select person, id, min(place) as place from (
               select r.person, r.id, 0 as place from resources r
                where r.person = any($3::bigint[]) and r.type = 'Patient' and not r.deleted and (r.institution = $2 or $4)
               union all
               select k.person, k.id, h.place from unnest($1::uuid[]) with ordinality as h(key, place)
                cross join lateral (
                  select person, id from resource_keys where key = h.key and institution = $2 limit ${OF_ONE_KEY_MAX}) k) found
             group by person, id order by min(place), person, id limit ${CANDIDATES_MAX})
           select r.person, r.id, r.version, r.institution, v.content
             from candidate c
            cross join lateral (
              select * from resources where person = c.person and id = c.id and type = 'Patient' and not deleted offset 0) r
            cross join lateral (
              select content from version_texts where person = r.person and id = r.id and version = r.version offset 0) v
            order by r.person, r.id`,
        values: [keys, institution, persons, permitted],
    });
    return rows.map((it) => ({ ...it, person: BigInt(it.person), id: BigInt(it.id) }));
}
